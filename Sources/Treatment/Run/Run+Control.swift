import Networks
import Tensors

extension Run {
  /// This run as the control of an edited one: weights that the edit gives another shape are drawn
  /// afresh there, and so they are here, else luck with the user's weights would count for or against
  /// the remedy.
  package func control(of edited: Run) -> Run {
    guard let own = try? model(), let other = try? edited.model() else { return self }
    var shapes: [WeightKey: Shape] = [:]
    for variable in other.variables {
      shapes[WeightKey(layer: variable.layer, variable: variable.name)] = variable.shape
    }
    var control = self
    for variable in own.variables {
      let key = WeightKey(layer: variable.layer, variable: variable.name)
      if let shape = shapes[key], shape != variable.shape { control.weights[key] = nil }
    }
    return control
  }
}
