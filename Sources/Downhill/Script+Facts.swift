import CaseFile
import Datasets
import FileAccess
import JSON
import KerasFiles
import Scripts
import Tensors

extension Script {
  /// Weights of larger models are not drawn to be looked at: that takes longer than the rest.
  private static let parameterLimit = 1 << 21

  /// The model as a file would hold it, its weights drawn by the initializers that the script names.
  ///
  /// - Returns: `nil` where the layers are not known.
  func modelFile() throws(InputError) -> KerasModelFile? {
    guard let model else { return nil }
    // A model that leaves its input open takes it from the data.
    // Keras turns features `(n,)` into `(n, 1)`.
    let rows = features.map { Shape($0.shape.count == 1 ? [1] : Array($0.shape.dropFirst())) }
    var file = try KerasModelFile(KerasArchive(configuration: model), of: path)
    if file.model?.isRunnable == false, !rows.isEmpty, rows.allSatisfy({ $0.count > 0 }) {
      file = try KerasModelFile(file.archive, of: path, inputRowShapes: rows)
    }
    guard !hasUnknownWeights, let runnable = file.model, runnable.isRunnable,
      runnable.parameterCount <= Script.parameterLimit
    else { return file }
    return try file.withInitialWeights(inputRowShapes: rows, of: path)
  }

  /// Whether trials can run on the data that the script makes.
  var isTrainable: Bool { determinesData && !hasUnknownWeights }

  /// The data, where the script tells all that training could find in them.
  ///
  /// - Parameter facts: what is known of them.
  func dataSet(facts: DataFacts) -> DataSet? {
    guard isTrainable, let targets else { return nil }
    let isValidated =
      !validationFeatures.isEmpty && validationFeatures.allSatisfy(\.isComplete)
      && validationTargets?.isComplete ?? false
    return DataSet(
      inputs: features.map(Tensor.init), targets: Tensor(targets),
      validationInputs: isValidated ? validationFeatures.map(Tensor.init) : [],
      validationTargets: isValidated ? validationTargets.map(Tensor.init) : nil, facts: facts)
  }

  /// What is known of the data; `nil` where nothing is.
  func dataFacts() throws(InputError) -> DataFacts? {
    guard !features.isEmpty || targets != nil else { return nil }
    func counted(
      _ arrays: [ScriptArray], isTarget: Bool = false
    ) throws(InputError) -> [ArrayFacts] {
      try arrays.map { array throws(InputError) in try ArrayFacts(array, isTarget: isTarget) }
    }
    var facts = DataFacts(
      features: try counted(features),
      targets: try counted([targets].compactMap(\.self), isTarget: true).first,
      validationFeatures: try counted(validationFeatures),
      validationTargets: try counted([validationTargets].compactMap(\.self), isTarget: true).first)
    facts.misplacedRows = misplacedRows
    if let rows = seenValidationRows {
      facts.repetition = RowRepetition(
        training: 0, validation: rows.seen, nearValidation: rows.seen, validationRows: rows.of,
        pairs: [])
      facts.repetition?.isTraced = true
    }
    return facts
  }
}

extension Tensor {
  /// The numbers of an array of a script, in the engine's precision.
  fileprivate init(_ array: ScriptArray) {
    self.init(shape: Shape(array.shape), scalars: array.numbers.map(Float.init))
  }
}

extension DataFacts {
  /// Adds to the facts of recorded data what the program tells of where its rows come from; that shows in
  /// no number.
  ///
  /// Nothing is taken where the program's arrays have other shapes, or where it fits several times.
  mutating func trace(_ script: Script) {
    guard script.fitCount == 1, script.features.map(\.shape) == features.map(\.shape) else {
      return
    }
    misplacedRows = script.misplacedRows
    guard let rows = script.seenValidationRows, rows.of == validationFeatures.first?.rows,
      rows.seen > repetition?.validation ?? 0
    else { return }
    repetition = RowRepetition(
      training: repetition?.training ?? 0, validation: rows.seen, nearValidation: rows.seen,
      validationRows: rows.of, pairs: repetition?.pairs ?? [])
    repetition?.isTraced = true
  }
}

extension ArrayFacts {
  /// The facts of an array of a script.
  fileprivate init(_ array: ScriptArray, isTarget: Bool) throws(InputError) {
    let stored = [array.storedRows] + array.shape.dropFirst()
    let source = SourceArray(
      shape: array.shape.isEmpty ? [1] : Array(stored), numbers: array.numbers, dtype: array.dtype,
      unreadable: array.isText ? array.numbers.count : 0)
    try self.init(of: source, isTarget: isTarget)
    if array.isDrawn { isDrawn = true }
    let parts = Set(array.unknown.compactMap(Part.init))
    if !parts.isEmpty { unknown = parts }
    if parts.contains(.order) { runs = [] }
    guard let rows = array.shape.first, rows != array.storedRows, array.storedRows > 0 else {
      return
    }
    // A sample of the rows stands for all of them.
    let factor = Double(rows) / Double(array.storedRows)
    shape = array.shape
    overall.count = shape.reduce(1, *)
    for index in columns.indices { columns[index].count = rows }
    for index in distinct.indices {
      distinct[index].count = Int((Double(distinct[index].count) * factor).rounded())
    }
  }
}
