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

  /// Folders in folders that are looked into: more than people make, and links in circles end.
  private static let depth = 8

  /// Finds the images of a folder.
  ///
  /// - Throws: ``InputError`` if it holds no folders with images.
  package init(_ folder: Folder) throws(InputError) {
    path = folder.path
    var names: [String] = []
    var images: [[String]] = []
    for (name, inner) in try folder.folders() {
      names.append(name)
      images.append(try Self.files(in: inner, depth: Self.depth))
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

  /// The images in random order, as Keras brings them into before it splits them, and their classes.
  func shuffled(size: ImageSize) -> (images: ImageRows, classes: [Double]) {
    let all = images.enumerated().flatMap { number, paths in paths.map { (Double(number), $0) } }
    let order = RandomNumbers(seed: 0, purpose: .shuffling).permutation(all.count)
    return (ImageRows(order.map { all[$0].1 }, size: size), order.map { all[$0].0 })
  }
}
