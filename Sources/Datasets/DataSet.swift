public import CaseFile
import FileAccess
public import Tensors

/// What a model is trained on, and the facts of it.
///
/// Arrays are held in memory up to ``largestInMemory``; of larger ones in `.npy` files and unpacked
/// `.npz` archives rows are read when they are needed, so that a run takes no more memory for more data.
public struct DataSet: Sendable {
  /// The bytes that an array may take in memory, as 32-bit numbers. The images of MNIST take 188 MB:
  /// below this any machine has room for an array, and its rows are at hand at once; above it holding
  /// them would be most of what a run needs.
  public static let largestInMemory = 256 << 20

  /// The features, rows first; one array an input of the model.
  public var inputs: [any RowSource]
  /// What should be predicted, rows first; `nil` if none was given.
  public var targets: (any RowSource)?
  /// What the second and later outputs of a model should predict, rows first.
  public var furtherTargets: [any RowSource] = []
  /// The weights of the samples: none, one array for all targets, or one for each.
  public var sampleWeights: [any RowSource] = []
  /// The features of the validation data; empty if there is none.
  public var validationInputs: [any RowSource]
  /// The targets of the validation data.
  public var validationTargets: (any RowSource)?
  /// The targets of the validation data for the second and later outputs.
  public var furtherValidationTargets: [any RowSource] = []
  /// The weights of the validation data's samples.
  public var validationSampleWeights: [any RowSource] = []
  /// The facts, counted on the numbers as they were in the files.
  public var facts: DataFacts
  /// For targets that were words: the words in the order of their codes 0, 1, ….
  public var categories: [String]
  /// The name of the label column or array, where it has one.
  public var targetName: String?
  /// What a user should know of how the data was read, one sentence each.
  public var notes: [String]

  /// The inputs as they stand in the files, where 32-bit numbers do not hold them: strings, and large
  /// whole numbers; by the number of the input.
  package private(set) var originals: [Int: DataArray] = [:]
  /// The same of the validation data.
  package private(set) var validationOriginals: [Int: DataArray] = [:]
  /// What is said of strings where nothing reads them.
  private var textNote: String?

  /// The names of the columns of the first input, where the source has them.
  public var columnNames: [String] { facts.features.first?.columnNames ?? [] }
  /// How many rows there are to train on.
  public var rowCount: Int { inputs.first?.rowCount ?? 0 }

  /// A data set of arrays that are in memory.
  public init(
    inputs: [Tensor], targets: Tensor?, validationInputs: [Tensor] = [],
    validationTargets: Tensor? = nil
  ) {
    func source(_ tensor: Tensor) -> SourceArray {
      SourceArray(
        shape: tensor.shape.extents, numbers: tensor.scalars.map(Double.init), dtype: "float32")
    }
    let parts = DataParts(
      inputs: inputs.map(source), targets: targets.map(source),
      validationInputs: validationInputs.map(source),
      validationTargets: validationTargets.map(source))
    do { try self.init(parts) } catch { preconditionFailure("arrays in memory: \(error)") }
    self.inputs = inputs
    self.targets = targets
    self.validationInputs = validationInputs
    self.validationTargets = validationTargets
  }

  /// A data set of arrays that are in memory, of which the facts are known.
  public init(
    inputs: [Tensor], targets: Tensor?, validationInputs: [Tensor], validationTargets: Tensor?,
    facts: DataFacts
  ) {
    self.inputs = inputs
    self.targets = targets
    self.validationInputs = validationInputs
    self.validationTargets = validationTargets
    self.facts = facts
    (categories, notes) = ([], [])
  }

