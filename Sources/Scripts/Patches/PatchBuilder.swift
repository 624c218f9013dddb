import CaseFile
import JSON

/// Turns the edits of a remedy into changes of a script.
struct PatchBuilder {
  let script: Script
  let model: ModelFacts?
  var source: SourceEdits
  var python: PythonText
  /// Lines to stand before the statement that holds `fit`.
  var beforeFit: [String] = []
  /// Lines to stand before `compile`.
  private var beforeCompile: [String] = []
  /// New names of arguments of `fit` that were expressions, by their text.
  var names: [String: String] = [:]
  /// The calls beside which a layer was put already: a call in a loop makes several layers.
  var widened: Set<Span> = []

  init(_ script: Script, model: ModelFacts?) {
    self.script = script
    self.model = model
    source = SourceEdits(script.text, script.source)
    let text = script.text.python.utf8
    let singles = text.count { $0 == UInt8(ascii: "'") }
    let doubles = text.count { $0 == UInt8(ascii: "\"") }
    python = PythonText(
      quote: singles > doubles ? "'" : "\"", imports: ImportStyle(script.places.imports))
  }

  /// Makes one edit.
  mutating func add(_ edit: Edit, among edits: [Edit]) throws(ScriptProblem) {
    let path = edit.target.split(separator: ".").map(String.init)
    switch path.first {
    case "layers" where path.count == 3: try addLayer(edit, path[1], path[2], among: edits)
    case "optimizer": try addOptimizer(edit, path.count > 1 ? path[1] : nil)
    case "loss": try addLoss(edit, path.count > 1 ? path[1] : nil)
    case "fit" where path.count == 2: try addFit(edit, path[1])
    case "data": try addData(edit, path)
    default: throw .notPatchable("\(edit.target) has no place in a script")
    }
  }

  /// The text with all changes.
  mutating func finished() throws(ScriptProblem) -> String {
    try place()
    guard script.isNotebook else { return source.applied() }
    guard let text = NotebookSource(script.source).replacing(source.changedCells()) else {
      throw .notPatchable("a cell that must be changed was not found in the notebook")
    }
    return text
  }

  /// Puts the lines that belong before others in their places.
  private mutating func place() throws(ScriptProblem) {
    if !beforeFit.isEmpty {
      guard let fit = script.places.fit, let statement = script.places.statement(around: fit.call)
      else { throw .notPatchable("fit is not called in it") }
      try source.insert(lines: beforeFit, before: statement)
    }
    if !beforeCompile.isEmpty {
      guard let compile = script.places.compile,
        let statement = script.places.statement(around: compile.call)
      else { throw .notPatchable("compile is not called in it") }
      try source.insert(lines: beforeCompile, before: statement)
    }
    if !python.imports.added.isEmpty {
      try source.insert(lines: python.imports.added, after: lastImport)
    }
  }

  /// The last import at the top of the script; those within functions do not count.
  private var lastImport: Span? {
    script.places.imports.map(\.span).last { $0.column == 0 }
  }

  /// Sets an argument of a call: its value where it is given, else one more.
  mutating func set(_ name: String, to text: String, in site: ScriptSite) throws(ScriptProblem) {
    if let argument = site.argument(name) {
      return try source.replace(argument.value, by: text)
    }
    if let last = site.arguments.map(\.value).max(by: {
      ($0.endLine, $0.endColumn) < ($1.endLine, $1.endColumn)
    }), last.hasEnd {
      try source.insert(", \(name)=\(text)", behind: last)
    } else {
      try source.insert("\(name)=\(text)", atEndOfCall: site.call)
    }
  }

  // MARK: Layers

