public import CaseFile
import Captures
public import Datasets
public import FileAccess
public import KerasFiles
import Logs
import Networks
public import Scripts
import Tensors

/// A training run as it was handed in: the model, the data, the arguments of `fit`, and what was
/// recorded of it. Any part may be missing.
public struct TrainingRun: Sendable {
  /// What was handed in.
  public private(set) var inputs: [InputSource] = []
  /// The model with its initial weights.
  public private(set) var model: KerasModelFile?
  /// The data.
  public private(set) var data: DataSet?
  /// The script, read and not run.
  public private(set) var script: Script?
  /// What the script tells of the data.
  private(set) var scriptData: DataFacts?
  /// Whether trials run on the data that the script makes: it determines them, and none were handed in.
  private(set) var trainsOnScript = false
  /// The arguments of `fit`; Keras' own where none are known.
  public var fit = FitFacts()
  /// Whether the arguments of `fit` are known.
  public private(set) var knowsFitArguments = false
  /// Where the run took place.
  public private(set) var environment: EnvironmentFacts?
  /// What was recorded of the run.
  public private(set) var recorded: RecordedRun?
  /// The rows of the first recorded steps, in their order.
  private(set) var firstSteps: [DataSet] = []
  /// What a user should know of how the inputs were read, one sentence each.
  public private(set) var notes: [String] = []

  /// How errors name the run: the model's file, or the first input.
  public private(set) var subject = ""

  /// How long reading took.
  private(set) var readingTime = Duration.zero

  /// Reads a run.
  ///
  /// - Throws: ``InputError`` for files that cannot be read or do not belong together.
  public init(_ request: RunRequest) throws(InputError) {
    let start = ContinuousClock.now
    subject = request.paths.first ?? ""
    var dataPaths: [String] = []
    var weightPaths: [String] = []
    for path in request.paths {
      if path == StandardInput.path {
        try takeStandardInput()
        continue
      }
      switch InputKind(path: path) {
      case .folder(let folder): try take(capture: folder)
      case .eventFolder:
        inputs.append(InputSource(kind: .log, path: path))
        try take(log: TrainingLog(eventFolder: path))
      case .model: try take(model: path)
      case .weights where try KerasArchive.holdsModel(at: path): try take(model: path)
      case .weights: weightPaths.append(path)
      case .savedModel: throw InputError(RunProblem.savedModel, in: path)
      case .data: dataPaths.append(path)
      case .script: try take(script: path)
      case .paste:
        try take(pasted: ReadableFile(path: path).allBytes(limit: TrainingRun.pasteLimit), path)
      case .log:
        try remember(.log, path)
        try take(log: TrainingLog(path: path))
      case .refused(let problem): throw InputError(problem, in: path)
      }
    }
    for path in weightPaths { try take(weights: path) }
    if let data = request.data { dataPaths = [data] }
    try take(data: dataPaths, request)
    try takeWhatOnlyTheScriptKnows()
    try enterData()
    override(with: request)
    if let data { notes += data.notes }
    readingTime = start.duration(to: .now)
  }

  /// Everything that is known of the run.
  public var facts: CaseFile {
    var facts = CaseFile(inputs: inputs)
    facts.model = model?.facts
    facts.compilation =
      model?.compileFacts ?? script?.compilation.map { CompileFacts(kerasConfiguration: $0) }
    facts.fit = knowsFitArguments ? fit : nil
    facts.environment = environment
    facts.data = data?.facts ?? scriptData
    if data != nil, let script { facts.data?.trace(script) }
    facts.recorded = recorded
    return facts
  }

  private mutating func take(capture path: String) throws(InputError) {
    let capture = try Capture(path: path)
    inputs.append(InputSource(kind: .capture, path: path))
    if let found = capture.model {
      guard model == nil else { throw InputError(RunProblem.secondModel(first: subject), in: path) }
      model = found
      subject = path
    }
    data = data ?? capture.data
    if capture.hasFitArguments { (fit, knowsFitArguments) = (capture.fit, true) }
    environment = environment ?? capture.environment
    recorded = recorded ?? capture.recorded
    firstSteps = capture.firstSteps
    notes += capture.notes
    // The program of a recording tells the places of what is found.
    if script == nil, let program = Script.beside(recording: path) ?? capture.scriptPath,
      InputKind.isScript(program)
    {
      try? take(script: program)
    }
  }

