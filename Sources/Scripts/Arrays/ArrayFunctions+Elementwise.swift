/// Functions that act on each element, and those that make one number of many.
extension ArrayFunctions {
  static let elementwise: [String: Function] = {
    var result: [String: Function] = [:]
    for (name, body) in Mathematics.functions {
      let function: Function = { arguments, _ in
        guard let array = array(arguments, 0, "x"), array.texts == nil else { return .unknown }
        return .array(array.map(.float, body))
      }
      result["numpy.\(name)"] = function
      result["math.\(name)"] = { arguments, _ in
        arguments.positional.first?.value.double.map { .double(body($0)) } ?? .unknown
      }
      result["tensorflow.math.\(name)"] = tensorOr(function, name)
      result["tensorflow.\(name)"] = tensorOr(function, name)
    }
    for name in ["abs", "absolute", "fabs"] { result["numpy." + name] = kept { abs($0) } }
    result["numpy.sign"] = kept { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    result["numpy.square"] = kept { $0 * $0 }
    result["numpy.negative"] = kept { -$0 }
    result["numpy.isnan"] = tested { $0.isNaN }
    result["numpy.isfinite"] = tested { $0.isFinite }
    result["numpy.isinf"] = tested { $0.isInfinite }
    result["numpy.logical_not"] = tested { $0 == 0 }
    for name in ["round", "around", "round_"] {
      result["numpy." + name] = { arguments, _ in
        guard let array = array(arguments), array.texts == nil else { return .unknown }
        let scale = Mathematics.power(10, Double(arguments.value(1, "decimals")?.int ?? 0))
        return .array(array.map { ($0 * scale).rounded(.toNearestOrEven) / scale })
      }
    }
    result["numpy.maximum"] = paired { max($0, $1) }
    result["numpy.minimum"] = paired { min($0, $1) }
    result["numpy.clip"] = { arguments, _ in
      guard let array = array(arguments), array.texts == nil else { return .unknown }
      let (low, high) = (arguments.value(1, "a_min"), arguments.value(2, "a_max"))
      let least = low?.double ?? (low?.isNone ?? false ? -.infinity : nil)
      let most = high?.double ?? (high?.isNone ?? false ? .infinity : nil)
      guard let least, let most else { return .unknown }
      return .array(array.map { min(max($0, least), most) })
    }
    for (name, operation) in [
      ("power", "Pow"), ("add", "Add"), ("subtract", "Sub"), ("multiply", "Mult"),
      ("divide", "Div"), ("true_divide", "Div"), ("mod", "Mod"), ("dot", "MatMult"),
      ("matmul", "MatMult"), ("bitwise_xor", "BitXor"), ("bitwise_and", "BitAnd"),
    ] {
      result["numpy." + name] = { arguments, evaluator in
        guard arguments.positional.count >= 2 else { return .unknown }
        let (left, right) = (arguments.positional[0].value, arguments.positional[1].value)
        guard let first = ArrayConversion.array(left), let second = ArrayConversion.array(right)
        else { return .unknown }
        let isProduct = operation == "MatMult" && !first.shape.isEmpty && !second.shape.isEmpty
        return Operators.apply(
          operation == "MatMult" && !isProduct ? "Mult" : operation, .array(first), .array(second),
          evaluator: evaluator)
      }
    }
    let tests: [(String, @Sendable (Double, Double) -> Bool)] = [
      ("logical_and", { $0 != 0 && $1 != 0 }), ("logical_or", { $0 != 0 || $1 != 0 }),
      ("logical_xor", { ($0 != 0) != ($1 != 0) }), ("equal", { $0 == $1 }),
      ("not_equal", { $0 != $1 }), ("greater", { $0 > $1 }), ("less", { $0 < $1 }),
    ]
    for (name, body) in tests {
      result["numpy." + name] = { arguments, _ in
        guard let left = array(arguments, 0), let right = array(arguments, 1) else {
          return .unknown
        }
        return ArrayFunctions.result(
          NDArray.joined(left, right, kind: .bool) { body($0, $1) ? 1 : 0 })
      }
    }
    result["numpy.where"] = choice
    result["numpy.digitize"] = { arguments, _ in
      guard let array = array(arguments, 0, "x"),
        let edges = ArrayFunctions.array(arguments, 1, "bins"),
        edges.shape.count == 1, edges.data == edges.data.sorted()
      else { return .unknown }
      return .array(array.map(.int) { value in Double(edges.data.filter { $0 <= value }.count) })
    }
    result["numpy.nan_to_num"] = kept { $0.isNaN ? 0 : $0 }
    return result
  }()

  private static func tensorOr(_ function: @escaping Function, _ name: String) -> Function {
    { arguments, evaluator in
      let inputs = arguments.positional.compactMap { evaluator.tensors($0.value) }.flatMap { $0 }
      return inputs.isEmpty
        ? try function(arguments, evaluator) : evaluator.operation(name, inputs)
    }
  }

  private static func kept(_ body: @escaping @Sendable (Double) -> Double) -> Function {
    { arguments, _ in
      guard let array = array(arguments), array.texts == nil else { return .unknown }
      return .array(array.map(nil, body))
    }
  }

  private static func tested(_ body: @escaping @Sendable (Double) -> Bool) -> Function {
    { arguments, _ in
      guard let array = array(arguments), array.texts == nil else { return .unknown }
      return .array(array.map(.bool) { body($0) ? 1 : 0 })
    }
  }

  private static func paired(
    _ body: @escaping @Sendable (Double, Double) -> Double
  ) -> Function {
    { arguments, _ in
      guard let left = array(arguments, 0, "x1"), let right = array(arguments, 1, "x2") else {
        return .unknown
      }
      return result(NDArray.joined(left, right, kind: max(left.kind, right.kind), body))
    }
  }

  private static func choice(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let test = array(arguments, 0, "condition"), test.texts == nil else { return .unknown }
    guard arguments.positional.count == 3 else {
      guard arguments.positional.count == 1, test.shape.count == 1 else { return .unknown }
      let places = test.data.indices.filter { test.data[$0] != 0 }.map(Double.init)
      return .tuple([.array(NDArray([places.count], places, .int, isDrawn: test.isDrawn))])
    }
    guard let then = array(arguments, 1), let otherwise = array(arguments, 2) else {
      return .unknown
    }
    let kind = max(then.kind, otherwise.kind)
    guard let first = NDArray.joined(test, then, kind: kind, { $0 != 0 ? $1 : 0 }),
      let second = NDArray.joined(test, otherwise, kind: kind, { $0 != 0 ? 0 : $1 })
    else { return .unknown }
    // Either is 0 where the other counts.
    return result(NDArray.joined(first, second, kind: kind, +))
  }

  // MARK: Reductions

  static let reductions: [String: Function] = {
    var result: [String: Function] = [:]
    func add(
      _ names: [String], _ kind: NDArray.Kind?, _ body: @escaping @Sendable ([Double]) -> Double
    ) {
      for name in names {
        result["numpy." + name] = { arguments, _ in
          guard let array = array(arguments), array.texts == nil else { return .unknown }
          return reduce(array, arguments, place: 1, kind: kind ?? array.kind, body)
        }
      }
    }
    add(["mean", "average", "nanmean"], .float) { $0.reduce(0, +) / Double($0.count) }
    add(["sum", "nansum"], nil) { $0.reduce(0, +) }
    add(["min", "amin", "nanmin"], nil) { $0.min() ?? .nan }
    add(["max", "amax", "nanmax"], nil) { $0.max() ?? .nan }
    add(["prod"], nil) { $0.reduce(1, *) }
    add(["median"], .float) { quantile($0.sorted(), 0.5) }
    add(["std"], .float) { variance($0).squareRoot() }
    add(["var"], .float) { variance($0) }
    add(["ptp"], nil) { ($0.max() ?? 0) - ($0.min() ?? 0) }
    add(["any"], .bool) { $0.contains { $0 != 0 } ? 1 : 0 }
    add(["all"], .bool) { $0.allSatisfy { $0 != 0 } ? 1 : 0 }
    add(["argmax"], .int) { values in
      Double(values.indices.max { values[$0] < values[$1] } ?? 0)
    }
    add(["argmin"], .int) { values in
      Double(values.indices.min { values[$0] < values[$1] } ?? 0)
    }
    for (name, scale) in [("quantile", 1.0), ("percentile", 100.0)] {
      result["numpy." + name] = { arguments, _ in
        guard let array = array(arguments), array.texts == nil,
          let at = ArrayFunctions.array(arguments, 1, "q"), arguments.value(2, "axis") == nil,
          !array.data.isEmpty
        else { return .unknown }
        let sorted = array.data.sorted()
        var made = at.map(.float) { quantile(sorted, $0 / scale) }
        made.isDrawn = array.isDrawn
        return .array(made)
      }
    }
    result["numpy.linalg.norm"] = { arguments, _ in
      guard let array = array(arguments, 0, "x"), array.texts == nil else { return .unknown }
      return reduce(array, arguments, place: 2, kind: .float) { values in
        values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
    }
    return result
  }()

  static func reduce(
    _ array: NDArray, _ arguments: CallArguments, place: Int, kind: NDArray.Kind,
    _ body: ([Double]) -> Double
  ) -> Value {
    let axis = arguments.value(place, "axis")
    let keeps = arguments.value("keepdims")?.truth ?? false
    var result: NDArray?
    if let axis, !axis.isNone {
      if let number = axis.int {
        result = array.reduced(axis: number, keepsAxis: keeps, kind: kind, body)
      } else if let axes = axis.elements?.map(\.int), !axes.contains(nil) {
        // Over several axes: they are brought to the end and taken as one.
        let places = axes.compactMap { $0 }.map { $0 < 0 ? $0 + array.shape.count : $0 }
        let rest = array.shape.indices.filter { !places.contains($0) }
        guard let moved = array.transposed(rest + places),
          let flat = moved.reshaped(rest.map { array.fullShape[$0] } + [-1])
        else { return .unknown }
        result = flat.reduced(axis: -1, kind: kind, body)
        if keeps {
          result = result?.reshaped(
            array.fullShape.indices.map { places.contains($0) ? 1 : array.fullShape[$0] })
        }
      }
    } else if axis == nil || axis?.isNone ?? true {
      result = array.reduced(axis: nil, keepsAxis: keeps, kind: kind, body)
    }
    guard var result else { return .unknown }
    if kind == .bool || kind == .int {
      result.kind = kind == .bool && array.kind == .bool ? .bool : .int
    }
    return .array(result)
  }

  /// The variance, of all numbers as a population.
  static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  /// A quantile, between neighbours linearly.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let rank = min(max(share, 0), 1) * Double(sorted.count - 1)
    let lower = min(max(0, rank.asInt), sorted.count - 1)
    guard lower + 1 < sorted.count else { return last }
    return sorted[lower] + (sorted[lower + 1] - sorted[lower]) * (rank - Double(lower))
  }
}
