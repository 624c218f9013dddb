/// Functions of Keras that prepare data.
enum KerasFunctions {
  /// All, by name.
  static let all: [String: ArrayFunctions.Function] = {
    var result: [String: ArrayFunctions.Function] = [:]
    for name in [
      "keras.utils.to_categorical", "keras.utils.np_utils.to_categorical",
      "keras.np_utils.to_categorical", "keras.utils.all_utils.to_categorical",
      "keras.utils.numerical_utils.to_categorical",
    ] {
      result[name] = toCategorical
    }
    for name in [
      "keras.preprocessing.sequence.pad_sequences", "keras.utils.pad_sequences",
      "keras.sequence.pad_sequences",
    ] {
      result[name] = padSequences
    }
    result["tensorflow.one_hot"] = toCategorical
    return result
  }()

  /// How many rows stand for an array whose rows are not known.
  private static let nominalRows = 1000

  private static func toCategorical(
    _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    let given =
      arguments.value(1, "num_classes") ?? arguments.value("nb_classes")
      ?? arguments.value("depth")
    let classes = given?.int
    guard let value = arguments.positional.first?.value ?? arguments.value("y") else {
      return .unknown
    }
    if let array = ArrayConversion.array(value), array.texts == nil {
      if let given, !given.isNone, classes == nil { return .unknown }
      let highest = array.data.max().map { $0.asInt + 1 }
      guard let count = classes ?? highest else { return .unknown }
      return ArrayFunctions.result(oneHot(array, classes: count))
    }
    // Of labels that are not known, one thing is known now: one column a class, one 1 a row.
    guard let classes, (2...1000).contains(classes) else { return .unknown }
    evaluator.usesStandIns = true
    let rows = max(nominalRows, classes)
    let codes = NDArray([rows], (0..<rows).map { Double($0 % classes) }, .int, isDrawn: true)
    guard var result = oneHot(codes, classes: classes) else { return .unknown }
    result.unknown = ["rows", "order", "shares"]
    return .array(result)
  }

  /// One column a class, one 1 a row.
  static func oneHot(_ codes: NDArray, classes: Int) -> NDArray? {
    let flat =
      codes.shape.last == 1 && codes.shape.count > 1
      ? codes.reshaped(codes.fullShape.dropLast()) : codes
    guard let flat, classes > 0, NDArray.count([flat.data.count, classes]) != nil else {
      return nil
    }
    var data = [Double](repeating: 0, count: flat.data.count * classes)
    for (row, code) in flat.data.enumerated() {
      let place = code.asInt
      // NumPy counts −1 from the end; a larger one stops the program.
      guard place < classes, place >= -classes else { return nil }
      data[row * classes + (place < 0 ? place + classes : place)] = 1
    }
    var result = flat.with(flat.shape + [classes], data, kind: .float)
    result.origin = flat.origin
    return result
  }

  private static func padSequences(
    _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    guard let length = arguments.value(1, "maxlen")?.int, (1...100_000).contains(length),
      case .record(let parts)? = arguments.positional.first?.value,
      let words = parts["downhill.words"]?.int, words > 1, let rows = parts["downhill.rows"]?.int
    else { return .unknown }
    // Reviews are padded to about half; the share does not matter to any rule.
    let made = evaluator.draws.array([rows, length], .int) {
      $0.uniform() < 0.5 ? 0 : Double(1 + $0.below(max(1, words &- 1)))
    }
    return ArrayFunctions.result(made)
  }
}
