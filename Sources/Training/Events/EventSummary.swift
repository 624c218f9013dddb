/// One thing that TensorBoard shows: a number, a histogram, a text.
///
/// The messages are `Summary.Value`, `SummaryMetadata` and `TensorProto` of TensorFlow; the numbers
/// of their fields stand in `tensorboard/compat/proto`.
struct EventSummary: Hashable, Sendable {
  /// The type of a tensor's elements, as `types.proto` numbers them.
  private enum DataType {
    static let float = 1
    static let double = 2
    static let string = 7
  }

  /// What kind of data TensorBoard takes it for (`DataClass` of `summary.proto`).
  private enum DataClass {
    static let scalar = 1
    static let tensor = 2
  }

  /// How many bars a histogram has, as TensorBoard's own writer makes them.
  static let bucketCount = 30

  /// The message `Summary.Value`.
  let message: ProtobufMessage

  private init(
    tag: String, plugin: String, content: String = "", dataClass: Int?, tensor: ProtobufMessage
  ) {
    var pluginData = ProtobufMessage()
    pluginData.set(1, to: plugin)
    if !content.isEmpty { pluginData.set(2, to: content) }
    var metadata = ProtobufMessage()
    metadata.set(1, to: pluginData)
    if let dataClass { metadata.set(4, to: dataClass) }
    var value = ProtobufMessage()
    value.set(1, to: tag)
    value.set(8, to: tensor)
    value.set(9, to: metadata)
    message = value
  }

  private static func tensor(type: Int, shape: [Int]) -> ProtobufMessage {
    var sizes = ProtobufMessage()
    for extent in shape {
      var size = ProtobufMessage()
      size.set(1, to: extent)
      sizes.set(2, to: size)
    }
    var tensor = ProtobufMessage()
    tensor.set(1, to: type)
    tensor.set(2, to: sizes)
    return tensor
  }

  /// A number.
  static func scalar(_ tag: String, _ value: Double) -> EventSummary {
    var tensor = tensor(type: DataType.float, shape: [])
    tensor.set(4, to: littleEndian(Float(value).bitPattern))
    return EventSummary(
      tag: tag, plugin: "scalars", dataClass: DataClass.scalar, tensor: tensor)
  }

  /// How numbers are spread: left edge, right edge and count of each bar.
  static func histogram(_ tag: String, _ values: [Float]) -> EventSummary {
    let numbers = values.filter(\.isFinite).map(Double.init)
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let width = (high - low) / Double(bucketCount)
    var counts = [Double](repeating: 0, count: bucketCount)
    for number in numbers {
      let place = width > 0 ? Int((number - low) / width) : bucketCount - 1
      counts[min(bucketCount - 1, place)] += 1
    }
    var bytes: [UInt8] = []
    for (index, count) in counts.enumerated() {
      let left = low + Double(index) * width
      let right = index == bucketCount - 1 ? high : left + width
      for number in [left, right, count] { bytes += littleEndian(number.bitPattern) }
    }
    var tensor = tensor(type: DataType.double, shape: [bucketCount, 3])
    tensor.set(4, to: bytes)
    return EventSummary(
      tag: tag, plugin: "histograms", dataClass: DataClass.tensor, tensor: tensor)
  }

  /// The configuration of a model, which TensorBoard draws.
  static func kerasModel(_ tag: String, json: String) -> EventSummary {
    var tensor = tensor(type: DataType.string, shape: [])
    tensor.set(8, to: json)
    return EventSummary(
      tag: tag, plugin: "graph_keras_model", content: "1", dataClass: nil, tensor: tensor)
  }
}
