public import CaseFile
import JSON

extension Remedy {
  /// A remedy described from its edits, with the lines of Python that do the same.
  public init(edits: [Edit], summary: String? = nil) {
    self.init(
      summary: summary ?? Remedy.summary(of: edits), edits: edits, python: Remedy.python(of: edits))
  }

  /// Edits that set the same argument of several layers to the same value are told once.
  private static func summary(of edits: [Edit]) -> String {
    var phrases: [(text: String, layers: [String])] = []
    for edit in edits {
      if let index = phrases.firstIndex(where: { $0.text == edit.phrase && !$0.layers.isEmpty }) {
        phrases[index].layers += [edit.layer].compactMap { $0 }
      } else {
        phrases.append((edit.phrase, [edit.layer].compactMap { $0 }))
      }
    }
    return phrases.map { phrase in
      guard let first = phrase.layers.first, let last = phrase.layers.last else {
        return phrase.text
      }
      switch phrase.layers.count {
      case 1: return "\(phrase.text) in \(first)"
      case 2: return "\(phrase.text) in \(first) and \(last)"
      default: return "\(phrase.text) in \(first) … \(last) (\(phrase.layers.count) layers)"
      }
    }.joined(separator: ", ")
  }

  /// One line an edit, but one line a layer for the arguments of layers.
  private static func python(of edits: [Edit]) -> [String] {
    var lines: [(layer: String?, text: String)] = []
    for edit in edits {
      if let argument = edit.layerArgument,
        let index = lines.firstIndex(where: { $0.layer != nil && $0.layer == edit.layer })
      {
        lines[index].text += ", \(argument)"
      } else if let argument = edit.layerArgument, let layer = edit.layer {
        lines.append((layer, "# layer \"\(layer)\": \(argument)"))
      } else {
        lines.append((nil, edit.python))
      }
    }
    return lines.map(\.text)
  }
}

extension Edit {
  /// The parts of the target's path.
  private var path: [String] { target.split(separator: ".").map(String.init) }

  /// The layer whose argument is set.
  fileprivate var layer: String? {
    path.first == "layers" && path.count == 3 ? path[1] : nil
  }

  /// The argument of a layer as it stands in a call, as `units=3`; `nil` for edits that take a
  /// statement of their own.
  fileprivate var layerArgument: String? {
    guard layer != nil, let key = path.last,
      !["trainable", "weights", "insert_after"].contains(key)
    else {
      return nil
    }
    return "\(key)=\(Edit.python(to))"
  }

  /// The edit in a few words without its layer, as `activation "softmax"`.
  package var phrase: String {
    let value = Edit.python(to)
    switch (path.first, path.last) {
    case ("layers", "insert_after") where path.count == 3:
      let classes = (to.array ?? [to]).map { $0["class_name"]?.string ?? value }
      return "\(classes.joined(separator: ", ")) after"
    case ("layers", let key?) where path.count == 3: return "\(key) \(value)"
    case ("optimizer", "learning_rate"):
      return to["class_name"] == nil ? "learning rate \(value)" : "learning rate by \(value)"
    case ("optimizer", let key?) where path.count > 1: return "optimizer \(key) \(value)"
    case ("optimizer", _): return "optimizer \(to["class_name"]?.string ?? value)"
    case ("loss", "from_logits"): return "from_logits=\(value)"
    case ("loss", _): return "loss \(value)"
    case ("data", "shuffle"): return "rows shuffled before the split"
    case ("data", "clip"):
      let ends = (to.array ?? []).compactMap(\.double).map(figure)
      return "targets clipped to \(ends.joined(separator: "…"))"
    case ("data", "map") where path[1] == "x_val":
      return "validation features brought to the scale of the training features"
    case ("data", "map"): return "labels re-mapped (\(Edit.mapPhrase(to)))"
    case ("data", "fill"): return "NaN and infinite features replaced by \(value)"
    case ("data", "augment"): return "altered copies of the rows (\(Edit.mapPhrase(to)))"
    case ("data", "scale"):
      let how = to == "min-max" ? "brought to 0…1" : "standardised"
      return path[1] == "y" ? "targets \(how)" : "features \(how)"
    case ("data", "drop_rows"):
      return to["rows"]?.array.map { "\($0.count) suspect rows dropped" }
        ?? "rows with NaN or infinite values dropped"
    case ("fit", "class_weight"): return "class_weight, every class counted the same"
    case ("fit", "callbacks"):
      let classes = (to.array ?? []).map { $0.string ?? $0["class_name"]?.string ?? "a callback" }
      return "callbacks \(classes.isEmpty ? "none" : classes.joined(separator: ", "))"
    case ("fit", let key?): return "\(key) \(value)"
    default: return "\(target) \(value)"
    }
  }

