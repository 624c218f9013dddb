package import CaseFile
package import JSON
package import Networks
package import Tensors
package import Training

/// A training run as a value that can be edited and repeated: the model, its initial weights, the
/// arguments of `compile` and `fit`, and the data.
///
/// The model stays in Keras' configuration, so that an edit is what a person would change in a
/// script, and the repaired run can be written to a `.keras` file as it is.
package struct Run: Sendable {
  /// The model as in `config.json`, without the arguments of `compile`.
  package var configuration: JSONValue
  /// The arguments of `compile` as in `config.json`.
  package var compilation: JSONValue
  /// The initial weights; what is missing is drawn afresh for every seed.
  package var weights: [WeightKey: Tensor]
  /// The arguments of `fit`.
  package var fit: FitFacts
  /// The data.
  package var data: RunData
  /// The callbacks of `fit` that can be followed.
  package var callbacks: [any Callback] = []
  /// Whether the user looked at the held-out rows after each epoch, so that callbacks can.
  package var validates = false
  /// Whose arithmetic the crossentropies follow.
  package var numerics: LossNumerics
  /// Whether layers with `stateful` keep their state from batch to batch.
  package var keepsStates = true
  /// What was changed of the user's run, in order.
  package private(set) var changes: [Edit] = []

  /// Names one weight array.
  package struct WeightKey: Hashable, Sendable {
    /// The name of its layer; inside a nested model after that model's name and a slash.
    package var layer: String
    /// Its name within the layer.
    package var variable: String
    /// Names one weight array.
    package init(layer: String, variable: String) {
      self.layer = layer
      self.variable = variable
    }
  }

  /// A training run.
  package init(
    configuration: JSONValue, compilation: JSONValue, weights: [WeightKey: Tensor], fit: FitFacts,
    data: RunData, numerics: LossNumerics
  ) {
    self.configuration = configuration
    self.compilation = compilation
    self.weights = weights
    self.fit = fit
    self.data = data
    self.numerics = numerics
  }

  /// The model.
  ///
  /// - Throws: the errors of reading a configuration.
  package func model() throws -> Model {
    // Keras turns features `(n,)` into `(n, 1)`.
    let shapes = data.training.inputs.map { input in
      Shape(input.shape.rank == 1 ? [1] : Array(input.shape.extents.dropFirst()))
    }
    let model = try Model(configuration: configuration, inputRowShapes: shapes)
    return keepsStates ? model : model.startingAfresh()
  }

  /// The weights to start from: the user's where they are known and fit, fresh ones for the rest.
  package func initialParameters(of model: Model, seed: UInt64) throws -> [Tensor] {
    let fresh = try model.initialParameters(seed: seed)
    return model.variables.map { variable in
      let key = WeightKey(layer: variable.layer, variable: variable.name)
      guard let known = weights[key], known.shape == variable.shape else {
        return fresh[variable.number]
      }
      return known
    }
  }

  /// Whether every weight of the model is the user's, so that the seed does not matter for the start.
  package func keepsAllWeights(of model: Model) -> Bool {
    model.variables.allSatisfy { variable in
      weights[WeightKey(layer: variable.layer, variable: variable.name)]?.shape == variable.shape
    }
  }

  /// Notes a change that was made.
  mutating func note(_ edit: Edit) { changes.append(edit) }

  /// Changes the configuration of the layer with a name, in nested models too.
  mutating func editLayer(_ name: String, _ body: (inout JSONValue) -> Void) throws {
    guard Run.edit(layer: name, in: &configuration, body) else {
      throw EditError.missing("layer '\(name)'")
    }
  }

  private static func edit(
    layer name: String, in model: inout JSONValue, _ body: (inout JSONValue) -> Void
  ) -> Bool {
    guard var layers = model["config"]?["layers"]?.array else { return false }
    for index in layers.indices {
      let own = layers[index]["config"]?["name"]?.string ?? layers[index]["name"]?.string
      var isDone = false
      if own == name {
        body(&layers[index])
        isDone = true
      } else {
        isDone = edit(layer: name, in: &layers[index], body)
      }
      if isDone {
        model["config"]?["layers"] = .array(layers)
        return true
      }
    }
    return false
  }

  /// Lets weights of a layer be drawn afresh; all of them without the name of a variable.
  mutating func forgetWeights(ofLayer name: String, variable: String?) {
    for key in weights.keys where key.layer == name || key.layer.hasSuffix("/" + name) {
      if variable == nil || key.variable == variable { weights[key] = nil }
    }
  }
}
