/// Functions that draw random numbers: `numpy.random`, generators, `random`.
extension ArrayFunctions {
  static let drawing: [String: Function] = {
    var result: [String: Function] = [:]
    func add(_ names: [String], _ function: @escaping Function) {
      for name in names { result[name] = function }
    }
    add(["numpy.random.default_rng", "numpy.random.RandomState", "random.Random"]) { _, _ in
      .generator
    }
    add(["numpy.random.seed", "random.seed", "tensorflow.random.set_seed", "generator.seed"]) {
      _, _ in .none
    }
    // Sizes one by one.
    add(["numpy.random.rand", "generator.rand"]) { arguments, evaluator in
      drawn(sizes(arguments), .float, evaluator) { $0.uniform() }
    }
    add(["numpy.random.randn", "generator.randn"]) { arguments, evaluator in
      drawn(sizes(arguments), .float, evaluator) { $0.normal() }
    }
    add([
      "numpy.random.random", "numpy.random.random_sample", "generator.random", "random.random",
      "generator.random_sample",
    ]) { arguments, evaluator in
      drawn(size(arguments.value(0, "size")), .float, evaluator) { $0.uniform() }
    }
    add(["numpy.random.uniform", "generator.uniform", "random.uniform"]) { arguments, evaluator in
      broadcast(arguments, ["low", "high"], [0, 1], .float, evaluator) {
        $1[0] + ($1[1] - $1[0]) * $0.uniform()
      }
    }
    add(["numpy.random.normal", "generator.normal", "random.gauss"]) { arguments, evaluator in
      broadcast(arguments, ["loc", "scale"], [0, 1], .float, evaluator) {
        $1[0] + $1[1] * $0.normal()
      }
    }
    add(["numpy.random.standard_normal", "generator.standard_normal"]) { arguments, evaluator in
      drawn(size(arguments.value(0, "size")), .float, evaluator) { $0.normal() }
    }
    add(["numpy.random.lognormal", "generator.lognormal"]) { arguments, evaluator in
      broadcast(arguments, ["mean", "sigma"], [0, 1], .float, evaluator) {
        Mathematics.exponential($1[0] + $1[1] * $0.normal())
      }
    }
    add(["numpy.random.exponential", "generator.exponential"]) { arguments, evaluator in
      broadcast(arguments, ["scale"], [1], .float, evaluator) {
        -$1[0] * Mathematics.logarithm(1 - $0.uniform())
      }
    }
    add(["numpy.random.gamma", "generator.gamma"]) { arguments, evaluator in
      broadcast(arguments, ["shape", "scale"], [nil, 1], .float, evaluator) {
        $1[1] * $0.gamma($1[0])
      }
    }
    add(["numpy.random.poisson", "generator.poisson"]) { arguments, evaluator in
      broadcast(arguments, ["lam"], [1], .int, evaluator) { $0.poisson($1[0]) }
    }
    add(["numpy.random.binomial", "generator.binomial"]) { arguments, evaluator in
      broadcast(arguments, ["n", "p"], [nil, nil], .int, evaluator) { draws, values in
        let count = min(max(0, values[0].asInt), 10_000)
        return Double((0..<count).filter { _ in draws.uniform() < values[1] }.count)
      }
    }
    add(["numpy.random.randint", "generator.integers", "generator.randint"], integers)
    add(["random.randint"]) { arguments, evaluator in
      guard let low = arguments.value(0, "a")?.int, let high = arguments.value(1, "b")?.int,
        high >= low, low.magnitude < 1 << 40, high.magnitude < 1 << 40
      else { return .unknown }
      let value = low + evaluator.draws.below(high - low + 1)
      return .array(NDArray([], [Double(value)], .int, isDrawn: true))
    }
    add(["numpy.random.permutation", "generator.permutation"]) { arguments, evaluator in
      guard let value = arguments.positional.first?.value else { return .unknown }
      if let count = value.int {
        guard (0...NDArray.limit).contains(count) else { return .unknown }
        let order = evaluator.draws.permutation(count).map(Double.init)
        var made = NDArray([count], order, .int, isDrawn: true)
        made.origin = RowOrigin(source: evaluator.draws.number(), count: count)
        made.origin?.shuffles = [evaluator.draws.number()]
        return .array(made)
      }
      guard let array = ArrayConversion.array(value), !array.shape.isEmpty else { return .unknown }
      return ArrayFunctions.result(shuffled(array, evaluator))
    }
    add(["numpy.random.shuffle", "generator.shuffle", "random.shuffle"]) { arguments, evaluator in
      switch arguments.positional.first?.value {
      case .array(let box): if let array = shuffled(box.array, evaluator) { box.array = array }
      case .list(let box):
        box.elements = evaluator.draws.permutation(box.elements.count).map { box.elements[$0] }
      default: break
      }
      return .none
    }
    add(["numpy.random.choice", "generator.choice"], choice)
    return result
  }()

  static func shuffled(_ array: NDArray, _ evaluator: Evaluator) -> NDArray? {
    var array = array
    if array.origin == nil {
      array.origin = RowOrigin(source: evaluator.draws.number(), count: array.rows)
    }
    let order = evaluator.draws.permutation(array.rows)
    guard var result = array.picked(order, shuffles: [evaluator.draws.number()]) else { return nil }
    (result.isDrawn, result.declaredRows) = (true, array.declaredRows)
    return result
  }

