/// The functions of NumPy and its like that scripts prepare their data with.
enum ArrayFunctions {
  /// One of them.
  typealias Function = @Sendable (CallArguments, Evaluator) throws -> Value

  /// All, by their full names.
  static let all: [String: Function] = {
    var result: [String: Function] = [:]
    for group in [
      makers, elementwise, reductions, shaping, drawing, ScikitFunctions.all, KerasFunctions.all,
    ] {
      result.merge(group) { first, _ in first }
    }
    return result
  }()

  /// Whether a name is one of them.
  static func isKnown(_ name: String) -> Bool { all[name] != nil }

  /// Calls one; what is not known here is unknown.
  static func call(
    _ name: String, _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    if let function = all[name] { return try function(arguments, evaluator) }
    if name.hasPrefix("math."), let function = all["numpy." + name.dropFirst(5)] {
      return try function(arguments, evaluator)
    }
    if let kind = name.hasPrefix("numpy.") ? String(name.dropFirst(6)) : nil,
      let array = ArrayConversion.array(arguments.positional.first?.value ?? .unknown),
      let result = ArrayConversion.cast(array, to: .string(kind))
    {
      return .array(result)
    }
    if name.hasPrefix("tensorflow."), !name.hasPrefix("tensorflow.data") {
      let inputs = arguments.positional.compactMap { evaluator.tensors($0.value) }.flatMap { $0 }
      if !inputs.isEmpty { return evaluator.operation(lastPart(name), inputs) }
    }
    return .unknown
  }

  /// An argument as an array.
  static func array(_ arguments: CallArguments, _ place: Int = 0, _ name: String = "a") -> NDArray?
  {
    arguments.value(place, name).flatMap { ArrayConversion.array($0) }
  }

  /// A result, or unknown.
  static func result(_ array: NDArray?) -> Value { array.map { .array($0) } ?? .unknown }

  // MARK: Making arrays

  private static let makers: [String: Function] = [
    "numpy.array": copied, "numpy.asarray": copied, "numpy.asanyarray": copied,
    "numpy.copy": copied, "numpy.ascontiguousarray": copied,
    "tensorflow.constant": copied, "tensorflow.convert_to_tensor": copied,
    "numpy.zeros": filled(0), "numpy.ones": filled(1),
    "numpy.full": { arguments, _ in
      guard let shape = ArrayConversion.shape(arguments.value(0, "shape")),
        let value = arguments.value(1, "fill_value"), let number = value.double
      else { return .unknown }
      let kind: NDArray.Kind = value.int != nil ? .int : .float
      return made(shape, number, kind, arguments.value(2, "dtype"))
    },
    "numpy.zeros_like": filledAlike(0), "numpy.ones_like": filledAlike(1),
    "numpy.arange": arange, "tensorflow.range": arange,
    "numpy.linspace": linspace, "tensorflow.linspace": linspace,
    "numpy.logspace": { arguments, evaluator in
      guard let array = try linspace(arguments, evaluator).array else { return .unknown }
      return .array(array.map { Mathematics.power(10, $0) })
    },
    "numpy.eye": identity, "numpy.identity": identity,
    "numpy.meshgrid": { arguments, _ in
      let axes = arguments.positional.compactMap { ArrayConversion.array($0.value) }
      guard axes.count == 2, axes.allSatisfy({ $0.shape.count == 1 }) else { return .unknown }
      let (columns, rows) = (axes[0].data.count, axes[1].data.count)
      guard NDArray.count([rows, columns]) != nil else { return .unknown }
      let first = (0..<rows).flatMap { _ in axes[0].data }
      let second = axes[1].data.flatMap { [Double](repeating: $0, count: columns) }
      return .list([
        .array(NDArray([rows, columns], first, axes[0].kind)),
        .array(NDArray([rows, columns], second, axes[1].kind)),
      ])
    },
  ]

  private static func copied(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let value = arguments.value(0, "object"), let array = ArrayConversion.array(value) else {
      return .unknown
    }
    return result(ArrayConversion.cast(array, to: arguments.value(1, "dtype")))
  }

  private static func made(
    _ shape: [Int], _ number: Double, _ kind: NDArray.Kind, _ type: Value?
  ) -> Value {
    guard let count = NDArray.count(shape), shape.allSatisfy({ $0 >= 0 }) else { return .unknown }
    let array = NDArray(shape, [Double](repeating: number, count: count), kind)
    return result(ArrayConversion.cast(array, to: type))
  }

  private static func filled(_ number: Double) -> Function {
    { arguments, _ in
      guard let shape = ArrayConversion.shape(arguments.value(0, "shape")) else { return .unknown }
      return made(shape, number, .float, arguments.value(1, "dtype"))
    }
  }

  private static func filledAlike(_ number: Double) -> Function {
    { arguments, _ in result(array(arguments)?.map { _ in number }) }
  }

  private static func arange(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    let numbers = arguments.positional.map(\.value)
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.double != nil }) else { return .unknown }
    let isWhole = numbers.allSatisfy { $0.int != nil }
    let start = numbers.count > 1 ? numbers[0].double ?? 0 : 0
    let end = (numbers.count > 1 ? numbers[1] : numbers[0]).double ?? 0
    let step = (numbers.count > 2 ? numbers[2] : arguments.value("step"))?.double ?? 1
    guard step != 0, ((end - start) / step).isFinite else { return .unknown }
    let count = max(0, ((end - start) / step).rounded(.up))
    guard count <= Double(NDArray.limit) else { return .unknown }
    let data = (0..<Int(count)).map { start + Double($0) * step }
    let array = NDArray([data.count], data, isWhole ? .int : .float)
    let type = arguments.value("dtype") ?? (numbers.count > 3 ? numbers[3] : nil)
    return result(ArrayConversion.cast(array, to: type))
  }

  private static func linspace(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let start = arguments.value(0, "start")?.double,
      let end = arguments.value(1, "stop")?.double
    else { return .unknown }
    let given = arguments.value(2, "num")
    guard let count = given == nil ? 50 : given?.int, (1...NDArray.limit).contains(count) else {
      return .unknown
    }
    let isOpen = arguments.value(3, "endpoint")?.truth == false
    let parts = Double(isOpen ? count : max(1, count - 1))
    let data = (0..<count).map { start + (end - start) * Double($0) / parts }
    return result(ArrayConversion.cast(NDArray([count], data), to: arguments.value("dtype")))
  }

  private static func identity(_ arguments: CallArguments, _ evaluator: Evaluator) throws -> Value {
    guard let size = arguments.value(0, "N")?.int, (1...1500).contains(size) else {
      return .unknown
    }
    var data = [Double](repeating: 0, count: size * size)
    for index in 0..<size { data[index * (size + 1)] = 1 }
    return .array(NDArray([size, size], data))
  }
}
