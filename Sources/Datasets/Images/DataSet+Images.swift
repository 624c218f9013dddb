package import FileAccess

extension DataSet {
  /// Reads folders of images.
  ///
  /// - Parameters:
  ///   - folder: A folder of classes, or one that holds `train` and `validation`, `val` or `test`.
  ///   - validation: A folder of the same classes to validate on.
  ///   - size: The size that all images are brought to.
  ///   - isOneHot: Whether classes become vectors, as with `label_mode="categorical"`.
  /// - Throws: ``InputError`` for folders without images, and images that cannot be
  ///   decoded.
  package init(
    images folder: Folder, validation: Folder?, size: ImageSize, isOneHot: Bool
  ) throws(InputError) {
    let inner = ImageFolder.parts(of: folder)
    let training = try ImageFolder(inner?.training ?? folder)
    var parts = DataParts()
    parts.categories = training.classNames
    parts.targetName = "class"
    parts.notes.append(Self.described(training, size, isOneHot))
    let (pixels, classes, left) = try training.arrays(size: size)
    parts.inputs = [pixels]
    parts.targets = Self.targets(classes, count: training.classNames.count, isOneHot: isOneHot)
    if let left { parts.notes.append(Self.shortened(training, to: classes.count, of: left)) }
    if let other = validation ?? inner?.validation {
      let held = try ImageFolder(other)
      guard held.classNames == training.classNames else {
        throw InputError(
          DataProblem.classes(held.classNames, expected: training.classNames), in: other.path)
      }
      let (pixels, classes, left) = try held.arrays(size: size)
      parts.validationInputs = [pixels]
      parts.validationTargets = Self.targets(
        classes, count: held.classNames.count, isOneHot: isOneHot)
      if let left { parts.notes.append(Self.shortened(held, to: classes.count, of: left)) }
    }
    try self.init(parts)
  }

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
    "\(folder.path) does not fit in memory at this size: \(count) of \(total) images are taken, at "
      + "random."
  }
}
