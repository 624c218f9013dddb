package import JSON

/// Gated recurrent units: see ``GRUCell``.
package struct GRU: RecurrentLayer {
  package static let className = "GRU"
  package let cell: GRUCell
  package let arguments: RecurrentArguments
  package let activityRegularizer: (any Regularizer)?

  package init(configuration: Configuration) throws {
    cell = try GRUCell(configuration: configuration)
    arguments = try RecurrentArguments(configuration)
    activityRegularizer = try configuration.regularizer("activity_regularizer")
  }

  package var cells: [any RecurrentCell] { [cell] }
  package var places: [String] { ["cell"] }

  package var configuration: JSONObject {
    var result = cell.configuration
    for member in arguments.configuration.members { result[member.key] = member.value }
    result.set("activity_regularizer", activityRegularizer)
    return result
  }
}
