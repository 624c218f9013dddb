public import Archives
public import FileAccess
public import JSON

/// A `.keras` file taken apart, nothing in it interpreted: what it says of itself, the configuration
/// of the model, and the arrays of its weights.
///
/// Nothing is imported or run, whatever the configuration asks for.
public struct KerasArchive: Sendable {
  /// `metadata.json`: Keras' version and the date; `null` if missing.
  public var metadata: JSONValue
  /// `config.json`: the model and the arguments of `compile`; the vocabularies that `adapt` found, which
  /// a file keeps apart, stand in it.
  public var configuration: JSONValue
  /// The arrays by path, as `layers/dense/vars/0` and `optimizer/vars/2`.
  public var weights: [String: StoredArray]
  /// The paths of the groups in the file of weights, also of those without arrays.
  public var groups: Set<String>
  /// The file of weights as it stands in the archive; empty if there is none.
  public var weightsImage: [UInt8]
  /// The other files of a model, as vocabularies, by name (`assets/…`).
  public var assets: [(name: String, bytes: [UInt8])]

  /// Names of the members.
  enum Member {
    static let metadata = "metadata.json"
    static let configuration = "config.json"
    static let weights = "model.weights.h5"
    static let assets = "assets/"
  }

  /// Reads a `.keras` file.
  ///
  /// - Throws: ``InputError`` that names the member and what is wrong with it.
  public init(path: String) throws(InputError) {
    try self.init(ZipArchive(path: path))
  }

  /// A model of which only the configuration is known.
  package init(configuration: JSONValue) {
    (metadata, self.configuration) = (.null, configuration)
    (weights, groups, weightsImage, assets) = ([:], [], [], [])
  }

  /// Reads a `.keras` file that is open or in memory.
  ///
  /// - Throws: ``InputError`` that names the member and what is wrong with it.
  public init(_ archive: ZipArchive) throws(InputError) {
    let subject = archive.file.name
    func json(_ name: String) throws(InputError) -> JSONValue? {
      guard archive.entry(named: name) != nil else { return nil }
      let bytes = try archive.read(name, limit: ZipArchive.Limit.configurationSize)
      return try JSONValue(parsing: bytes, of: subject, at: ["member \(name)"])
    }
    guard let configuration = try json(Member.configuration) else {
      throw InputError(KerasProblem.noConfiguration, in: subject)
    }
    guard configuration["class_name"]?.string != nil, configuration["config"] != nil else {
      throw InputError(
        KerasProblem.noModel, in: subject, at: ["member \(Member.configuration)"])
    }
    self.configuration = configuration
    metadata = try json(Member.metadata) ?? .null
    weights = [:]
    groups = []
    weightsImage = []
    if archive.entry(named: Member.weights) != nil {
      weightsImage = try archive.read(Member.weights)
      do throws(HDF5Problem) {
        let contents = try HDF5Reader.read(weightsImage)
        (weights, groups) = (contents.arrays, contents.groups)
      } catch {
        throw InputError(error, in: subject, at: ["member \(Member.weights)"])
      }
    }
    assets = []
    for entry in archive.entries
    where entry.name.hasPrefix(Member.assets) && !entry.name.hasSuffix("/") {
      assets.append((entry.name, try archive.read(entry)))
    }
    self.configuration = VocabularyAssets.inlined(
      configuration, assets: assets, weights: weights)
  }

  /// A model out of another kind of file, without weights as yet.
  init(configuration: JSONValue, metadata: JSONValue = .null) {
    self.configuration = configuration
    self.metadata = metadata
    (weights, groups, weightsImage, assets) = ([:], [], [], [])
  }

  /// The arrays of one `vars` group in their order: `variables(in: "layers/dense")`.
  public func variables(in group: String) -> [StoredArray] {
    var arrays: [StoredArray] = []
    while let array = weights["\(group)/vars/\(arrays.count)"] { arrays.append(array) }
    return arrays
  }

  /// Keras' version, as `3.15.1`, where the file tells it.
  public var kerasVersion: String? { metadata["keras_version"]?.string }

  /// The files of the model that are no vocabularies.
  var otherAssets: [(name: String, bytes: [UInt8])] {
    assets.filter { !VocabularyAssets.isVocabulary($0.name) }
  }

  /// The file as bytes: the configuration as it is now, weights and assets unchanged.
  public func archived() -> [UInt8] {
    var writer = ZipWriter()
    if !metadata.isNull { writer.add(Member.metadata, metadata.bytes()) }
    let (written, vocabularies) = VocabularyAssets.detached(configuration)
    writer.add(Member.configuration, written.bytes())
    if !weightsImage.isEmpty { writer.add(Member.weights, weightsImage) }
    for asset in vocabularies + otherAssets { writer.add(asset.name, asset.bytes) }
    return writer.archive()
  }
}
