/// A convolutional memory over a line: `[batch, steps, places, channels]`; see ``ConvolutionalMemoryLayer``.
package struct ConvLSTM1D: ConvolutionalMemoryLayer {
  package static let className = "ConvLSTM1D"
  package static let axisCount = 1
  package let memory: ConvolutionalMemory

  package init(configuration: Configuration) throws {
    memory = try ConvolutionalMemory(configuration, axes: Self.axisCount)
  }
}
