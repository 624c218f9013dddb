import CaseFile
package import FileAccess
import Tensors

extension DataSet {
  /// Reads folders of images.
  ///
  /// - Parameters:
  ///   - folder: A folder of classes, or one that holds `train` and `validation`, `val` or `test`.
  ///   - validation: A folder of the same classes to validate on.
  ///   - size: The size that all images are brought to.
  ///   - isOneHot: Whether classes become vectors, as with `label_mode="categorical"`.
  ///   - largestInMemory: The bytes that an array of numbers may take in memory.
  /// - Throws: ``InputError`` for folders without images, and images that cannot be
  ///   decoded.
  package init(
    images folder: Folder, validation: Folder?, size: ImageSize, isOneHot: Bool,
    largestInMemory: Int = DataSet.largestInMemory
  ) throws(InputError) {
    let inner = ImageFolder.parts(of: folder)
    let training = try ImageFolder(inner?.training ?? folder)
    let most = max(1, Self.decodingCost * largestInMemory / (4 * max(1, size.count)))
    var parts = DataParts()
    parts.categories = training.classNames
    parts.targetName = "class"
    parts.notes.append(Self.described(training, size, isOneHot))
    func take(
      _ folder: ImageFolder
    ) throws(InputError) -> (rows: ImageRows, held: SourceArray, targets: SourceArray) {
      let (rows, classes) = folder.shuffled(size: size)
      let held = SourceArray(try rows.first(min(most, classes.count)), dtype: "float32")
      if held.rows < classes.count {
        parts.notes.append(Self.shortened(folder, to: held.rows, of: classes.count))
      }
      let targets = Self.targets(classes, count: folder.classNames.count, isOneHot: isOneHot)
      return (rows, held, targets)
    }
    let images = try take(training)
    (parts.inputs, parts.targets) = ([images.held], images.targets)
    var others: ImageRows?
    if let folder = validation ?? inner?.validation {
      let held = try ImageFolder(folder)
      guard held.classNames == training.classNames else {
        throw InputError(
          DataProblem.classes(held.classNames, expected: training.classNames), in: folder.path)
      }
      let images = try take(held)
      (parts.validationInputs, parts.validationTargets) = ([images.held], images.targets)
      others = images.rows
    }
    try self.init(parts)
    if images.held.rows < images.rows.rowCount {
      inputs = [images.rows]
      facts.features[0].shape[0] = images.rows.rowCount
    }
    if let others, let held = validationInputs.first, held.rowCount < others.rowCount {
      validationInputs = [others]
      facts.validationFeatures[0].shape[0] = others.rowCount
    }
  }

  /// How many times as much is held of images as of numbers in a file: to decode an image takes that
  /// much longer than to read its numbers, and more.
  private static let decodingCost = 8

  private static func targets(_ classes: [Double], count: Int, isOneHot: Bool) -> SourceArray {
    guard isOneHot else {
      return SourceArray(shape: [classes.count], numbers: classes, dtype: "int32")
    }
    var numbers = [Double](repeating: 0, count: classes.count * count)
    for (row, label) in classes.enumerated() { numbers[row * count + Int(label)] = 1 }
    return SourceArray(shape: [classes.count, count], numbers: numbers, dtype: "float32")
  }

  private static func described(
    _ folder: ImageFolder, _ size: ImageSize, _ isOneHot: Bool
  ) -> String {
    let classes = folder.classNames.prefix(10).enumerated().map { "\($1) = \($0)" }
      .joined(separator: ", ")
    let more = folder.classNames.count > 10 ? ", …" : ""
    return "\(folder.path) holds \(folder.images.map(\.count).reduce(0, +)) images of "
      + "\(folder.classNames.count) classes (\(classes)\(more)); they are read as "
      + "\(size.height) × \(size.width) × \(size.channels) numbers from 0 to 255, in random order"
      + (isOneHot ? ", classes as one-hot vectors." : ".")
  }

  private static func shortened(_ folder: ImageFolder, to count: Int, of total: Int) -> String {
    "\(folder.path) is not held in memory at this size: images are decoded when a batch needs them, and "
      + "facts are counted on \(count) of \(total), drawn at random."
  }
}
