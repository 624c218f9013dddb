/// The plane `[batch, rows, columns, channels]` without its edges.
package struct Cropping2D: CroppingLayer {
  package static let className = "Cropping2D"
  package static let axisCount = 2
  package let margins: Margins
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    margins = try Margins("cropping", configuration, axes: 2, default: 0)
    order = try ChannelOrder(configuration)
  }
}
