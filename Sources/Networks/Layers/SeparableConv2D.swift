/// A convolution of each channel of planes `[batch, rows, columns, channels]` by itself, then a mixture of channels.
package struct SeparableConv2D: SeparableConvolutionLayer {
  package static let className = "SeparableConv2D"
  package static let axisCount = 2
  package let filters: Int
  package let arguments: DepthwiseArguments
  package let pointwise: WeightArguments

  package init(configuration: Configuration) throws {
    filters = try Self.filters(configuration)
    arguments = try DepthwiseArguments(configuration, axes: 2)
    pointwise = try WeightArguments("pointwise", configuration)
  }
}
