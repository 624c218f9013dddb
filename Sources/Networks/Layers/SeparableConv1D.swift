/// A convolution of each channel of steps `[batch, steps, channels]` by itself, then a mixture of channels.
package struct SeparableConv1D: SeparableConvolutionLayer {
  package static let className = "SeparableConv1D"
  package static let axisCount = 1
  package let filters: Int
  package let arguments: DepthwiseArguments
  package let pointwise: WeightArguments

  package init(configuration: Configuration) throws {
    filters = try Self.filters(configuration)
    arguments = try DepthwiseArguments(configuration, axes: 1)
    pointwise = try WeightArguments("pointwise", configuration)
  }
}
