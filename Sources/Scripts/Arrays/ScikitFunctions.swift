/// The functions of scikit-learn that scripts prepare their data with.
enum ScikitFunctions {
  /// All, by name.
  static let all: [String: ArrayFunctions.Function] = {
    var result: [String: ArrayFunctions.Function] = [
      "sklearn.model_selection.train_test_split": split,
      "sklearn.cross_validation.train_test_split": split,
      "sklearn.utils.shuffle": { arguments, evaluator in
        let arrays = arguments.positional.map { ArrayConversion.array($0.value) }
        guard let rows = arrays.first??.rows else { return .unknown }
        let order = evaluator.draws.permutation(rows)
        let shuffle = evaluator.draws.number()
        let results = arrays.map { array -> Value in
          guard var picked = array?.picked(order, shuffles: [shuffle]) else { return .unknown }
          (picked.isDrawn, picked.declaredRows) = (true, array?.declaredRows)
          return .array(picked)
        }
        return results.count == 1 ? results[0] : .tuple(results)
      },
    ]
    for kind in [
      Transformer.Kind.standard, .minimumMaximum, .robust, .largest, .labels, .oneHot, .binarizer,
    ] {
      result["sklearn.preprocessing." + kind.rawValue] = { arguments, _ in
        .transformer(Transformer(kind, arguments))
      }
    }
    for (name, kind) in [
      ("scale", Transformer.Kind.standard), ("minmax_scale", .minimumMaximum),
    ] {
      result["sklearn.preprocessing." + name] = { arguments, _ in
        var call = CallArguments(expression: arguments.expression)
        let transformer = Transformer(kind, call)
        call.positional = Array(arguments.positional.prefix(1))
        return transformer.call("fit_transform", call)
      }
    }
    for (name, set) in KnownSets.scikit {
      result["sklearn.datasets." + name] = { arguments, evaluator in
        let pair = set.pair(rows: nil, evaluator)
        guard case .tuple(let parts) = pair else { return .unknown }
        if arguments.value("return_X_y")?.truth == true { return pair }
        var record: [String: Value] = ["data": parts[0], "target": parts[1]]
        if name == "load_digits" {
          let images = parts[0].array?.reshaped([1797, 8, 8])
          record["images"] = ArrayFunctions.result(images)
        }
        return .record(record)
      }
    }
    for (name, function) in MadeSets.all { result["sklearn.datasets." + name] = function }
    return result
  }()

  private static func split(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    let arrays = arguments.positional.map { ArrayConversion.array($0.value) }
    let shuffles = arguments.value("shuffle")?.truth ?? true
    let share = arguments.value("test_size")
    let rest = arguments.value("train_size")
    func testRows(_ rows: Int) -> Int? {
      if let count = share?.int { return count }
      if let share = share?.double { return (share * Double(rows)).rounded(.up).asInt }
      if let count = rest?.int { return rows &- count }
      if let rest = rest?.double { return rows - (rest * Double(rows)).rounded(.down).asInt }
      return share == nil || share?.isNone ?? true ? Int((0.25 * Double(rows)).rounded(.up)) : nil
    }
    var orders: [Int: [Int]] = [:]
    let shuffle: Set<Int> = shuffles ? [evaluator.draws.number()] : []
    var results: [Value] = []
    for array in arrays {
      guard let array, !array.shape.isEmpty, let test = testRows(array.fullShape[0]),
        test > 0, test < array.fullShape[0]
      else {
        results += [.unknown, .unknown]
        continue
      }
      let stored = array.rows
      let order =
        orders[stored] ?? (shuffles ? evaluator.draws.permutation(stored) : Array(0..<stored))
      orders[stored] = order
      let storedTest =
        array.declaredRows == nil
        ? test
        : max(
          1, min(stored - 1, (Double(test) / Double(array.fullShape[0]) * Double(stored)).asInt))
      guard stored > storedTest else {
        results += [.unknown, .unknown]
        continue
      }
      let (head, tail) =
        shuffles
        ? (Array(order[storedTest...]), Array(order[..<storedTest]))
        : (Array(order[..<(stored - storedTest)]), Array(order[(stored - storedTest)...]))
      for (rows, count) in [(head, array.fullShape[0] - test), (tail, test)] {
        guard var part = array.picked(rows, shuffles: shuffle) else {
          results.append(.unknown)
          continue
        }
        part.isDrawn = array.isDrawn || shuffles
        if array.declaredRows != nil { part.declaredRows = count }
        results.append(.array(part))
      }
    }
    return .list(results)
  }
}
