package import JSON

/// A layer in which the output of a step is fed back into the next: see ``SimpleRNNCell``.
package struct SimpleRNN: RecurrentLayer {
  package static let className = "SimpleRNN"
  package let cell: SimpleRNNCell
  package let arguments: RecurrentArguments
  package let activityRegularizer: (any Regularizer)?

  package init(configuration: Configuration) throws {
    cell = try SimpleRNNCell(configuration: configuration)
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
