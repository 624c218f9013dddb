public import CaseFile
public import FileAccess
public import JSON

/// What a script says of a training run, read without running it.
public struct Script: Sendable {
  /// The text, with the way from the tree to the user's lines.
  package let text: ScriptText
  /// The file as it is.
  package let source: [UInt8]
  /// The model as it would stand in a `.keras` file, with the arguments of `compile`; `nil` where the
  /// layers cannot all be known.
  public private(set) var model: JSONValue?
  /// The arguments of `compile` as they would stand in a file; `nil` where optimizer or loss are not
  /// known.
  public private(set) var compilation: JSONValue?
  /// Whether the script sets weights that cannot be known, as by `load_weights`.
  public private(set) var hasUnknownWeights = false
  /// How often the script calls `fit`; the first call is the one examined.
  public private(set) var fitCount = 0
  /// How many rows of features stand beside the targets of other rows; `nil`: not known, or none.
  public private(set) var misplacedRows: Int?
  /// How many validation rows are training rows as well, of how many; `nil` where nobody can tell.
  public private(set) var seenValidationRows: (seen: Int, of: Int)?
  /// The arguments of `fit`; `nil` where it is not called, or where one cannot be known.
  public private(set) var fit: FitFacts?
  /// The features, one array an input; empty where they are not known.
  public private(set) var features: [ScriptArray] = []
  /// The targets.
  public private(set) var targets: ScriptArray?
  /// The features of the validation data.
  public private(set) var validationFeatures: [ScriptArray] = []
  /// The targets of the validation data.
  public private(set) var validationTargets: ScriptArray?
  /// Whether the arrays stand for those of the run in all that training could find in them: they are the
  /// script's own numbers, or are drawn and combined as the script does it.
  public private(set) var determinesData = false
  /// The backend, where the script says.
  public private(set) var backend: String?
  /// What a user should know of how it was read, one sentence each.
  public private(set) var notes: [String] = []
  /// Pieces that are no Python, one sentence each.
  public private(set) var leftOut: [String] = []
  /// The calls that matter, and the statements around them.
  package private(set) var places = ScriptPlaces()

  /// Whether it is a notebook.
  public var isNotebook: Bool { text.isNotebook }
  /// The path, as the user named it.
  public var path: String { text.path }

  /// Reads a script. Nothing of it is run: Python only parses it, in a process of its own.
  ///
  /// - Throws: ``InputError`` where there is no Python, for notebooks that are none, and
  ///   for texts of which nothing is Python.
  public init(bytes: [UInt8], path: String) throws(InputError) {
    text = try ScriptText(bytes: bytes, path: path)
    source = bytes
    let tree: PythonParser.Tree
    do {
      tree = try PythonParser.parse(text.python)
    } catch {
      throw InputError(error, in: path)
    }
    for piece in tree.skipped {
      leftOut.append(
        "\(text.name(ofLine: piece.line)) is no Python and was left out: \(piece.text)")
    }
    places.isWhole = tree.skipped.isEmpty && text.lines.allSatisfy { $0.isIntact && $0.indent == 0 }
    let evaluator = Evaluator()
    do {
      try evaluator.run(tree.statements)
    } catch {
      notes.append("The script goes on for too long to be followed to its end.")
    }
    evaluator.followUncalledFunctions()
    take(evaluator, tree.statements)
  }

  private mutating func take(_ evaluator: Evaluator, _ statements: [Statement]) {
    places.statements = ScriptPlaces.spans(of: statements)
    places.imports = ScriptPlaces.imports(of: statements)
    places.trainables = evaluator.trainables
    places.weightCalls = evaluator.weightCalls
    backend = evaluator.backend ?? (evaluator.usesTensorFlow ? "tensorflow" : nil)
    let call =
      evaluator.fits.first { $0.compilation != nil } ?? evaluator.fits.first
    let model =
      call?.model ?? evaluator.models.last { $0.compilation != nil } ?? evaluator.models.last
    guard let model else {
      notes.append("No Keras model is made in it.")
      return
    }
    let compilation = call?.compilation ?? model.compilation
    let ownLoop = compilation == nil && call == nil ? evaluator.ownLoop : nil
    take(model, compilation ?? ownLoop, LayerFrame.all(in: statements))
    guard let call else {
      notes.append(
        ownLoop == nil
          ? "The model is never fitted in it: its data and the length of the run are unknown."
          : "It trains in a loop of its own: the optimizer and the loss that it makes are taken for those"
            + " of the loop; its data and the length of the run are unknown.")
      return
    }
    take(call)
    let arrays = features + [targets].compactMap { $0 }
    determinesData =
      !evaluator.usesStandIns && !features.isEmpty && targets != nil && fit != nil
      && arrays.allSatisfy(\.isComplete)
      && call.site.value("sample_weight") == nil
    if arrays.contains(where: \.isDrawn) {
      notes.append(
        determinesData
          ? "The data are drawn as the script draws them: other numbers than the run's, of the same"
            + " distribution."
          : "The data are known by how the script makes them, not number by number: figures are of a"
            + " sample.")
    }
    fitCount = evaluator.fits.count
    if evaluator.fits.count > 1 {
      notes.append(
        "fit is called \(evaluator.fits.count) times; the first call is the one examined.")
    }
  }

