import Graphs
import JSON
import Tensors

// How a model calls its layers: what Keras' `Layer.__call__` does around `call`.
extension Layer {
  /// Calls the layer: finds its inputs and their masks among the arguments, and gives what it
  /// computes the masks that go on from it.
  ///
  /// Masks reach a layer as in Keras: by its argument `mask`; or from its inputs, but only where
  /// these are one argument (a recurrent layer that is given an initial state sees no mask) or each
  /// argument has a mask of its own, as in attention.
  package func run(
    _ arguments: CallArguments<MaskedValue>, scope: inout LayerScope
  ) throws -> [MaskedValue] {
    let inputs = arguments.tensors(Self.inputNames)
    let own = inputs.map(\.mask)
    let given = arguments["mask"].map { explicitMasks($0, count: inputs.count) }
    let named = Self.maskNames.map { arguments[$0]?.tensors.first?.value }
    if let given {
      scope.masks = given
    } else if !Self.maskNames.isEmpty {
      scope.masks = own.enumerated().map { position, mask in
        named.indices.contains(position) ? named[position] ?? mask : mask
      }
    } else if arguments.tensorArgumentCount == 1 {
      scope.masks = own
    } else {
      scope.masks = [Value?](repeating: nil, count: inputs.count)
    }
    scope.arguments = arguments
    let values = inputs.map(\.value)
    let results = try outputs(values, scope: &scope)
    let masks = try resultMasks(values, masks: given ?? own, scope: &scope)
    return results.enumerated().map { position, value in
      MaskedValue(value, mask: masks.indices.contains(position) ? masks[position] : nil)
    }
  }

  private func explicitMasks(
    _ argument: CallArgument<MaskedValue>, count: Int
  ) -> [Value?] {
    var masks: [Value?] =
      switch argument {
      case .tensor(let mask): [mask.value]
      case .plain: []
      case .list(let elements): elements.map { $0.tensors.first?.value }
      }
    while masks.count < count { masks.append(nil) }
    return masks
  }

  /// Checks that a layer knows the arguments that it is called with.
  ///
  /// - Throws: `ConfigurationError` for an argument that would change what it computes and that is
  ///   not supported.
  package static func checkArguments<T>(_ arguments: CallArguments<T>) throws {
    func refuse(_ found: String) -> ConfigurationError {
      ConfigurationError(
        subject: "the call of \(className)", key: "", found: found,
        expected: "the arguments "
          + (inputNames + keywords.sorted()).map { "'\($0)'" }.joined(separator: ", "),
        advice: "Other arguments are not supported.")
    }
    if arguments.positional.count > inputNames.count {
      throw refuse("\(arguments.positional.count) arguments by position")
    }
    let known = keywords.union(inputNames).union(maskNames).union(["mask"])
    for keyword in arguments.keywords where !known.contains(keyword.name) {
      if case .plain(.bool(false)) = keyword.argument { continue }
      throw refuse("the argument '\(keyword.name)'")
    }
    for argument in arguments.positional {
      if case .plain(let value) = argument { throw refuse(value.abbreviated) }
    }
  }
}
