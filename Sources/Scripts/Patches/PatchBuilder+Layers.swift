import CaseFile
import JSON

/// New layers beside those that a script makes.
extension PatchBuilder {
  /// The layer that a new one must precede to stand behind an input, which no call need make.
  func firstLayer(behind name: String) throws(ScriptProblem) -> ScriptPlaces.Layer {
    guard let input = model?.layers.first, input.name == name, input.className == "InputLayer",
      model?.layers.count(where: { $0.className == "InputLayer" }) == 1,
      let first = script.places.layers.first
    else { throw .notPatchable("the layer \(name) is not made in it") }
    return first
  }

  /// Puts a layer behind another one.
  mutating func insertLayer(
    _ new: JSONValue, behind layer: ScriptPlaces.Layer, _ site: ScriptSite
  ) throws(ScriptProblem) {
    guard let frame = layer.frame else {
      throw .notPatchable("the way in which \(layer.name) gets into the model is not known")
    }
    guard widened.insert(site.call).inserted else { return }
    let calls = try calls(of: new)
    switch frame {
    case .item:
      try source.insert(calls.map { ", \($0)" }.joined(), behind: site.call)
    case .added(let statement, let base):
      guard let name = script.text.text(of: base) else {
        throw .notPatchable("the model that layers are added to has no name")
      }
      for call in calls { try source.insert(line: "\(name).add(\(call))", behind: statement) }
    case .applied(let whole, _):
      try source.insert(calls.reversed().map { "\($0)(" }.joined(), before: whole)
      try source.insert(String(repeating: ")", count: calls.count), behind: whole)
    }
  }

  /// Puts a layer before the first one.
  mutating func insertLayer(
    _ new: JSONValue, before layer: ScriptPlaces.Layer
  ) throws(ScriptProblem) {
    guard let frame = layer.frame, let site = layer.site else {
      throw .notPatchable("the way in which \(layer.name) gets into the model is not known")
    }
    let calls = try calls(of: new)
    switch frame {
    case .item: try source.insert(calls.map { "\($0), " }.joined(), before: site.call)
    case .added(let statement, let base):
      guard let name = script.text.text(of: base) else {
        throw .notPatchable("the model that layers are added to has no name")
      }
      try source.insert(lines: calls.map { "\(name).add(\($0))" }, before: statement)
    case .applied(_, let argument):
      try source.insert(calls.reversed().map { "\($0)(" }.joined(), before: argument)
      try source.insert(String(repeating: ")", count: calls.count), behind: argument)
    }
  }

  /// The calls that make the layer of an edit, or its several layers in their order.
  private mutating func calls(of new: JSONValue) throws(ScriptProblem) -> [String] {
    var calls: [String] = []
    for layer in new.array ?? [new] {
      guard layer["class_name"]?.string != nil else {
        throw .notPatchable("the layer to be added has no class")
      }
      var object = layer
      object["module"] = "keras.layers"
      calls.append(python.text(object))
    }
    return calls
  }

  /// Gives `fit` the callbacks of an edit: those of the script that stay, and new ones.
  mutating func setCallbacks(_ edit: Edit, _ fit: ScriptSite) throws(ScriptProblem) {
    let wanted = edit.to.array ?? []
    let old = edit.from.array ?? script.fit?.callbacks ?? []
    let gone = old.filter { !wanted.contains($0) }.compactMap(PatchBuilder.callbackName)
    var texts: [String] = []
    if let argument = fit.argument("callbacks"), !argument.isConstant {
      guard let written = script.text.text(of: argument.value) else {
        throw .notPatchable("the callbacks are not as Python reads them")
      }
      if let items = argument.items, items.count == old.count {
        for (item, callback) in zip(items, old) where wanted.contains(callback) {
          guard let text = script.text.text(of: item) else {
            throw .notPatchable("the callbacks are not as Python reads them")
          }
          texts.append(text)
        }
      } else if gone.isEmpty {
        texts = ["*\(written)"]
      } else {
        let classes = gone.map { python.imports.name(of: $0, in: "keras.callbacks") }
        let kinds = classes.count == 1 ? classes[0] : "(\(classes.joined(separator: ", ")))"
        texts = ["*[c for c in \(written) if not isinstance(c, \(kinds))]"]
      }
    }
    for callback in wanted where !old.contains(callback) {
      guard var object = callback.object.map(JSONValue.object) else {
        throw .notPatchable("a callback to be added has no arguments")
      }
      object["module"] = "keras.callbacks"
      texts.append(python.text(object))
    }
    try set("callbacks", to: "[\(texts.joined(separator: ", "))]", in: fit)
  }

  private static func callbackName(_ callback: JSONValue) -> String? {
    callback.string ?? callback["class_name"]?.string
  }
}
