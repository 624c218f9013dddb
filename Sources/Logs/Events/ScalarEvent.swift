/// One scalar out of an event file.
struct ScalarEvent {
  /// Its name: `epoch_loss`.
  var tag: String
  /// The epoch from 0, or the step, as the tag has it.
  var step: Int
  /// Seconds since 1970.
  var time: Double
  /// The number.
  var value: Double

  /// The scalars of one event (`tensorflow/core/util/event.proto`, `summary.proto`, `tensor.proto`).
  ///
  /// Old versions of TensorFlow put a number in `simple_value`, later ones a tensor.
  static func scalars(of event: ArraySlice<UInt8>) -> [ScalarEvent] {
    var (step, time) = (0, 0.0)
    var summaries: [ArraySlice<UInt8>] = []
    for field in ProtocolFields(event) {
      switch (field.number, field.value) {
      case (1, .eightBytes(let bits)): time = Double(bitPattern: bits)
      case (2, .integer(let value)): step = Int(truncatingIfNeeded: value)
      case (5, .bytes(let summary)): summaries.append(summary)
      default: break
      }
    }
    var scalars: [ScalarEvent] = []
    for summary in summaries {
      for field in ProtocolFields(summary) {
        guard case (1, .bytes(let entry)) = (field.number, field.value),
          let (tag, value) = tagged(entry)
        else { continue }
        scalars.append(ScalarEvent(tag: tag, step: step, time: time, value: value))
      }
    }
    return scalars
  }

  private static func tagged(_ entry: ArraySlice<UInt8>) -> (tag: String, value: Double)? {
    var tag: String?
    var number: Double?
    for field in ProtocolFields(entry) {
      switch (field.number, field.value) {
      case (1, .bytes(let text)): tag = String(decoding: text.prefix(500), as: UTF8.self)
      case (2, .fourBytes(let bits)): number = Double(Float(bitPattern: bits))
      case (8, .bytes(let tensor)): number = scalar(tensor)
      default: break
      }
    }
    guard let tag, let number else { return nil }
    return (tag, number)
  }

  /// Of a tensor of one number of type float or double, that number.
  private static func scalar(_ tensor: ArraySlice<UInt8>) -> Double? {
    var type: UInt64 = 0
    var (content, floats, doubles): (ArraySlice<UInt8>?, [Double], [Double]) = (nil, [], [])
    for field in ProtocolFields(tensor) {
      switch (field.number, field.value) {
      case (1, .integer(let value)): type = value
      case (4, .bytes(let bytes)): content = bytes
      case (5, .fourBytes(let bits)): floats.append(Double(Float(bitPattern: bits)))
      case (5, .bytes(let bytes)) where bytes.count == 4: floats += [float(bytes)]
      case (6, .eightBytes(let bits)): doubles.append(Double(bitPattern: bits))
      case (6, .bytes(let bytes)) where bytes.count == 8: doubles += [double(bytes)]
      default: break
      }
    }
    // DT_FLOAT is 1, DT_DOUBLE 2 (`types.proto`).
    if let content {
      if type == 1, content.count == 4 { return float(content) }
      if type == 2, content.count == 8 { return double(content) }
      return nil
    }
    return floats.count + doubles.count == 1 ? (floats + doubles).first : nil
  }

  private static func float(_ bytes: ArraySlice<UInt8>) -> Double {
    Double(Float(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }))
  }

  private static func double(_ bytes: ArraySlice<UInt8>) -> Double {
    Double(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
  }
}