  private static func sizes(_ arguments: CallArguments) -> [Int]? {
    let sizes = arguments.positional.map(\.value.int)
    return sizes.contains(nil) ? nil : sizes.compactMap { $0 }
  }

  /// A size that was given, `[]` for none; `nil` where it is not known.
  private static func size(_ value: Value?) -> [Int]? {
    guard let value, !value.isNone else { return [] }
    return ArrayConversion.shape(value)
  }

  private static func drawn(
    _ shape: [Int]?, _ kind: NDArray.Kind, _ evaluator: Evaluator,
    _ draw: (inout Draws) -> Double
  ) -> Value {
    result(shape.flatMap { evaluator.draws.array($0, kind, draw) })
  }

  /// Draws with parameters that may be arrays.
  private static func broadcast(
    _ arguments: CallArguments, _ names: [String], _ standard: [Double?], _ kind: NDArray.Kind,
    _ evaluator: Evaluator, _ draw: (inout Draws, [Double]) -> Double
  ) -> Value {
    var parameters: [NDArray] = []
    for (index, name) in names.enumerated() {
      if let value = arguments.value(index, name) {
        guard let array = ArrayConversion.array(value), array.texts == nil else { return .unknown }
        parameters.append(array)
      } else if let number = standard[index] {
        parameters.append(NDArray(scalar: number))
      } else {
        return .unknown
      }
    }
    let given = arguments.value(names.count, "size")
    if parameters.allSatisfy({ $0.data.count == 1 }) {
      let values = parameters.map { $0.data[0] }
      return drawn(size(given), kind, evaluator) { draw(&$0, values) }
    }
    // The parameters give the shape; they are brought to it together.
    var whole = NDArray(scalar: 0)
    for parameter in parameters {
      guard let joined = NDArray.joined(whole, parameter, kind: .float, { a, _ in a }) else {
        return .unknown
      }
      whole = joined
    }
    if let shape = size(given), !shape.isEmpty {
      guard let count = NDArray.count(shape),
        let joined = NDArray.joined(
          whole, NDArray(shape, [Double](repeating: 0, count: count)), kind: .float, +)
      else { return .unknown }
      whole = joined
    }
    let wide = parameters.compactMap { NDArray.joined(whole, $0, kind: .float) { $1 } }
    guard wide.count == parameters.count else { return .unknown }
    var result = whole
    for index in result.data.indices {
      result.data[index] = draw(&evaluator.draws, wide.map { $0.data[index] })
    }
    (result.isDrawn, result.kind, result.dtype) = (true, kind, kind.standardType)
    return .array(result)
  }

  private static func integers(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let first = arguments.value(0, "low")?.int else { return .unknown }
    let second = arguments.value(1, "high")
    var (low, high) = (0, first)
    if let second, !second.isNone {
      guard let bound = second.int else { return .unknown }
      (low, high) = (first, bound)
    }
    if arguments.value("endpoint")?.truth == true { high &+= 1 }
    guard high > low, low.magnitude < 1 << 40, high.magnitude < 1 << 40 else { return .unknown }
    let made = drawn(size(arguments.value(2, "size")), .int, evaluator) {
      Double(low + $0.below(high - low))
    }
    return made.array.map { result(ArrayConversion.cast($0, to: arguments.value("dtype"))) }
      ?? .unknown
  }

  private static func choice(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let source = arguments.value(0, "a") else { return .unknown }
    var pool: NDArray
    if let count = source.int {
      guard (1...NDArray.limit).contains(count) else { return .unknown }
      pool = NDArray([count], (0..<count).map(Double.init), .int)
    } else if let array = ArrayConversion.array(source), array.shape.count == 1, array.rows > 0 {
      pool = array
    } else {
      return .unknown
    }
    guard let shape = size(arguments.value(1, "size")) else { return .unknown }
    var shares = [Double](repeating: 1 / Double(pool.rows), count: pool.rows)
    if let given = arguments.value("p"), !given.isNone {
      guard let array = ArrayConversion.array(given), array.data.count == pool.rows else {
        return .unknown
      }
      shares = array.data
    }
    guard let count = NDArray.count(shape) else { return .unknown }
    if arguments.value(2, "replace")?.truth == false {
      guard count <= pool.rows else { return .unknown }
      let picked = evaluator.draws.permutation(pool.rows).prefix(count)
      if pool.origin == nil {
        pool.origin = RowOrigin(source: evaluator.draws.number(), count: pool.rows)
      }
      let shuffle = evaluator.draws.number()
      guard var chosen = pool.picked(Array(picked), shuffles: [shuffle]) else { return .unknown }
      chosen.isDrawn = true
      return result(chosen.reshaped(shape))
    }
    if pool.texts != nil { return .unknown }
    return drawn(shape, pool.kind, evaluator) { draws in
      var rest = draws.uniform()
      for (index, share) in shares.enumerated() {
        rest -= share
        if rest < 0 { return pool.data[index] }
      }
      return pool.data[pool.data.count - 1]
    }
  }
}
