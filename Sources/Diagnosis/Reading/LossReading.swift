package import CaseFile
import JSON

/// The loss of a run as the rules see it.
package struct LossReading: Hashable, Sendable {
  /// What a loss expects of labels and output.
  package enum Family: Hashable, Sendable {
    /// Independent probabilities against targets in [0, 1].
    case binary
    /// One distribution a row against a one-hot or soft distribution.
    case categorical
    /// One distribution a row against the number of the class.
    case sparse
    /// Numbers against numbers.
    case regression
    /// Anything else, for which the rules have no contract.
    case other
  }

  /// Keras' function name, as `binary_crossentropy`.
  package var name: String
  /// What it expects.
  package var family: Family
  /// Whether the outputs are declared to be logits.
  package var fromLogits: Bool
  /// The label that does not count (`ignore_class`), if any.
  package var ignoredClass: Int?
  /// Whether it was given as an object, so that its flags were written by hand.
  package var isObject: Bool

  private static let aliases = [
    "bce": "binary_crossentropy", "mse": "mean_squared_error", "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error", "msle": "mean_squared_logarithmic_error",
    "kld": "kl_divergence", "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh", "huber_loss": "huber",
  ]
  private static let families: [String: Family] = [
    "binary_crossentropy": .binary, "binary_focal_crossentropy": .binary,
    "categorical_crossentropy": .categorical, "categorical_focal_crossentropy": .categorical,
    "kl_divergence": .categorical, "sparse_categorical_crossentropy": .sparse,
    "mean_squared_error": .regression, "mean_absolute_error": .regression,
    "mean_absolute_percentage_error": .regression, "huber": .regression,
    "mean_squared_logarithmic_error": .regression, "log_cosh": .regression,
    "poisson": .regression,
  ]

  /// Reads the one loss of a run; `nil` for none and for several.
  package init?(_ compilation: CompileFacts) {
    var value = compilation.loss
    if let list = value.array, let first = list.first { value = first }
    if let object = value.object, object["class_name"] == nil, object.members.count == 1 {
      value = object.members[0].value
    }
    let configuration = value["config"]
    guard let raw = value.string ?? value["class_name"]?.string else { return nil }
    let isFunction = value["class_name"]?.string == "function"
    let written = isFunction ? configuration?.string ?? raw : raw
    let snake = LossReading.snakeCase(written)
    name = LossReading.aliases[snake] ?? snake
    family = LossReading.families[name] ?? .other
    fromLogits = configuration?["from_logits"]?.bool ?? false
    ignoredClass = configuration?["ignore_class"]?.int
    isObject = value["class_name"] != nil && !isFunction
  }

  /// Whether this is one of the three cross-entropies.
  package var isCrossentropy: Bool {
    family == .binary || family == .sparse || name.hasPrefix("categorical_")
  }

  /// `MeanSquaredError` → `mean_squared_error`; names that are in snake case already stay.
  private static func snakeCase(_ name: String) -> String {
    if name == name.uppercased() { return name.lowercased() }
    var result = ""
    for character in name {
      if character.isUppercase, !result.isEmpty, result.last != "_" { result += "_" }
      result += character.lowercased()
    }
    return result == "k_l_divergence" ? "kl_divergence" : result
  }
}