  private mutating func take(script path: String) throws(InputError) {
    let found = try Script(path: path)
    if script?.path == path { return }
    try take(found)
    try remember(found.isNotebook ? .notebook : .script, path)
  }

  private mutating func take(_ found: Script) throws(InputError) {
    guard script == nil else {
      throw InputError(RunProblem.secondScript(first: script?.path ?? ""), in: found.path)
    }
    script = found
  }

  /// What recording, model file and data leave open comes from the script.
  private mutating func takeWhatOnlyTheScriptKnows() throws(InputError) {
    guard let script else { return }
    if data == nil { scriptData = try script.dataFacts() }
    guard model == nil else { return }
    model = try script.modelFile()
    trainsOnScript = data == nil && script.isTrainable
    if !knowsFitArguments, let arguments = script.fit {
      (fit, knowsFitArguments) = (arguments, true)
    }
    environment = environment ?? script.backend.map { EnvironmentFacts(backend: $0) }
    // What a program printed is no Python, and stands in the same paste.
    if recorded == nil { notes += script.leftOut }
    notes += script.notes
  }

  /// A model whose layers work on strings takes them in before there is a graph.
  private mutating func enterData() throws(InputError) {
    guard var file = model, let given = data else { return }
    if script != nil, !given.originals.isEmpty {
      let arrays: [DataArray]
      do { arrays = try given.dataArrays } catch {
        throw InputError(RunProblem.unfit("\(error)"), in: subject)
      }
      let (adapted, layers) = VocabularySearch.adapting(file.archive.configuration, to: arrays)
      if !layers.isEmpty {
        var archive = file.archive
        archive.configuration = adapted
        file = try KerasModelFile(archive, of: subject)
        model = file
        notes.append(
          "The vocabulary of \(layers.joined(separator: ", ")) is that of the training texts.")
      }
    }
    guard let known = file.model else { return }
    do {
      guard known.dataStage != nil, known.opaqueLayers.isEmpty else {
        // Rules apply to a model that cannot be run all the same, but not to strings as numbers.
        if known.takesStrings { data?.forgetTexts() }
        return
      }
      (data, firstSteps) = try given.entering(known, with: firstSteps)
    } catch {
      throw InputError(RunProblem.unfit("\(error)"), in: subject)
    }
    guard !known.isRunnable, let data else { return }
    // The longest text decides how long rows are.
    let rows = data.inputs.map(\.rowShape)
    model = try KerasModelFile(file.archive, of: subject, inputRowShapes: rows)
    guard known.dataStage?.padsByData == true else { return }
    notes.append(
      "Keras fills the texts of each batch up to the longest of the batch; here all are as long as "
        + "the longest of the data. Set output_sequence_length where that matters.")
  }

  /// Weights take the place of those that the model had.
  private mutating func take(weights path: String) throws(InputError) {
    guard let old = model else { throw InputError(KerasProblem.weightsAlone, in: path) }
    model = try KerasModelFile(old.archive.adding(weightsAt: path), of: path)
    try remember(.model, path)
  }

  private mutating func takeStandardInput() throws(InputError) {
    subject = StandardInput.name
    let bytes = try StandardInput.bytes(limit: TrainingRun.pasteLimit)
    try take(pasted: bytes, StandardInput.path)
  }

