/// A transposed convolution over spaces `[batch, depths, rows, columns, channels]`.
package struct Conv3DTranspose: TransposedConvolutionLayer {
  package static let className = "Conv3DTranspose"
  package static let axisCount = 3
  package let arguments: TransposedConvolutionArguments

  package init(configuration: Configuration) throws {
    arguments = try TransposedConvolutionArguments(configuration, axes: 3)
  }
}
