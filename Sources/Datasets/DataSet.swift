public import CaseFile
public import Tensors

/// What a model is trained on, and the facts of it.
public struct DataSet: Sendable {
  /// The features, rows first; one array an input of the model.
  public var inputs: [Tensor]
  /// What should be predicted, rows first; `nil` if none was given.
  public var targets: Tensor?
  /// What the second and later outputs of a model should predict, rows first.
  public var furtherTargets: [Tensor] = []
  /// The weights of the samples: none, one array for all targets, or one for each.
  public var sampleWeights: [Tensor] = []
  /// The features of the validation data; empty if there is none.
  public var validationInputs: [Tensor]
  /// The targets of the validation data.
  public var validationTargets: Tensor?
  /// The targets of the validation data for the second and later outputs.
  public var furtherValidationTargets: [Tensor] = []
  /// The weights of the validation data's samples.
  public var validationSampleWeights: [Tensor] = []
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
    self.init(
      DataParts(
        inputs: inputs.map(source), targets: targets.map(source),
        validationInputs: validationInputs.map(source),
        validationTargets: validationTargets.map(source)))
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

  init(_ parts: DataParts) {
    inputs = parts.inputs.map(\.tensor)
    targets = parts.targets?.tensor
    validationInputs = parts.validationInputs.map(\.tensor)
    validationTargets = parts.validationTargets?.tensor
    furtherTargets = parts.furtherTargets.map(\.tensor)
    furtherValidationTargets = parts.furtherValidationTargets.map(\.tensor)
    sampleWeights = parts.sampleWeights.map(\.tensor)
    validationSampleWeights = parts.validationSampleWeights.map(\.tensor)
    categories = parts.categories
    targetName = parts.targetName
    facts = DataFacts(
      features: parts.inputs.map { ArrayFacts(of: $0, isTarget: false) },
      targets: parts.targets.map { ArrayFacts(of: $0, isTarget: true) },
      validationFeatures: parts.validationInputs.map { ArrayFacts(of: $0, isTarget: false) },
      validationTargets: parts.validationTargets.map { ArrayFacts(of: $0, isTarget: true) })
    notes = parts.notes + [parts.textNote].compactMap(\.self)
    textNote = parts.textNote
    originals = Self.originals(parts.inputs)
    validationOriginals = Self.originals(parts.validationInputs)
    completeFacts()
  }

  private static func originals(_ inputs: [SourceArray]) -> [Int: DataArray] {
    var result: [Int: DataArray] = [:]
    for (number, input) in inputs.enumerated() { result[number] = input.original }
    return result
  }

  /// The arrays of the inputs as they stand in the files.
  package var dataArrays: [DataArray] {
    inputs.enumerated().map { originals[$0] ?? .numbers($1) }
  }

  /// The same of the validation data.
  package var validationDataArrays: [DataArray] {
    validationInputs.enumerated().map { validationOriginals[$0] ?? .numbers($1) }
  }

  /// Puts what a model makes of strings in their place, and counts its facts.
  package mutating func replaceInputs(_ inputs: [Tensor], validation: [Tensor]) {
    (self.inputs, validationInputs) = (inputs, validation)
    func facts(_ tensor: Tensor) -> ArrayFacts {
      let isWhole = tensor.scalars.allSatisfy { $0 == $0.rounded() }
      return ArrayFacts(
        of: SourceArray(tensor, dtype: isWhole ? "int64" : "float32"), isTarget: false)
    }
    self.facts.features = inputs.map(facts)
    self.facts.validationFeatures = validation.map(facts)
    (originals, validationOriginals) = ([:], [:])
    notes.removeAll { $0 == textNote }
    completeFacts()
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
  private mutating func completeFacts() {
    for (index, input) in inputs.enumerated() {
      facts.features[index].extremeRows = ExtremeRows.rows(of: input, facts: facts.features[index])
    }
    facts.compareRows(inputs.first, validationInputs.first)
    if let training = inputs.first, let validation = validationInputs.first {
      facts.samples = SampleComparison(training, validation)
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
