import CaseFile
import JSON

/// Puts a layer behind another one of a Sequential model: `layers.dense_1.insert_after`.
struct LayerInsertEdit: EditRule {
  let pattern = ["layers", "*", "insert_after"]
  let place = EditPlace.model

  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws {
    guard let className = edit.to["class_name"]?.string else {
      throw EditError.unfit(target: edit.target, value: "\(edit.to)")
    }
    guard run.configuration["class_name"]?.string == "Sequential",
      var layers = run.configuration["config"]?["layers"]?.array,
      let index = layers.firstIndex(where: { $0["config"]?["name"]?.string == path[1] })
    else { throw EditError.missing("layer '\(path[1])' in a Sequential model") }
    var configuration = edit.to["config"] ?? [:]
    configuration["name"] = .string("\(path[1])_\(LayerInsertEdit.suffix(className))")
    layers.insert(
      ["module": "keras.layers", "class_name": .string(className), "config": configuration],
      at: index + 1)
    run.configuration["config"]?["layers"] = .array(layers)
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
