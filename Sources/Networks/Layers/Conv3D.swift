/// A convolution over a space: `[batch, depth, rows, columns, in] →
/// [batch, depth, rows, columns, filters]`.
package struct Conv3D: ConvolutionLayer {
  package static let className = "Conv3D"
  package static let axisCount = 3
  package let arguments: ConvolutionArguments

  package init(configuration: Configuration) throws {
    arguments = try ConvolutionArguments(configuration, axes: Self.axisCount)
  }
}
