import Archives
public import FileAccess
import JSON

extension KerasArchive {
  /// Weights of models larger than this are kept in several files.
  private static let imageLimit = 16 << 30

  /// Reads a model in any of the forms in which Keras saves one, told by the file's first bytes:
  /// `.keras`, HDF5, or the JSON of `model.to_json()`.
  ///
  /// - Throws: ``InputError`` if it is no model, or is damaged.
  public init(modelAt path: String) throws(InputError) {
    let file = try ReadableFile(path: path)
    let beginning = try file.bytes(at: 0, count: min(file.count, ContentKind.beginning))
    switch ContentKind(beginning) {
    case .hdf5:
      self = try LegacyModel.archive(KerasArchive.contents(of: file), of: path)
    case .json:
      let bytes = try file.allBytes(limit: ZipArchive.Limit.configurationSize)
      self = try LegacyModel.archive(
        json: JSONValue(parsing: bytes, of: path, at: []), of: path)
    default: try self.init(path: path)
    }
  }

  /// The model with the weights of an HDF5 file: `.weights.h5`, or `save_weights` of Keras 1 and 2.
  ///
  /// - Throws: ``InputError`` if the file holds none, or they do not fit.
  public func adding(weightsAt path: String) throws(InputError) -> KerasArchive {
    var archive = self
    let contents = try KerasArchive.contents(of: ReadableFile(path: path))
    let isWhole = contents.texts[""]?["model_config"] != nil
    try LegacyModel.attach(
      contents, to: &archive, of: path, within: isWhole ? "model_weights" : "")
    return archive
  }

  /// Whether an HDF5 file holds a model, and not weights alone.
  public static func holdsModel(at path: String) throws(InputError) -> Bool {
    try contents(of: ReadableFile(path: path)).texts[""]?["model_config"] != nil
  }

  private static func contents(of file: ReadableFile) throws(InputError) -> HDF5Contents {
    let image = try file.allBytes(limit: imageLimit)
    do throws(HDF5Problem) {
      return try HDF5Reader.read(image)
    } catch {
      throw InputError(error, in: file.name)
    }
  }
}
