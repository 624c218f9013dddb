package import JSON

/// Long short-term memory: see ``LSTMCell``.
package struct LSTM: RecurrentLayer {
  package static let className = "LSTM"
  package let cell: LSTMCell
  package let arguments: RecurrentArguments
  package let activityRegularizer: (any Regularizer)?

  package init(configuration: Configuration) throws {
    cell = try LSTMCell(configuration: configuration)
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
