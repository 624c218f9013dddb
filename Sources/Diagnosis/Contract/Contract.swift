package import CaseFile
package import JSON

/// Units, activation, loss and label encoding that fit together for given targets.
///
/// Faults in the contract come in groups, and mending one alone often changes nothing; so the repair
/// is always the whole contract, as near to the user's as the targets allow.
package struct Contract: Hashable, Sendable {
  /// The number of output units; `nil` leaves the user's.
  package var units: Int?
  /// The last activation.
  package var activation: String
  /// The name of the loss; `nil` leaves the user's.
  package var loss: String?
  /// How the labels are re-mapped, as the value of a `data.y.map` edit; `nil` leaves them.
  package var labelMap: JSONValue?

  /// The contract that fits the targets, keeping what the user chose where it fits; `nil` where no
  /// contract can be named (text labels, a single class).
  package init?(_ reading: ContractReading) {
    guard let target = reading.target else { return nil }
    let (head, given) = (reading.head, reading.loss)
    switch target {
    case .binary, .twoValued:
      if let columns = reading.targets?.shape.last, reading.hasUnitAxis, columns > 1 {
        (units, activation, loss) = (columns, "sigmoid", "binary_crossentropy")
      } else if head.units == 2, given.family == .sparse || head.isSoftmax {
        (units, activation, loss) = (2, "softmax", "sparse_categorical_crossentropy")
      } else {
        (units, activation, loss) = (1, "sigmoid", "binary_crossentropy")
      }
      if case .twoValued(let low, let high) = target {
        labelMap = Contract.affineMap(low: low, high: high)
      }
    case .classes(let minimum, let maximum, let distinct):
      (activation, loss) = ("softmax", "sparse_categorical_crossentropy")
      let isDense = maximum - minimum + 1 == distinct
      units = isDense ? distinct : maximum + 1
      if minimum != 0 {
        labelMap = ["subtract": .int(minimum)]
        units = maximum - minimum + 1
      }
      if labelMap == nil, let own = head.units, let needed = units, own > needed { units = own }
    case .oneHot(let columns), .distribution(let columns):
      (units, activation, loss) = (columns, "softmax", "categorical_crossentropy")
    case .multiHot(let columns):
      (units, activation, loss) = (columns, "sigmoid", "binary_crossentropy")
    case .real(let columns):
      (units, activation) = (reading.hasUnitAxis ? columns : 1, "linear")
      let limited = ["poisson", "mean_squared_logarithmic_error"].contains(given.name)
      loss = given.family == .regression && !limited ? nil : "mean_squared_error"
    case .constant, .text:
      return nil
    }
  }

  /// The map that sends `low` to 0 and `high` to 1.
  private static func affineMap(low: Double, high: Double) -> JSONValue {
    low == 0
      ? ["divide": .double(high)]
      : ["subtract": .double(low), "divide": .double(high - low)]
  }

  /// The edits that turn the user's run into one that keeps the contract.
  package func edits(_ reading: ContractReading) -> [Edit] {
    let (head, given) = (reading.head, reading.loss)
    var edits: [Edit] = []
    if let units, units != head.units {
      edits.append(
        Edit(
          target: "layers.\(head.unitsLayer).units", from: head.units.map { .int($0) } ?? .null,
          to: .int(units)))
    }
    let wantsLogits = given.fromLogits && loss == nil
    let wanted = wantsLogits ? "linear" : activation
    if wanted != head.activation, !Contract.isGood(head.activation, for: wanted) {
      edits.append(
        Edit(
          target: "layers.\(head.activationLayer).activation", from: .string(head.activation),
          to: .string(wanted)))
    }
    if let loss, loss != given.name {
      edits.append(Edit(target: "loss", from: .string(given.name), to: .string(loss)))
    } else if given.fromLogits, given.isCrossentropy {
      edits.append(Edit(target: "loss.from_logits", from: true, to: false))
    }
    if let labelMap { edits.append(Edit(target: "data.y.map", to: labelMap)) }
    return edits
  }

  /// Whether an activation serves as well as the wanted one.
  private static func isGood(_ activation: String, for wanted: String) -> Bool {
    wanted == "linear" && ["leaky_relu", "elu", "selu"].contains(activation)
  }

  /// The remedy that makes the run keep the contract.
  package func remedy(_ reading: ContractReading) -> Remedy? {
    let edits = edits(reading)
    return edits.isEmpty ? nil : Remedy(edits: edits)
  }
}
