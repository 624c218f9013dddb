import JSON

/// One argument of a call, with where it stands.
struct Argument {
  /// The name that Keras 3 gives it.
  var name: String
  /// What it comes to.
  var value: Value
  /// Where it stands; `nil` for defaults.
  var expression: Expression?
  /// The name as written; `nil` for an argument by position.
  var written: String?
  /// Where the whole, name included, stands.
  var span: Span?
}

/// A call that made a Keras object: the place, and the arguments by their names of Keras 3.
struct CallSite {
  /// The call.
  var expression: Expression
  /// The arguments, in the order in which they stand.
  var arguments: [Argument]

  /// The argument of a name.
  func argument(_ name: String) -> Argument? { arguments.last { $0.name == name } }
  /// The value of an argument.
  func value(_ name: String) -> Value? { argument(name)?.value }
}

/// An optimizer, loss, initializer, regularizer, constraint, callback, schedule or metric.
final class ScriptObject {
  /// The part of Keras that it belongs to, as `optimizers`.
  let family: String
  /// Its class, as `Adam`.
  let className: String
  /// The call that made it; `nil` where it stands by its name alone.
  let site: CallSite?
  /// Its configuration, as Keras 3 would write it.
  var configuration: JSONObject
  /// The names of arguments whose values are not known.
  var unknownArguments: Set<String> = []

  init(family: String, className: String, site: CallSite?, configuration: JSONObject) {
    self.family = family
    self.className = className
    self.site = site
    self.configuration = configuration
  }

  /// As it stands in a file.
  var document: JSONValue {
    [
      "module": .string("keras." + family), "class_name": .string(className),
      "config": .object(configuration), "registered_name": nil,
    ]
  }
}

/// A layer that the script makes.
final class ScriptLayer {
  /// Keras' class, in the words of Keras 3.
  let className: String
  /// Its name, given or as Keras makes it.
  var name: String
  /// Its configuration.
  var configuration: JSONObject
  /// The call that made it.
  let site: CallSite?
  /// Where Keras has the class.
  var module = "keras.layers"
  /// What it was called with, one entry a call.
  var calls: [ScriptCall] = []
  /// Whether training moves its weights.
  var isTrainable = true
  /// Whether it is no layer of Keras, or one of which arguments that matter are not known.
  var isOpaque = false
  /// The model, where a model is used as a layer.
  var model: ScriptModel?
  /// Whether something sets its weights that is not known.
  var hasUnknownWeights = false

  init(_ className: String, name: String, configuration: JSONObject, site: CallSite?) {
    self.className = className
    self.name = name
    self.configuration = configuration
    self.site = site
  }

  /// Calls it on tensors, and gives the result.
  func call(_ inputs: [ScriptTensor]) -> ScriptTensor { call(ScriptCall(inputs)) }

  /// Calls it with all arguments, and gives the first result.
  func call(_ call: ScriptCall) -> ScriptTensor {
    calls.append(call)
    return ScriptTensor(layer: self, call: calls.count - 1)
  }
}

/// The result of a layer.
struct ScriptTensor {
  let layer: ScriptLayer
  let call: Int
  var output = 0

  /// How files name it.
  var reference: JSONValue { [.string(layer.name), .int(call), .int(output)] }

  /// All results of the call, where it has several: a memory with its states, an attention with its
  /// scores, a model with several outputs.
  var results: [ScriptTensor]? {
    let count: Int
    if let model = layer.model {
      count = model.outputs.count
    } else if layer.configuration["return_state"]?.bool == true {
      count = 1 + ScriptTensor.states(of: layer.className)
    } else if let inner = layer.configuration["layer"], layer.className == "Bidirectional",
      inner["config"]?["return_state"]?.bool == true
    {
      count = 1 + 2 * ScriptTensor.states(of: inner["class_name"]?.string ?? "")
    } else if layer.calls.indices.contains(call),
      layer.calls[call].keywords.contains(where: ScriptTensor.asksForScores)
    {
      count = 2
    } else {
      return nil
    }
    return count < 2
      ? nil : (0..<count).map { ScriptTensor(layer: layer, call: call, output: $0) }
  }

  private static func states(of className: String) -> Int { className.contains("LSTM") ? 2 : 1 }

  private static func asksForScores(_ name: String, _ argument: ScriptArgument) -> Bool {
    if name == "return_attention_scores", case .plain(.bool(true)) = argument { return true }
    return false
  }
}

/// A model that the script makes.
final class ScriptModel {
  /// Whether it is a list of layers.
  var isSequential: Bool
  /// Its name.
  var name: String
  /// The layers of a Sequential model, in order.
  var layers: [ScriptLayer] = []
  /// What a functional model takes.
  var inputs: [ScriptTensor] = []
  /// What a functional model gives.
  var outputs: [ScriptTensor] = []
  /// Whether its layers cannot all be known.
  var isUnknown = false
  /// Its class, for one that the script defines.
  var className: String?
  /// That class, and what was set in the object.
  var type: UserClass?
  var parts: [String: Value] = [:]
  /// The call that made it.
  let site: Expression?
  /// The last call of `compile`.
  var compilation: CallSite?
  /// Whether its weights were set to something not known.
  var hasUnknownWeights = false

  init(isSequential: Bool, name: String, site: Expression?) {
    self.isSequential = isSequential
    self.name = name
    self.site = site
  }
}