  /// - Throws: ``InputError`` if arrays that stay in their files cannot be read to their end.
  init(_ parts: DataParts) throws(InputError) {
    func sources(_ arrays: [SourceArray]) throws(InputError) -> [any RowSource] {
      try arrays.map { array throws(InputError) in try array.rowSource }
    }
    func counted(_ arrays: [SourceArray], isTarget: Bool) throws(InputError) -> [ArrayFacts] {
      try arrays.map { array throws(InputError) in
        try ArrayFacts(of: array, isTarget: isTarget)
      }
    }
    inputs = try sources(parts.inputs)
    targets = try parts.targets?.rowSource
    validationInputs = try sources(parts.validationInputs)
    validationTargets = try parts.validationTargets?.rowSource
    furtherTargets = try sources(parts.furtherTargets)
    furtherValidationTargets = try sources(parts.furtherValidationTargets)
    sampleWeights = try sources(parts.sampleWeights)
    validationSampleWeights = try sources(parts.validationSampleWeights)
    categories = parts.categories
    targetName = parts.targetName
    facts = DataFacts(
      features: try counted(parts.inputs, isTarget: false),
      targets: try counted([parts.targets].compactMap(\.self), isTarget: true).first,
      validationFeatures: try counted(parts.validationInputs, isTarget: false),
      validationTargets: try counted([parts.validationTargets].compactMap(\.self), isTarget: true)
        .first)
    notes = parts.notes + [parts.textNote].compactMap(\.self)
    textNote = parts.textNote
    originals = try Self.originals(parts.inputs)
    validationOriginals = try Self.originals(parts.validationInputs)
    do { try completeFacts() } catch let error as InputError { throw error } catch {
      throw InputError(DataProblem.unread("\(error)"), in: parts.targetName ?? "data")
    }
  }

  private static func originals(
    _ inputs: [SourceArray]
  ) throws(InputError) -> [Int: DataArray] {
    var result: [Int: DataArray] = [:]
    for (number, input) in inputs.enumerated() { result[number] = try input.original }
    return result
  }

  /// The arrays of the inputs as they stand in the files.
  ///
  /// - Throws: ``DataProblem/largeForLayers(_:)`` for arrays that are not held in memory.
  package var dataArrays: [DataArray] {
    get throws { try Self.dataArrays(inputs, originals) }
  }

  /// The same of the validation data.
  package var validationDataArrays: [DataArray] {
    get throws { try Self.dataArrays(validationInputs, validationOriginals) }
  }

  private static func dataArrays(
    _ inputs: [any RowSource], _ originals: [Int: DataArray]
  ) throws -> [DataArray] {
    try inputs.enumerated().map { number, input in
      if let original = originals[number] { return original }
      guard let tensor = input as? Tensor else {
        throw DataProblem.largeForLayers(input.shape.extents)
      }
      return .numbers(tensor)
    }
  }

  /// Puts what a model makes of strings in their place, and counts its facts.
  package mutating func replaceInputs(_ inputs: [Tensor], validation: [Tensor]) throws {
    (self.inputs, validationInputs) = (inputs, validation)
    func facts(_ tensor: Tensor) throws -> ArrayFacts {
      let isWhole = tensor.scalars.allSatisfy { $0 == $0.rounded() }
      return try ArrayFacts(
        of: SourceArray(tensor, dtype: isWhole ? "int64" : "float32"), isTarget: false)
    }
    self.facts.features = try inputs.map(facts)
    self.facts.validationFeatures = try validation.map(facts)
    (originals, validationOriginals) = ([:], [:])
    notes.removeAll { $0 == textNote }
    try completeFacts()
  }

  /// Leaves out what was counted on strings as if they were numbers, for a model that takes strings and
  /// cannot be run.
  package mutating func forgetTexts() {
    guard !(originals.isEmpty && validationOriginals.isEmpty) else { return }
    (facts.features, facts.validationFeatures) = ([], [])
    (facts.repetition, facts.samples) = (nil, nil)
    notes.removeAll { $0 == textNote }
  }

  /// What the arrays together tell.
  private mutating func completeFacts() throws {
    for (index, input) in inputs.enumerated() {
      facts.features[index].extremeRows = try ExtremeRows.rows(
        of: input, facts: facts.features[index])
    }
    try facts.compareRows(inputs.first, validationInputs.first)
    if let training = inputs.first, let validation = validationInputs.first {
      facts.samples = try SampleComparison(training, validation)
    }
  }
}

/// The arrays of a data set by their use.
struct DataParts {
  var inputs: [SourceArray] = []
  var targets: SourceArray?
  var furtherTargets: [SourceArray] = []
  var furtherValidationTargets: [SourceArray] = []
  var sampleWeights: [SourceArray] = []
  var validationSampleWeights: [SourceArray] = []
  var validationInputs: [SourceArray] = []
  var validationTargets: SourceArray?
  var categories: [String] = []
  var targetName: String?
  var notes: [String] = []
  /// What is said of strings where nothing reads them.
  var textNote: String?
}
