/// A convolutional memory over a plane: `[batch, steps, rows, columns, channels]`; see ``ConvolutionalMemoryLayer``.
package struct ConvLSTM2D: ConvolutionalMemoryLayer {
  package static let className = "ConvLSTM2D"
  package static let axisCount = 2
  package let memory: ConvolutionalMemory

  package init(configuration: Configuration) throws {
    memory = try ConvolutionalMemory(configuration, axes: Self.axisCount)
  }
}