  private mutating func addLayer(
    _ edit: Edit, _ name: String, _ key: String, among edits: [Edit]
  ) throws(ScriptProblem) {
    if key == "weights" { return try removeWeightCalls() }
    if key == "insert_after", script.places.layer(named: name, of: model) == nil {
      return try insertLayer(edit.to, before: firstLayer(behind: name))
    }
    guard let layer = script.places.layer(named: name, of: model), let site = layer.site else {
      throw .notPatchable("the layer \(name) is not made in it")
    }
    if key == "trainable" { return try addTrainable(edit, layer, among: edits) }
    // One call may make several layers, in a loop or a function: all must change alike.
    let others = script.places.layers.filter { $0.site?.call == site.call && $0.name != layer.name }
    let changed = edits.filter { $0.target.hasSuffix(".\(key)") && $0.to == edit.to }
      .compactMap {
        script.places.layer(named: $0.target.split(separator: ".").map(String.init)[1], of: model)?
          .name
      }
    guard others.allSatisfy({ changed.contains($0.name) }) else {
      throw .notPatchable("one call makes several layers, of which only some are to be changed")
    }
    if key == "insert_after" { return try insertLayer(edit.to, behind: layer, site) }
    let classes = ["ReLU", "LeakyReLU", "ELU", "Softmax"]
    if key == "activation", classes.contains(layer.className) {
      let value = python.text(edit.to)
      let call = python.imports.name(of: "Activation", in: "keras.layers")
      return try source.replace(site.call, by: "\(call)(\(value))")
    }
    try set(key, to: python.text(edit.to), in: site)
  }

  private mutating func removeWeightCalls() throws(ScriptProblem) {
    guard !script.places.weightCalls.isEmpty else {
      throw .notPatchable("the weights are not set in it")
    }
    for call in script.places.weightCalls {
      guard let statement = script.places.statement(around: call) else {
        throw .notPatchable("the statement that sets the weights was not found")
      }
      try source.remove(statement)
    }
  }

  private mutating func addTrainable(
    _ edit: Edit, _ layer: ScriptPlaces.Layer, among edits: [Edit]
  ) throws(ScriptProblem) {
    let value = python.text(edit.to)
    if let argument = layer.site?.argument("trainable") {
      return try source.replace(argument.value, by: value)
    }
    let changed = edits.filter { $0.target.hasSuffix(".trainable") }.count
    let places = Set(script.places.trainables)
    if places.count == 1, let place = places.first, changed > 1 || script.places.layers.count == 1 {
      return try source.replace(place, by: value)
    }
    guard let index = script.places.layers.firstIndex(of: layer) else { return }
    let base = try modelName()
    let place = index == script.places.layers.count - 1 ? "-1" : "\(index)"
    beforeCompile.append("\(base).layers[\(place)].trainable = \(value)")
  }

  private func modelName() throws(ScriptProblem) -> String {
    guard let span = script.places.compile?.object, let text = script.text.text(of: span),
      !text.contains("\n")
    else { throw .notPatchable("compile is not called in it") }
    return text
  }

  // MARK: Arguments of compile and fit

  private mutating func addOptimizer(_ edit: Edit, _ key: String?) throws(ScriptProblem) {
    guard let compile = script.places.compile else {
      throw .notPatchable("compile is not called in it")
    }
    guard let key else {
      var optimizer = edit.to
      if optimizer["class_name"] != nil { optimizer["module"] = "keras.optimizers" }
      return try set("optimizer", to: python.text(optimizer), in: compile)
    }
    let value = python.text(edit.to)
    if let site = script.places.optimizer { return try set(key, to: value, in: site) }
    // A text, or nothing: the object that it stands for, with the argument.
    let className =
      script.compilation?["optimizer"]?["class_name"]?.string ?? "RMSprop"
    let call = python.imports.name(of: className, in: "keras.optimizers")
    try set("optimizer", to: "\(call)(\(key)=\(value))", in: compile)
  }

  private mutating func addLoss(_ edit: Edit, _ key: String?) throws(ScriptProblem) {
    guard let compile = script.places.compile else {
      throw .notPatchable("compile is not called in it")
    }
    let value = python.text(edit.to)
    guard let key else { return try set("loss", to: value, in: compile) }
    if let site = script.places.loss { return try set(key, to: value, in: site) }
    guard let name = script.compilation?["loss"]?.string else {
      throw .notPatchable("the loss is not written out in it")
    }
    let className = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
    let call = python.imports.name(of: className, in: "keras.losses")
    try set("loss", to: "\(call)(\(key)=\(value))", in: compile)
  }

  private mutating func addFit(_ edit: Edit, _ key: String) throws(ScriptProblem) {
    guard let fit = script.places.fit else { throw .notPatchable("fit is not called in it") }
    if key == "callbacks" { return try setCallbacks(edit, fit) }
    try set(key, to: python.text(edit.to), in: fit)
  }
}
