public import FileAccess

/// Why files make no data set.
public enum DataProblem: InputProblem, Hashable {
  /// A kind of file that is not read.
  case unknownKind
  /// More files than a data set can be made of.
  case tooManyFiles(Int)
  /// Files of different kinds.
  case mixedKinds
  /// None of the arrays has a name that says it holds the features.
  case noFeatures([String])
  /// No array of a name that was asked for.
  case noArray(String, known: [String])
  /// An array that has no rows, or is a single number.
  case noRows(String, [Int])
  /// A folder without folders of images in it.
  case noImages
  /// Validation images of other classes than those that are trained on.
  case classes([String], expected: [String])
  /// An array that is not held in memory, for a model whose layers work on data before its graph.
  case largeForLayers([Int])
  /// What a file would not give.
  case unread(String)
  /// Arrays that should have a row for each other's.
  case rows(String, [Int], String, [Int])

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .unknownKind: "a kind of file that is not read"
    case .tooManyFiles(let count): "\(count) files, where features and labels are two"
    case .mixedKinds: "files of different kinds together"
    case .noFeatures(let names):
      "arrays named \(names.prefix(20).joined(separator: ", ")), none of which says that it holds "
        + "the features"
    case .noArray(let name, let known):
      "no array \(name); there are \(known.prefix(20).joined(separator: ", "))"
    case .noRows(let name, let shape):
      "\(name) has the shape \(pythonTuple(shape)), in which there are no rows"
    case .largeForLayers(let shape):
      "an array of the shape \(pythonTuple(shape)), which stays in its file, where layers that look "
        + "up strings or numbers need it in memory"
    case .unread(let text): text
    case .noImages: "a folder in which no folder holds images"
    case .classes(let found, let expected):
      "folders named \(found.prefix(20).joined(separator: ", ")), where the classes are "
        + "\(expected.prefix(20).joined(separator: ", "))"
    case .rows(let first, let shape, let second, let other):
      "\(first) has the shape \(pythonTuple(shape)) and \(second) \(pythonTuple(other)), which "
        + "differ in axis 0: \(shape.first ?? 0) rows against \(other.first ?? 0)"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .unknownKind, .tooManyFiles, .mixedKinds:
      "Give one .npz with x and y, two .npy files (features, labels), one .csv, or a folder with a "
        + "folder of images for each class."
    case .noFeatures, .noArray: "Save them with numpy.savez(\"data.npz\", x=x, y=y)."
    case .noImages:
      "Put the images (.png, .jpg) of each class into a folder of their own: images/cats, images/dogs."
    case .largeForLayers:
      "Save what these layers make of it, and train the rest of the model on that."
    case .unread: ""
    case .classes: "Name the folders of the validation images as those of the training images."
    case .noRows: "Save an array whose first axis counts the rows."
    case .rows: "Every row needs its label: save x and y of the same rows."
    }
  }
}
