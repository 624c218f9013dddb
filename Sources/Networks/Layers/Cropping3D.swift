/// The space `[batch, depths, rows, columns, channels]` without its faces.
package struct Cropping3D: CroppingLayer {
  package static let className = "Cropping3D"
  package static let axisCount = 3
  package let margins: Margins
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    margins = try Margins("cropping", configuration, axes: 3, default: 1)
    order = try ChannelOrder(configuration)
  }
}
