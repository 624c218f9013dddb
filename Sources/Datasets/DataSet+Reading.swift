package import Archives
public import FileAccess

extension DataSet {
  /// Reads a data set from files.
  ///
  /// - Parameters:
  ///   - paths: One `.npz`, `.csv` or `.npy`, or two to four `.npy` (features, labels, and the same
  ///     of the validation data).
  ///   - labels: The label column of a table, the name of the label array in an `.npz`, or an `.npy`
  ///     file of labels.
  ///   - validation: Files of the same kinds with the validation data.
  ///   - imageSize: The size that images in folders are brought to.
  ///   - isOneHot: Whether the classes of images become vectors, as with `label_mode="categorical"`.
  ///   - largestInMemory: The bytes that an array may take in memory, as 32-bit numbers.
  /// - Throws: ``InputError`` for what cannot be read, and for arrays with different numbers
  ///   of rows.
  public init(
    paths: [String], labels: String? = nil, validation: [String] = [],
    imageSize: ImageSize = .standard, isOneHot: Bool = false,
    largestInMemory: Int = DataSet.largestInMemory
  ) throws(InputError) {
    if let path = paths.first, let folder = Folder(path: path) {
      guard paths.count == 1 else {
        throw InputError(DataProblem.tooManyFiles(paths.count), in: path)
      }
      try self.init(
        images: folder, validation: validation.first.flatMap { Folder(path: $0) }, size: imageSize,
        isOneHot: isOneHot, largestInMemory: largestInMemory)
      return
    }
    var parts = try DataParts(paths: paths, labels: labels, largestInMemory)
    if !validation.isEmpty {
      let other = try DataParts(
        paths: validation, labels: labels, categories: parts.categories, largestInMemory)
      parts.validationInputs = other.inputs
      parts.validationTargets = other.targets
      parts.notes += other.notes
    }
    try parts.check(subject: paths.first ?? "")
    try self.init(parts)
  }
}

extension DataSet {
  /// Reads a data set from an archive of arrays.
  ///
  /// - Throws: ``InputError`` as for files.
  package init(
    npz archive: ZipArchive, labels: String? = nil, largestInMemory: Int = DataSet.largestInMemory
  ) throws(InputError) {
    let parts = try DataParts(npz: archive, labels: labels, largestInMemory)
    try parts.check(subject: archive.file.name)
    try self.init(parts)
  }
}

extension DataParts {
  init(
    paths: [String], labels: String?, categories: [String] = [], _ largestInMemory: Int
  ) throws(InputError) {
    self.init()
    let kinds = Set(paths.map(fileKind))
    guard let path = paths.first, let kind = kinds.first else { return }
    guard kinds.count == 1 else { throw InputError(DataProblem.mixedKinds, in: path) }
    switch kind {
    case "npz", "csv", "tsv":
      guard paths.count == 1 else {
        throw InputError(DataProblem.tooManyFiles(paths.count), in: path)
      }
      if kind == "npz" {
        try self.init(npz: ZipArchive(path: path), labels: labels, largestInMemory)
      } else {
        self.init(try LabelledTable(path: path, label: labels, categories: categories))
      }
    case "npy": try readArrays(paths, labels, largestInMemory)
    default: throw InputError(DataProblem.unknownKind, in: path)
    }
  }

  private init(_ table: LabelledTable) {
    inputs = [table.features]
    targets = table.labels
    targetName = table.labelName
    categories = table.categories
    if table.features.unreadable > 0 {
      textNote =
        "\(table.features.unreadable) cells hold words where numbers are needed; they are taken as "
        + "missing."
    }
    if !categories.isEmpty {
      notes.append(
        "The labels are words; they are numbered "
          + categories.prefix(10).enumerated().map { "\($1) = \($0)" }.joined(separator: ", ")
          + (categories.count > 10 ? ", …." : "."))
    }
  }

