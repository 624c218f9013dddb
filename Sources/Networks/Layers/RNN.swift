package import JSON

/// A recurrent layer of any cell, or of several that feed each other at every step.
package struct RNN: RecurrentLayer {
  package static let className = "RNN"
  package let cells: [any RecurrentCell]
  package let arguments: RecurrentArguments
  package let activityRegularizer: (any Regularizer)?
  /// The cells' entries, for their names.
  private let entries: [JSONValue]
  /// The entry of the cell that stacks the others; `nil` for a single cell.
  private let stack: JSONValue?

  /// The class of Keras that stacks cells.
  package static let stackName = "StackedRNNCells"
  /// More cells than anyone stacks.
  private static let largestCount = 1000

  package init(configuration: Configuration) throws {
    guard let cell = configuration.value("cell") else {
      throw configuration.error("cell", found: nil, expected: "a cell")
    }
    let isStack = cell["class_name"]?.string == Self.stackName
    // A bare nil would be JSON's null here.
    stack = isStack ? .some(cell) : .none
    entries = isStack ? cell["config"]?["cells"]?.array ?? [] : [cell]
    guard (1...Self.largestCount).contains(entries.count) else {
      throw configuration.error("cell", found: cell, expected: "a cell or more")
    }
    cells = try entries.map { try CellCatalogue.cell(ObjectReference($0, kind: "cell")) }
    arguments = try RecurrentArguments(configuration)
    activityRegularizer = try configuration.regularizer("activity_regularizer")
  }

  /// `cell`, or for stacked cells the class in snake case, and from the second of its kind on a count.
  package var places: [String] {
    guard stack != nil else { return ["cell"] }
    var counts: [String: Int] = [:]
    return cells.map { cell in
      let kind = snakeCase(type(of: cell).className)
      let count = counts[kind, default: 0]
      counts[kind] = count + 1
      return "cell/cells/" + (count == 0 ? kind : "\(kind)_\(count)")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    let written = zip(cells, entries).map { cell, entry -> JSONValue in
      var config = cell.configuration
      config["name"] = entry["config"]?["name"]
      var value = objectJSON(cell, module: "keras.layers")
      value["config"] = .object(config)
      return value
    }
    if let stack {
      var config = JSONObject()
      config["name"] = stack["config"]?["name"]
      config["cells"] = .array(written)
      result["cell"] = [
        "module": "keras.layers", "class_name": .string(Self.stackName),
        "config": .object(config), "registered_name": nil,
      ]
    } else {
      result["cell"] = written[0]
    }
    for member in arguments.configuration.members { result[member.key] = member.value }
    result.set("activity_regularizer", activityRegularizer)
    return result
  }
}
