import Networks
import Tensors

/// The place of a layer in the file of weights. Keras names it by class, not by the layer's name:
/// `layers/dense`, and from the second of its class on `layers/dense_1`.
struct WeightGroup {
  /// The path of the group, as `layers/sequential/layers/dense`.
  let path: String
  /// The name of the layer, without those of the models around it.
  let name: String
  /// The name of the layer within the whole, as `encoder/dense`.
  let fullName: String
  /// What the layer keeps there besides its variables, by name.
  var named: [String: StoredArray] = [:]

  /// The groups of all layers of a model, those of nested models behind their model's.
  static func all(of model: Model, path: String = "", prefix: String = "") -> [WeightGroup] {
    var groups: [WeightGroup] = []
    var counts: [String: Int] = [:]
    for layer in model.layers {
      // Operations on tensors are no layers to Keras, and Sequential hides its input.
      if layer.isOperation || (layer.isInput && model.className == "Sequential") { continue }
      let kind = snakeCase(layer.className)
      let count = counts[kind, default: 0]
      counts[kind] = count + 1
      let own =
        (path.isEmpty ? "" : path + "/") + "layers/" + (count == 0 ? kind : "\(kind)_\(count)")
      let named = (layer.layer?.savedArrays ?? [:]).mapValues {
        StoredArray(shape: $0.shape.extents, scalars: $0.scalars)
      }
      groups.append(
        WeightGroup(path: own, name: layer.name, fullName: prefix + layer.name, named: named))
      for inner in layer.layer?.innerGroups ?? [] {
        let name = inner.split(separator: "/").last.map(String.init) ?? inner
        groups.append(
          WeightGroup(
            path: "\(own)/\(inner)", name: name, fullName: "\(prefix)\(layer.name)/\(inner)",
            named: named))
      }
      if case .model(let inner) = layer.content {
        groups += all(of: inner, path: own, prefix: prefix + layer.name + "/")
      }
    }
    return groups
  }
}