  /// Two files are features and labels, whichever their names say; four have the validation data
  /// behind them.
  private mutating func readArrays(
    _ paths: [String], _ labels: String?, _ largestInMemory: Int
  ) throws(InputError) {
    guard paths.count <= 4, paths.count != 3 else {
      throw InputError(DataProblem.tooManyFiles(paths.count), in: paths[0])
    }
    var arrays: [(name: String, array: NPYArray)] = []
    func take(_ path: String, as name: String) throws(InputError) {
      arrays.append((name, try NPYArray(path: path, largestInMemory: largestInMemory)))
    }
    for path in paths { try take(path, as: stem(path)) }
    if let labels { try take(labels, as: "y") }
    if paths.count == 2, ArrayRole(name: arrays[0].name) == .targets,
      ArrayRole(name: arrays[1].name) != .targets
    {
      arrays.swapAt(0, 1)
    }
    inputs = [SourceArray(arrays[0].array)]
    if arrays.count > 1 { setTargets(arrays[1].array, name: arrays[1].name) }
    if arrays.count > 2 { validationInputs = [SourceArray(arrays[2].array)] }
    if arrays.count > 3 { validationTargets = coded(arrays[3].array) }
  }

  /// Takes the arrays of an archive by their names.
  init(
    npz archive: ZipArchive, labels: String?, _ largestInMemory: Int
  ) throws(InputError) {
    self.init()
    let entries = archive.entries.filter { $0.name.hasSuffix(".npy") }
    let names = entries.map { arrayName($0.name) }
    var roles = names.map { ArrayRole(name: $0) }
    if let labels {
      guard let place = names.firstIndex(of: labels) else {
        throw InputError(DataProblem.noArray(labels, known: names), in: archive.file.name)
      }
      for index in roles.indices where roles[index] == .targets { roles[index] = nil }
      roles[place] = .targets
    }
    // Arrays saved without names, or a single one.
    if !roles.contains(.features), let place = roles.firstIndex(where: { $0 == nil }),
      names[place].hasPrefix("arr_") || entries.count <= 2
    {
      roles[place] = .features
      if entries.count == 2, !roles.contains(.targets) { roles[1 - place] = .targets }
    }
    guard roles.contains(.features) else {
      throw InputError(DataProblem.noFeatures(names), in: archive.file.name)
    }
    // Training targets first: they number the words of the validation targets.
    let order = entries.indices.sorted { first, second in
      let isTarget = (roles[first] == .targets, roles[second] == .targets)
      return isTarget.0 != isTarget.1
        ? isTarget.0 : ArrayNumber(names[first]) < ArrayNumber(names[second])
    }
    // A test set serves as validation data where there is no other.
    let hasValidation = roles.contains(.validationFeatures)
    for index in order {
      guard let role = roles[index] else { continue }
      if hasValidation, role == .testFeatures || role == .testTargets { continue }
      let array = try NPYArray(
        member: entries[index], of: archive, largestInMemory: largestInMemory)
      switch role {
      case .features: inputs.append(SourceArray(array))
      case .targets:
        // y0, y1, …: one for each output of the model.
        if targets != nil, ArrayNumber(names[index]).number != nil {
          furtherTargets.append(SourceArray(array))
        } else {
          setTargets(array, name: names[index])
        }
      case .validationFeatures, .testFeatures: validationInputs.append(SourceArray(array))
      case .validationTargets, .testTargets:
        if validationTargets != nil, ArrayNumber(names[index]).number != nil {
          furtherValidationTargets.append(SourceArray(array))
        } else {
          validationTargets = coded(array)
        }
      case .weights: sampleWeights.append(SourceArray(array))
      case .validationWeights: validationSampleWeights.append(SourceArray(array))
      }
    }
  }

  private mutating func setTargets(_ array: NPYArray, name: String) {
    targetName = name
    if array.elementType.isText {
      let words = array.texts()
      if words.contains(where: { CellValue($0) == .text }) { categories = Set(words).sorted() }
    }
    targets = coded(array)
  }

