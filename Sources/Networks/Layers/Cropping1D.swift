/// The steps `[batch, steps, channels]` without the first and the last ones.
package struct Cropping1D: CroppingLayer {
  package static let className = "Cropping1D"
  package static let axisCount = 1
  package let margins: Margins
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    margins = try Margins("cropping", configuration, axes: 1, default: 1)
    order = try ChannelOrder(configuration)
  }
}
