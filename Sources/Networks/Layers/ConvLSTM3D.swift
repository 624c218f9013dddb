/// A convolutional memory over a volume: `[batch, steps, depth, rows, columns, channels]`; see ``ConvolutionalMemoryLayer``.
package struct ConvLSTM3D: ConvolutionalMemoryLayer {
  package static let className = "ConvLSTM3D"
  package static let axisCount = 3
  package let memory: ConvolutionalMemory

  package init(configuration: Configuration) throws {
    memory = try ConvolutionalMemory(configuration, axes: Self.axisCount)
  }
}
