import CaseFile
import JSON

/// Edits of the data: lines before `fit`.
extension PatchBuilder {
  /// Makes one edit of the data.
  mutating func addData(_ edit: Edit, _ path: [String]) throws(ScriptProblem) {
    guard let fit = script.places.fit else { throw .notPatchable("fit is not called in it") }
    switch (path.count > 1 ? path[1] : "", path.last) {
    case ("x", "scale"): try scale("x", fit, isRange: edit.to == "min-max")
    case ("y", "scale"): try scale("y", fit, isRange: edit.to == "min-max")
    case ("y", "map"): try mapTargets(edit.to, fit)
    case ("y", "clip"):
      let bounds = (edit.to.array ?? []).compactMap(\.double)
      guard bounds.count == 2 else { throw .notPatchable("\(edit.target) has no bounds") }
      let np = python.imports.numpy()
      try change(["y"], fit) { name in
        "\(np).clip(\(name), \(PythonText.number(bounds[0])), \(PythonText.number(bounds[1])))"
      }
    case ("x", "fill"):
      let (np, value) = (python.imports.numpy(), python.text(edit.to))
      try change(["x", "x_val"], fit) { name in
        "\(np).nan_to_num(\(name), nan=\(value), posinf=\(value), neginf=\(value))"
      }
    case ("augment", _):
      let (x, y, np) = (try name("x", fit), try name("y", fit), python.imports.numpy())
      beforeFit += Edit.augmentation(edit.to, x: x, y: y, np: np)
    case (_, "drop_rows"):
      if let rows = edit.to["rows"]?.array?.compactMap(\.int) {
        try deleteRows(rows, fit)
      } else {
        try dropRows(fit)
      }
    case ("shuffle", _), (_, "shuffle"):
      let (x, y, np) = (try name("x", fit), try name("y", fit), python.imports.numpy())
      beforeFit.append("order = \(np).random.default_rng(0).permutation(len(\(x)))")
      beforeFit.append("\(x), \(y) = \(x)[order], \(y)[order]")
    case ("x_val", "map"): try mapValidation(edit.to, fit)
    default: throw .notPatchable("\(edit.target) has no place in a script")
    }
  }

  /// The argument of `fit` that holds a part of the data.
  private func argument(_ part: String, _ fit: ScriptSite) -> ScriptSite.Argument? {
    switch part {
    case "x_val": fit.validation.count > 1 ? fit.validation[0] : nil
    case "y_val": fit.validation.count > 1 ? fit.validation[1] : nil
    default: fit.argument(part)
    }
  }

  /// The name of a part of the data before `fit`; what is no name yet gets one.
  private mutating func name(_ part: String, _ fit: ScriptSite) throws(ScriptProblem) -> String {
    guard let argument = argument(part, fit), let text = script.text.text(of: argument.value)
    else { throw .notPatchable("fit is not given \(part) by itself") }
    if argument.isName { return text }
    if let known = names[part] { return known }
    let standard = ["x": "x_fit", "y": "y_fit", "x_val": "x_held_out", "y_val": "y_held_out"]
    let name = standard[part] ?? part
    names[part] = name
    beforeFit.append("\(name) = \(text.replacingLineBreaks)")
    try source.replace(argument.value, by: name)
    return name
  }

  /// Sets parts of the data to something computed from them; a name that stands for two is set once.
  private mutating func change(
    _ parts: [String], _ fit: ScriptSite, _ expression: (String) -> String
  ) throws(ScriptProblem) {
    var done: Set<String> = []
    for part in parts {
      if part.hasSuffix("_val"), argument(part, fit) == nil {
        guard fit.argument("validation_data") == nil else {
          throw .notPatchable("the validation data are given as one")
        }
        continue
      }
      let name = try name(part, fit)
      if done.insert(name).inserted { beforeFit.append("\(name) = \(expression(name))") }
    }
  }

