/// A transposed convolution over steps `[batch, steps, channels]`.
package struct Conv1DTranspose: TransposedConvolutionLayer {
  package static let className = "Conv1DTranspose"
  package static let axisCount = 1
  package let arguments: TransposedConvolutionArguments

  package init(configuration: Configuration) throws {
    arguments = try TransposedConvolutionArguments(configuration, axes: 1)
  }
}
