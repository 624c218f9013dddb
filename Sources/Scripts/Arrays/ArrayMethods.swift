/// `array.name(…)`.
enum ArrayMethods {
  /// Functions that are methods as well, with the array first.
  private static let functions: Set<String> = [
    "mean", "sum", "min", "max", "std", "var", "prod", "argmax", "argmin", "any", "all", "round",
    "clip", "ravel", "repeat", "squeeze", "cumsum", "argsort", "ptp", "dot", "median", "transpose",
    "abs", "unique", "quantile",
  ]

  /// Calls one.
  static func call(
    _ name: String, _ box: ArrayBox, _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    let array = box.array
    switch name {
    case "reshape":
      let values = arguments.positional.map(\.value)
      let shape =
        values.count == 1
        ? ArrayConversion.shape(values[0])
        : values.contains { $0.int == nil } ? nil : values.compactMap(\.int)
      if let shape { return ArrayFunctions.result(array.reshaped(shape)) }
      // A number of rows that is not known, and known rest: the rows stay as they are.
      let items = values.count == 1 ? values[0].elements ?? [] : values
      guard array.unknown.contains("rows"), items.first?.int == nil,
        items.dropFirst().allSatisfy({ $0.int != nil })
      else { return .unknown }
      return ArrayFunctions.result(
        array.reshaped([array.fullShape.first ?? 1] + items.dropFirst().compactMap(\.int)))
    case "astype", "view":
      return ArrayFunctions.result(ArrayConversion.cast(array, to: arguments.value(0, "dtype")))
    case "flatten": return ArrayFunctions.result(array.reshaped([-1]))
    case "copy", "to_numpy", "numpy", "toarray", "todense": return .array(array)
    case "tolist": return (try evaluator.elements(of: .array(box))).map { .list($0) } ?? .unknown
    case "item": return array.data.count == 1 ? .double(array.data[0]) : .unknown
    case "fill":
      guard let number = arguments.positional.first?.value.double else { return .unknown }
      box.array = array.map { _ in number }
      return .none
    case "sort":
      if array.shape.count == 1 { box.array = array.with(array.shape, array.data.sorted()) }
      return .none
    case "transpose" where !arguments.positional.isEmpty:
      let values = arguments.positional.map(\.value)
      let axes = values.count == 1 ? ArrayConversion.shape(values[0]) : values.compactMap(\.int)
      return axes.map { ArrayFunctions.result(array.transposed($0)) } ?? .unknown
    default:
      guard functions.contains(name) else { return .unknown }
      var call = arguments
      call.positional.insert((.array(box), arguments.expression), at: 0)
      return try ArrayFunctions.call("numpy." + name, call, evaluator)
    }
  }
}