  /// The lines of Python that make the edit in a script.
  package var python: String {
    let value = Edit.python(to)
    switch (path.first, path.last) {
    case ("layers", "trainable") where path.count == 3:
      return "model.get_layer(\"\(path[1])\").trainable = \(value)"
    case ("layers", "insert_after") where path.count == 3:
      let calls = (to.array ?? [to]).map { Edit.call($0, module: "keras.layers") }
      return "# after layer \"\(path[1])\": \(calls.joined(separator: ", "))"
    case ("layers", "weights") where path.count == 3:
      return "# layer \"\(path[1])\": build it anew, so that its weights are initialised afresh"
    case ("optimizer", "learning_rate"):
      return to["class_name"] == nil
        ? "optimizer.learning_rate = \(value)"
        : "# optimizer: learning_rate=\(Edit.call(to, module: "keras.optimizers.schedules"))"
    case ("optimizer", let key?) where path.count > 1:
      return "# optimizer: \(key)=\(value)"
    case ("optimizer", _):
      return "model.compile(optimizer=\(Edit.call(to, module: "keras.optimizers")), …)"
    case ("loss", "from_logits"): return "# loss: from_logits=\(value)"
    case ("loss", _): return "model.compile(loss=\(value), …)"
    case ("data", "shuffle"):
      return "order = np.random.default_rng(0).permutation(len(x)); x, y = x[order], y[order]"
    case ("data", "clip"):
      return "y = np.clip(y, \(Edit.python(to[0] ?? .null)), \(Edit.python(to[1] ?? .null)))"
    case ("data", "fill"):
      return "x = np.nan_to_num(x, nan=\(value), posinf=\(value), neginf=\(value))"
    case ("data", "map") where path[1] == "x_val":
      return to["divide"].map { "x_val = x_val / \(Edit.python($0))" }
        ?? "x_val = (x_val - x_val.mean(axis=0)) / x_val.std(axis=0) * x.std(axis=0) + x.mean(axis=0)"
    case ("data", "map"): return Edit.mapPython(to)
    case ("data", "augment"):
      return Edit.augmentation(to, x: "x", y: "y", np: "np").joined(separator: "; ")
    case ("data", "scale") where to == "min-max":
      let name = path[1]
      return "low, span = \(name).min(axis=0), np.ptp(\(name), axis=0); "
        + "span = np.where(span == 0, 1, span); \(name) = (\(name) - low) / span"
        + "  # the same low and span for \(name)_val"
    case ("data", "scale"):
      return path[1] == "y"
        ? "y_mean, y_std = y.mean(axis=0), y.std(axis=0); y = (y - y_mean) / y_std"
          + "  # undo: pred * y_std + y_mean"
        : "mean, std = x.mean(axis=0), x.std(axis=0); std[std == 0] = 1; x = (x - mean) / std"
          + "  # the same mean and std for x_val"
    case ("data", "drop_rows") where to["rows"] != nil:
      let rows = Edit.python(to["rows"] ?? .null)
      return "suspects = \(rows); x, y = np.delete(x, suspects, 0), np.delete(y, suspects, 0)"
    case ("data", "drop_rows"):
      return "keep = np.isfinite(x.reshape(len(x), -1)).all(axis=1)"
        + " & np.isfinite(y.reshape(len(y), -1)).all(axis=1); x, y = x[keep], y[keep]"
    case ("fit", "class_weight"):
      let weights = (to.object?.members ?? []).map { "\($0.key): \(Edit.python($0.value))" }
      return "model.fit(…, class_weight={\(weights.joined(separator: ", "))})"
    case ("fit", "callbacks"):
      let calls = (to.array ?? []).map { Edit.call($0, module: "keras.callbacks") }
      return "model.fit(…, callbacks=[\(calls.joined(separator: ", "))])"
    case ("fit", let key?): return "model.fit(…, \(key)=\(value))"
    default: return "# \(target) = \(value)"
    }
  }

  /// The call that makes an object of Keras; a bare name stands for itself.
  private static func call(_ object: JSONValue, module: String) -> String {
    guard let className = object["class_name"]?.string else {
      return object.string ?? python(object)
    }
    let arguments = (object["config"]?.object?.members ?? []).map {
      "\($0.key)=\(python($0.value))"
    }
    return "\(module).\(className)(\(arguments.joined(separator: ", ")))"
  }

  private static func mapPhrase(_ map: JSONValue) -> String {
    (map.object?.members ?? []).map { "\($0.key) \(python($0.value))" }.joined(separator: ", ")
  }

  private static func mapPython(_ map: JSONValue) -> String {
    var expression = "y"
    if let offset = map["subtract"]?.double { expression = "(\(expression) - \(short(offset)))" }
    if let factor = map["divide"]?.double { expression += " / \(short(factor))" }
    if map["codes"] != nil { expression = "np.unique(y, return_inverse=True)[1]" }
    if let classes = map["one_hot"]?.int {
      expression = "keras.utils.to_categorical(y, \(classes))"
    }
    return "y = \(expression)"
  }

  private static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// A value as Python writes it.
  private static func python(_ value: JSONValue) -> String {
    switch value {
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .array(let items): "[" + items.map(python).joined(separator: ", ") + "]"
    case .object(let object):
      object["class_name"]?.string
        ?? "{"
        + object.members.map { "\"\($0.key)\": \(python($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }
}
