/// A convolution along one axis: `[batch, steps, in] → [batch, steps, filters]`.
package struct Conv1D: ConvolutionLayer {
  package static let className = "Conv1D"
  package static let axisCount = 1
  package let arguments: ConvolutionArguments

  package init(configuration: Configuration) throws {
    arguments = try ConvolutionArguments(configuration, axes: Self.axisCount)
  }
}
