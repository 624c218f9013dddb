/// Zeros around the space `[batch, depths, rows, columns, channels]`.
package struct ZeroPadding3D: PaddingLayer {
  package static let className = "ZeroPadding3D"
  package static let axisCount = 3
  package let margins: Margins
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    margins = try Margins("padding", configuration, axes: 3, default: 1)
    order = try ChannelOrder(configuration)
  }
}
