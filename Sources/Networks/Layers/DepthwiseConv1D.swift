/// A convolution of each channel of steps `[batch, steps, channels]` by itself.
package struct DepthwiseConv1D: DepthwiseConvolutionLayer {
  package static let className = "DepthwiseConv1D"
  package static let axisCount = 1
  package let arguments: DepthwiseArguments

  package init(configuration: Configuration) throws {
    arguments = try DepthwiseArguments(configuration, axes: 1)
  }
}
