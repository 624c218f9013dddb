package import FileAccess
import Images
import Tensors

/// A folder with a folder of images for each class, as Keras' `image_dataset_from_directory` reads it.
package struct ImageFolder: Sendable {
  /// The classes in the order of their numbers: by name.
  package let classNames: [String]
  /// The images by class, each sorted by path.
  package let images: [[String]]
  /// The folder, as the user wrote it.
  package let path: String

  /// What is accepted, and how much is held.
  enum Limit {
    /// Folders in folders that are looked into: more than people make, and links in circles end.
    static let depth = 8
    /// Bytes of pixels that are held at once; beyond it a part of the images is taken.
    static let bytes = 2 << 30
  }

  /// Finds the images of a folder.
  ///
  /// - Throws: ``InputError`` if it holds no folders with images.
  package init(_ folder: Folder) throws(InputError) {
    path = folder.path
    var names: [String] = []
    var images: [[String]] = []
    for (name, inner) in try folder.folders() {
      names.append(name)
      images.append(try Self.files(in: inner, depth: Limit.depth))
    }
    guard images.contains(where: { !$0.isEmpty }) else {
      throw InputError(DataProblem.noImages, in: folder.path)
    }
    classNames = names
    self.images = images
  }

  /// Whether a folder looks like one: there are images in folders in it, or in its part to train on.
  package static func isOne(_ folder: Folder) -> Bool {
    let inner = parts(of: folder)?.training ?? folder
    return ((try? inner.folders()) ?? []).contains { holdsImages($0.folder) }
  }

  /// The folders `train` and `validation` of a folder that holds images for both.
  package static func parts(of folder: Folder) -> (training: Folder, validation: Folder?)? {
    guard let inner = try? folder.folders() else { return nil }
    func first(_ names: [String]) -> Folder? {
      names.lazy.compactMap { name in
        inner.first { $0.name.lowercased() == name }?.folder
      }.first
    }
    guard let training = first(["train", "training"]), !holdsImages(training) else {
      return nil
    }
    return (training, first(["validation", "valid", "val", "test"]))
  }

  /// Whether images lie in the folder itself, so that it is a class.
  private static func holdsImages(_ folder: Folder) -> Bool {
    ((try? folder.names()) ?? []).contains(where: isImage)
  }

  private static func isImage(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return ImageFile.kinds.contains(name[name.index(after: dot)...].lowercased())
  }

  private static func files(in folder: Folder, depth: Int) throws(InputError) -> [String] {
    var files: [String] = []
    for name in try folder.names() {
      let path = folder.path(of: name)
      if let inner = Folder(path: path) {
        if depth > 1 { files += try Self.files(in: inner, depth: depth - 1) }
      } else if isImage(name) {
        files.append(path)
      }
    }
    return files
  }

  /// Decodes the images in random order, as Keras does before it splits them.
  ///
  /// - Returns: The images, their classes, and how many there were if that was too many to hold.
  /// - Throws: ``InputError`` for an image that cannot be decoded.
  func arrays(
    size: ImageSize
  ) throws(InputError) -> (images: SourceArray, classes: [Double], left: Int?) {
    var all = images.enumerated().flatMap { number, paths in paths.map { (number, $0) } }
    let total = all.count
    let order = RandomNumbers(seed: 0, purpose: .shuffling).permutation(total)
    all = order.map { all[$0] }
    let most = max(1, Limit.bytes / (4 * max(1, size.count)))
    if total > most { all = Array(all.prefix(most)) }
    var numbers: [Float] = []
    numbers.reserveCapacity(all.count * size.count)
    for (_, path) in all {
      let image = try ImageFile.image(path: path, channels: size.channels)
      numbers += image.resized(width: size.width, height: size.height)
    }
    let shape = [all.count, size.height, size.width, size.channels]
    return (
      SourceArray(NPYArray(shape: shape, floats: numbers)), all.map { Double($0.0) },
      total > most ? total : nil
    )
  }
}
