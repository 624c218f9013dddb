/// A transposed convolution over planes `[batch, rows, columns, channels]`.
package struct Conv2DTranspose: TransposedConvolutionLayer {
  package static let className = "Conv2DTranspose"
  package static let axisCount = 2
  package let arguments: TransposedConvolutionArguments

  package init(configuration: Configuration) throws {
    arguments = try TransposedConvolutionArguments(configuration, axes: 2)
  }
}
