package import JSON
import Networks

/// The optimizers that can be run.
package enum OptimizerCatalogue {
  /// The optimizers in alphabetical order of their files.
  package static let all: [any Optimizer.Type] = [
    Adadelta.self,
    Adafactor.self,
    Adagrad.self,
    Adam.self,
    AdamW.self,
    Adamax.self,
    Ftrl.self,
    Lamb.self,
    Lion.self,
    Muon.self,
    Nadam.self,
    RMSprop.self,
    SGD.self,
    ScheduleFreeAdamW.self,
  ]

  /// The optimizer that a configuration means. Strings are read whatever their case.
  package static func optimizer(_ json: JSONValue) throws -> any Optimizer {
    // Mixed precision wraps the optimizer; here everything is single precision.
    if json["class_name"]?.string == "LossScaleOptimizer",
      let inner = json["config"]?["inner_optimizer"]
    {
      return try optimizer(inner)
    }
    let reference = try ObjectReference(json, kind: "optimizer")
    let name = reference.name.lowercased()
    guard let type = all.first(where: { $0.className.lowercased() == name }) else {
      throw reference.unknown("optimizer", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }
}
