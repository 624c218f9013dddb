import CaseFile
import JSON

/// Puts a layer, or several in a row, behind another one: `layers.dense_1.insert_after`.
struct LayerInsertEdit: EditRule {
  let pattern = ["layers", "*", "insert_after"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    let new = edit.to.array ?? [edit.to]
    guard !new.isEmpty, new.allSatisfy({ $0["class_name"]?.string != nil }) else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    guard var layers = run.configuration["config"]?["layers"]?.array,
      let index = layers.firstIndex(where: { $0["config"]?["name"]?.string == path[1] })
    else { throw EditError.missing("layer '\(path[1])'") }
    var entries: [JSONValue] = []
    var taken = Set(layers.compactMap { $0["config"]?["name"]?.string })
    for layer in new {
      let className = layer["class_name"]?.string ?? ""
      var configuration = layer["config"] ?? [:]
      let stem = "\(path[1])_\(LayerInsertEdit.suffix(className))"
      let name = taken.contains(stem) ? "\(stem)_\(taken.count)" : stem
      taken.insert(name)
      configuration["name"] = .string(name)
      entries.append([
        "module": "keras.layers", "class_name": .string(className), "config": configuration,
      ])
    }
    if run.configuration["class_name"]?.string != "Sequential" {
      try LayerInsertEdit.connect(&entries, behind: path[1], in: &layers, of: &run)
    }
    layers.insert(contentsOf: entries, at: index + 1)
    run.configuration["config"]?["layers"] = .array(layers)
  }

  /// In a functional model: calls the new layers one after the other on the result of a layer, and
  /// hands theirs to everything that took it.
  private static func connect(
    _ entries: inout [JSONValue], behind name: String, in layers: inout [JSONValue],
    of run: inout Run
  ) throws {
    let last = entries[entries.count - 1]["config"]?["name"] ?? .null
    var argument: JSONValue?
    for index in layers.indices {
      guard let nodes = layers[index]["inbound_nodes"] else { continue }
      layers[index]["inbound_nodes"] = redirected(nodes, from: name, to: last, &argument)
    }
    var ends: JSONValue?
    if let outputs = run.configuration["config"]?["output_layers"] {
      run.configuration["config"]?["output_layers"] = redirected(
        outputs, from: name, to: last, &ends)
    }
    // Behind the last layer nothing tells how its result is written; nothing is put there.
    guard var argument else { throw EditError.missing("layer that takes the result of '\(name)'") }
    for index in entries.indices {
      entries[index]["name"] = entries[index]["config"]?["name"]
      // Keras 2 wrote the bare history, Keras 3 a tensor that has one.
      entries[index]["inbound_nodes"] =
        argument.array == nil
        ? [["args": [argument], "kwargs": [:]]] : [[argument]]
      let next = entries[index]["config"]?["name"] ?? .null
      var ignored: JSONValue?
      let from = index == 0 ? name : entries[index - 1]["config"]?["name"]?.string ?? ""
      argument = redirected(argument, from: from, to: next, &ignored)
    }
  }

  /// A part of a configuration in which every mention of a layer's first result is one of another's.
  private static func redirected(
    _ value: JSONValue, from name: String, to other: JSONValue, _ found: inout JSONValue?
  ) -> JSONValue {
    if let history = value["config"]?["keras_history"] {
      guard isResult(history, of: name) else { return value }
      found = found ?? value
      var changed = value
      changed["config"]?["keras_history"] = renamed(history, other)
      return changed
    }
    if isResult(value, of: name) {
      found = found ?? value
      return renamed(value, other)
    }
    if let items = value.array {
      return .array(items.map { redirected($0, from: name, to: other, &found) })
    }
    if let object = value.object {
      var changed = JSONObject()
      for member in object.members {
        changed[member.key] = redirected(member.value, from: name, to: other, &found)
      }
      return .object(changed)
    }
    return value
  }

  /// Whether a value is `["name", 0, 0]`, perhaps with more behind.
  private static func isResult(_ value: JSONValue, of name: String) -> Bool {
    value[0]?.string == name && value[1]?.int == 0 && value[2]?.int == 0
  }

  private static func renamed(_ history: JSONValue, _ name: JSONValue) -> JSONValue {
    .array([name] + (history.array ?? []).dropFirst())
  }

  /// `BatchNormalization` → `batch_normalization`.
  private static func suffix(_ className: String) -> String {
    var result = ""
    for character in className {
      if character.isUppercase, !result.isEmpty { result += "_" }
      result += character.lowercased()
    }
    return result
  }
}
