/// A convolution over a plane: `[batch, rows, columns, in] → [batch, rows, columns, filters]`.
package struct Conv2D: ConvolutionLayer {
  package static let className = "Conv2D"
  package static let axisCount = 2
  package let arguments: ConvolutionArguments

  package init(configuration: Configuration) throws {
    arguments = try ConvolutionArguments(configuration, axes: Self.axisCount)
  }
}