  /// The array, words replaced by their codes.
  private func coded(_ array: NPYArray) -> SourceArray {
    guard array.elementType.isText, !categories.isEmpty else { return SourceArray(array) }
    let codes = Dictionary(
      categories.enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first })
    let numbers = array.texts().map { codes[$0] ?? .nan }
    return SourceArray(
      shape: array.shape, numbers: numbers, dtype: array.elementType.name,
      unreadable: numbers.count { $0.isNaN })
  }

  /// Checks that every array has rows, and as many as those that belong to it.
  func check(subject: String) throws(InputError) {
    let names = inputs.count == 1 ? ["x"] : inputs.indices.map { "x\($0)" }
    var first: (String, SourceArray)?
    for (name, array) in zip(names, inputs) + (targets.map { [("y", $0)] } ?? [])
      + furtherTargets.map({ ("y of another output", $0) })
      + sampleWeights.map({ ("sample_weight", $0) })
    {
      try compare(name, array, with: &first, subject)
    }
    first = nil
    let validation = zip(names.map { $0 + " of the validation data" }, validationInputs)
    for (name, array) in validation + (validationTargets.map { [("its y", $0)] } ?? [])
      + furtherValidationTargets.map({ ("its y of another output", $0) })
      + validationSampleWeights.map({ ("its sample_weight", $0) })
    {
      try compare(name, array, with: &first, subject)
    }
  }

  private func compare(
    _ name: String, _ array: SourceArray, with first: inout (String, SourceArray)?,
    _ subject: String
  ) throws(InputError) {
    guard array.count > 0, !array.shape.isEmpty else {
      throw InputError(DataProblem.noRows(name, array.shape), in: subject)
    }
    guard let known = first else {
      first = (name, array)
      return
    }
    guard known.1.rows == array.rows else {
      throw InputError(DataProblem.rows(known.0, known.1.shape, name, array.shape), in: subject)
    }
  }
}

/// What an array is for, by its name.
enum ArrayRole: Hashable {
  case features, targets, validationFeatures, validationTargets, testFeatures, testTargets
  case weights, validationWeights

  private static let featureNames: Set<String> = [
    "x", "features", "feature", "inputs", "input", "data", "images", "samples",
  ]
  private static let targetNames: Set<String> = [
    "y", "targets", "target", "labels", "label", "outputs", "output", "classes",
  ]

  /// The role of a name such as `x`, `X_train`, `val_labels`, `x_test`, `x1`; `nil` if it says nothing.
  init?(name: String) {
    var words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    // xtrain, xval, ytest
    if words.count == 1, let letter = words[0].first, letter == "x" || letter == "y",
      words[0].count > 2
    {
      words = [String(letter), String(words[0].dropFirst())]
    }
    func take(_ names: Set<String>) -> Bool {
      guard let place = words.firstIndex(where: { names.contains($0) }) else { return false }
      words.remove(at: place)
      return true
    }
    let isValidation = take(["val", "valid", "validation", "dev"])
    let isTest = !isValidation && take(["test"])
    _ = take(["train", "training"])
    // Several inputs are numbered: x0, x_1.
    words = words.compactMap { word in
      let letters = word.prefix { !$0.isNumber }
      return letters.isEmpty ? nil : String(letters)
    }
    if words == ["sample", "weight"] || words == ["sample", "weights"] {
      guard !isTest else { return nil }
      self = isValidation ? .validationWeights : .weights
      return
    }
    guard words.count == 1 else { return nil }
    let isFeature = Self.featureNames.contains(words[0])
    guard isFeature || Self.targetNames.contains(words[0]) else { return nil }
    if isTest {
      self = isFeature ? .testFeatures : .testTargets
    } else if isValidation {
      self = isFeature ? .validationFeatures : .validationTargets
    } else {
      self = isFeature ? .features : .targets
    }
  }
}

/// A name taken apart into its letters and the number among them, so that `x2` comes before `x10`.
struct ArrayNumber: Comparable {
  let letters: String
  let number: Int?

  init(_ name: String) {
    let head = name.prefix { !$0.isNumber }
    let digits = name.dropFirst(head.count).prefix(while: \.isNumber)
    letters = String(head + name.dropFirst(head.count + digits.count))
    number = Int(digits)
  }

  static func < (left: ArrayNumber, right: ArrayNumber) -> Bool {
    left.letters != right.letters
      ? left.letters < right.letters : (left.number ?? -1) < (right.number ?? -1)
  }
}

private func stem(_ path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  return String(name.prefix { $0 != "." })
}

private func fileKind(_ path: String) -> String {
  guard let dot = path.lastIndex(of: ".") else { return "" }
  return path[path.index(after: dot)...].lowercased()
}
