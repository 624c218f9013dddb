/// A convolution of each channel of planes `[batch, rows, columns, channels]` by itself.
package struct DepthwiseConv2D: DepthwiseConvolutionLayer {
  package static let className = "DepthwiseConv2D"
  package static let axisCount = 2
  package let arguments: DepthwiseArguments

  package init(configuration: Configuration) throws {
    arguments = try DepthwiseArguments(configuration, axes: 2)
  }
}