  private mutating func scale(
    _ part: String, _ fit: ScriptSite, isRange: Bool
  ) throws(ScriptProblem) {
    let (name, np) = (try name(part, fit), python.imports.numpy())
    let (shift, spread) =
      isRange ? ("\(part)_min", "\(part)_range") : ("\(part)_mean", "\(part)_std")
    let comment = part == "y" ? "  # predictions: * \(spread) + \(shift)" : ""
    let functions = isRange ? ("min", "ptp") : ("mean", "std")
    beforeFit.append(
      "\(shift), \(spread) = \(np).\(functions.0)(\(name), axis=0), "
        + "\(np).\(functions.1)(\(name), axis=0)\(comment)")
    if part == "x" { beforeFit.append("\(spread) = \(np).where(\(spread) == 0, 1, \(spread))") }
    try change([part, part + "_val"], fit) { "(\($0) - \(shift)) / \(spread)" }
  }

  private mutating func mapTargets(_ map: JSONValue, _ fit: ScriptSite) throws(ScriptProblem) {
    var (before, after) = ("", "")
    if map["codes"] != nil {
      let (np, name) = (python.imports.numpy(), try name("y", fit))
      beforeFit.append("classes = \(np).unique(\(name))")
      (before, after) = ("\(np).searchsorted(classes, ", ")")
    } else if map["argmax"] != nil {
      (before, after) = ("\(python.imports.numpy()).argmax(", ", axis=-1)")
    } else {
      if let offset = map["subtract"]?.double, offset != 0 {
        after += offset < 0 ? " + \(PythonText.short(-offset))" : " - \(PythonText.short(offset))"
      }
      if let factor = map["divide"]?.double, factor != 1 {
        if !after.isEmpty { (before, after) = ("(", after + ")") }
        after += " / \(PythonText.short(factor))"
      }
      if let classes = map["one_hot"]?.int {
        let call = python.imports.name(of: "to_categorical", in: "keras.utils")
        (before, after) = ("\(call)(" + before, after + ", \(classes))")
      }
    }
    guard !(before + after).isEmpty else {
      throw .notPatchable("the map of the labels is not known")
    }
    try change(["y", "y_val"], fit) { before + $0 + after }
  }

  /// Takes rows away by number, the list broken into lines that a reader can follow.
  private mutating func deleteRows(_ rows: [Int], _ fit: ScriptSite) throws(ScriptProblem) {
    let np = python.imports.numpy()
    var lines = ["suspects = ["]
    for row in rows {
      if lines.count == 1 || lines[lines.count - 1].count > 90 { lines.append("    ") }
      let isFirst = lines[lines.count - 1].allSatisfy { $0 == " " }
      lines[lines.count - 1] += (isFirst ? "" : " ") + "\(row),"
    }
    beforeFit += lines + ["]"]
    try change(["x", "y"], fit) { "\(np).delete(\($0), suspects, axis=0)" }
  }

  private mutating func dropRows(_ fit: ScriptSite) throws(ScriptProblem) {
    let np = python.imports.numpy()
    for suffix in ["", "_val"] {
      if suffix == "_val", argument("x_val", fit) == nil { continue }
      let (x, y) = (try name("x" + suffix, fit), try name("y" + suffix, fit))
      let keep = "keep" + suffix
      beforeFit.append(
        "\(keep) = \(np).isfinite(\(x).reshape(len(\(x)), -1)).all(axis=1)"
          + " & \(np).isfinite(\(y).reshape(len(\(y)), -1)).all(axis=1)")
      beforeFit.append("\(x), \(y) = \(x)[\(keep)], \(y)[\(keep)]")
    }
  }

  private mutating func mapValidation(_ map: JSONValue, _ fit: ScriptSite) throws(ScriptProblem) {
    let held = try name("x_val", fit)
    if let factor = map["divide"]?.double {
      beforeFit.append("\(held) = \(held) / \(PythonText.short(factor))")
    } else {
      let x = try name("x", fit)
      beforeFit.append(
        "\(held) = (\(held) - \(held).mean(axis=0)) / \(held).std(axis=0) * \(x).std(axis=0)"
          + " + \(x).mean(axis=0)")
    }
  }
}

extension String {
  /// A text that went over several lines, on one.
  fileprivate var replacingLineBreaks: String {
    split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
  }
}