  private mutating func take(
    _ model: ScriptModel, _ site: CallSite?, _ frames: [Span: LayerFrame]
  ) {
    places.model = model.site?.span
    hasUnknownWeights =
      model.hasUnknownWeights || ModelLayers.inOrder(model).contains(where: \.hasUnknownWeights)
    for layer in ModelLayers.inOrder(model) where layer.className != "InputLayer" {
      places.layers.append(
        ScriptPlaces.Layer(
          name: layer.name, className: layer.className, site: layer.site.map(ScriptSite.init),
          frame: layer.site.flatMap { frames[$0.expression.span] }))
    }
    if let site {
      places.compile = ScriptSite(site)
      if case .object(let optimizer)? = site.value("optimizer") {
        places.optimizer = optimizer.site.map(ScriptSite.init)
      }
      if case .object(let loss)? = site.value("loss") {
        places.loss = loss.site.map(ScriptSite.init)
      }
      compilation = CompileReading.document(site)
      if compilation == nil {
        notes.append("The optimizer or the loss is not written out where compile is called.")
      }
    }
    if var document = ModelDocument.document(model) {
      document["compile_config"] = compilation
      self.model = document
    } else {
      let name = model.className.map { " (\($0))" } ?? ""
      notes.append("The layers of the model\(name) are not all written out.")
    }
  }

  private mutating func take(_ call: Evaluator.FitCall) {
    places.fit = ScriptSite(call.site)
    fit = FitReading.facts(call.site)
    if fit == nil { notes.append("Not all arguments of fit are written out.") }
    func arrays(_ value: Value) -> [ScriptArray] {
      if let array = value.array { return [ScriptArray(array)] }
      // A list of arrays is one array an input; a list of numbers is one array.
      if let elements = value.elements, elements.allSatisfy({ $0.array != nil }) {
        return elements.compactMap { $0.array.map(ScriptArray.init) }
      }
      return ArrayConversion.array(value).map { [ScriptArray($0)] } ?? []
    }
    features = arrays(call.x)
    targets = arrays(call.y).first
    if arrays(call.y).count > 1 { targets = nil }
    compareOrigins(call)
    if let parts = call.validation.elements, parts.count >= 2 {
      validationFeatures = arrays(parts[0])
      validationTargets = arrays(parts[1]).first
    }
    if features.isEmpty && targets == nil {
      notes.append("The data cannot be known from the script: add it with --data.")
    } else if features.isEmpty || targets == nil {
      let missing = features.isEmpty ? "features" : "labels"
      notes.append("The \(missing) cannot be known from the script: add them with --data.")
    }
  }
}

extension Script {
  /// Where rows were shuffled apart, or are in training and validation data at once, that shows in the
  /// way in which they were made, whatever the numbers are.
  private mutating func compareOrigins(_ call: Evaluator.FitCall) {
    guard let x = call.x.array, x.declaredRows == nil, let origin = x.origin else { return }
    if let targets = call.y.array?.origin { misplacedRows = origin.misplaced(against: targets) }
    guard let validation = call.validation.elements?.first?.array, validation.declaredRows == nil,
      let seen = validation.origin?.seen(in: origin)
    else { return }
    seenValidationRows = (seen, validation.rows)
  }
}

extension ScriptText {
  /// A line of the parser's text as the user finds it.
  func name(ofLine number: Int) -> String {
    guard lines.indices.contains(number - 1) else { return "A line" }
    let line = lines[number - 1]
    return line.cell.map { "Cell \($0), line \(line.number)" } ?? "Line \(line.number)"
  }
}

extension Evaluator {
  /// Whether Keras surely runs on TensorFlow: it is imported as a part of it.
  var usesTensorFlow: Bool {
    importedModules.contains { name in
      name.hasPrefix("tensorflow.keras") || name.hasPrefix("tensorflow.python.keras")
        || name == "tensorflow.keras"
    }
      || (importedModules.contains("tensorflow")
        && !importedModules.contains { $0.hasPrefix("keras") })
  }
}
