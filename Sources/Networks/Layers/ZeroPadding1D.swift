/// Zeros before and after the steps `[batch, steps, channels]`.
package struct ZeroPadding1D: PaddingLayer {
  package static let className = "ZeroPadding1D"
  package static let axisCount = 1
  package let margins: Margins
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    margins = try Margins("padding", configuration, axes: 1, default: 1)
    order = try ChannelOrder(configuration)
  }
}