  /// Takes a text that may hold a program, what it printed, or both.
  private mutating func take(pasted bytes: [UInt8], _ path: String) throws(InputError) {
    let name = path == StandardInput.path ? StandardInput.name : path
    func input(_ kind: InputSource.Kind) throws(InputError) -> InputSource {
      InputSource(
        kind: kind, path: path,
        sha256: try SHA256.hexadecimal(of: ReadableFile(bytes: bytes, name: name)))
    }
    switch InputKind(content: bytes) {
    case .log:
      var log = try TrainingLog(parsing: bytes, of: name)
      inputs.append(try input(.log))
      if script == nil, let program = try? Script(bytes: bytes, path: path), program.isTelling {
        inputs.append(try input(.script))
        script = program
        log.unreadable = UnreadableLines()
      }
      take(log: log)
    case .script:
      let program = try Script(bytes: bytes, path: path)
      var log = try? TrainingLog(parsing: bytes, of: name)
      // Prose parses as a program too, of which nothing can be said.
      guard path != StandardInput.path || program.isTelling || program.fit != nil else {
        throw InputError(RunProblem.unknownKind, in: name)
      }
      try take(program)
      inputs.append(try input(.script))
      if log != nil {
        inputs.append(try input(.log))
        log?.unreadable = UnreadableLines()
      }
      if let log { take(log: log) }
    case .refused(let problem): throw InputError(problem, in: name)
    case .folder, .eventFolder, .model, .weights, .savedModel, .data, .paste:
      throw InputError(RunProblem.unknownKind, in: name)
    }
  }

  /// More than anyone pastes.
  private static let pasteLimit = 512 << 20

  /// A log completes what a recording tells; the recording's own figures are exact and stay.
  private mutating func take(log: TrainingLog) {
    notes += log.account
    recorded = recorded ?? log.recorded
  }

  private mutating func take(model path: String) throws(InputError) {
    guard model == nil else { throw InputError(RunProblem.secondModel(first: subject), in: path) }
    model = try KerasModelFile(path: path)
    subject = path
    try remember(.model, path)
  }

  private mutating func take(
    data paths: [String], _ request: RunRequest
  ) throws(InputError) {
    let (labels, validation) = (request.labels, request.validation)
    guard !paths.isEmpty else {
      if let path = validation ?? labels, data == nil {
        throw InputError(RunProblem.noData, in: path)
      }
      guard let validation, var merged = data else { return }
      let other = try DataSet(
        paths: [validation], labels: labels, imageSize: imageSize, isOneHot: takesOneHot,
        largestInMemory: request.largestInMemory)
      try remember(.data, validation)
      merged.validationInputs = other.inputs
      merged.validationTargets = other.targets
      merged.facts.validationFeatures = other.facts.features
      merged.facts.validationTargets = other.facts.targets
      data = merged
      return
    }
    data = try DataSet(
      paths: paths, labels: labels, validation: validation.map { [$0] } ?? [],
      imageSize: imageSize, isOneHot: takesOneHot, largestInMemory: request.largestInMemory)
    for path in paths { try remember(.data, path) }
    if let validation { try remember(.data, validation) }
  }

  /// The size in which the model takes images; Keras' own where it takes any.
  private var imageSize: ImageSize {
    let row = model?.model?.inputRowShapes.first ?? nil
    return row.flatMap { ImageSize(rowShape: $0.extents) } ?? .standard
  }

  /// Whether the loss compares vectors, so that image folders must have been read with
  /// `label_mode="categorical"`.
  private var takesOneHot: Bool {
    guard let loss = model?.compileFacts?.loss,
      let reference = try? ObjectReference(loss, kind: "loss")
    else { return false }
    return snakeCase(reference.name).hasPrefix("categorical")
  }

  private mutating func override(with request: RunRequest) {
    fit.epochs = request.epochs ?? fit.epochs
    fit.batchSize = request.batchSize ?? fit.batchSize
    fit.validationSplit = request.validationSplit ?? fit.validationSplit
    fit.shuffle = request.shuffle ?? fit.shuffle
    fit.classWeight = request.classWeight ?? fit.classWeight
    knowsFitArguments = knowsFitArguments || request.namesFitArguments
  }

  private mutating func remember(
    _ kind: InputSource.Kind, _ path: String
  ) throws(InputError) {
    guard Folder(path: path) == nil else {
      inputs.append(InputSource(kind: kind, path: path))
      return
    }
    let hash = try SHA256.hexadecimal(of: ReadableFile(path: path))
    inputs.append(InputSource(kind: kind, path: path, sha256: hash))
  }
}
