/// Zeros around the plane `[batch, rows, columns, channels]`.
package struct ZeroPadding2D: PaddingLayer {
  package static let className = "ZeroPadding2D"
  package static let axisCount = 2
  package let margins: Margins
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    margins = try Margins("padding", configuration, axes: 2, default: 1)
    order = try ChannelOrder(configuration)
  }
}
