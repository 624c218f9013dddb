public import FileAccess

/// Why a file of weights is refused.
public enum HDF5Problem: InputProblem, Hashable {
  /// It does not begin as HDF5 files do, or the library cannot open it.
  case notHDF5
  /// It says of itself that it has more bytes than it has.
  case cutShort(expected: Int, found: Int)
  /// An object that cannot be read.
  case unreadable(String)
  /// A soft, external or user-defined link.
  case link(String)
  /// A group that holds itself, or is reached in two ways.
  case cycle(String)
  /// Groups nested deeper than Keras nests them.
  case tooDeep(limit: Int)
  /// More objects than are accepted.
  case tooManyObjects(limit: Int)
  /// Elements in another file, in other datasets, or packed by a plugin.
  case outsideStorage(String, String)
  /// Elements that are no plain numbers.
  case elements(String)
  /// The library failed at it: the signal that ended its process, 0 if it told nonsense.
  case crash(signal: Int32)
  /// Reading takes longer than any sound file does.
  case tooLong(seconds: Int)
  /// No process could be started to read it.
  case noChild
  /// A shape far beyond what is stored.
  case shape(String, [Int], stored: Int)

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .notHDF5: "no HDF5 file"
    case .cutShort(let expected, let found): "\(found) bytes, where its header says \(expected)"
    case .unreadable(let path): "\(path) cannot be read"
    case .link(let path): "\(path) is a link to somewhere else"
    case .cycle(let path): "\(path) is held in more than one place"
    case .tooDeep(let limit): "groups are nested more than \(limit) deep"
    case .tooManyObjects(let limit): "more than \(limit) objects"
    case .outsideStorage(let path, let kind): "the numbers of \(path) are stored \(kind)"
    case .elements(let path): "\(path) holds no plain numbers"
    case .crash(let signal):
      signal == 0
        ? "the HDF5 library lost its way in it" : "the HDF5 library failed at it (signal \(signal))"
    case .tooLong(let seconds): "reading it takes more than \(seconds) s"
    case .noChild: "no process could be started to read it"
    case .shape(let path, let extents, let stored):
      "\(path) has the shape \(extents), for which \(stored) bytes are stored"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .noChild: "Close other programs, and try again."
    case .notHDF5, .cutShort, .unreadable, .crash, .tooLong:
      "The file was cut short or changed; save the model again with model.save(\"model.keras\")."
    default: "Keras does not write such files; save the model again if it is your own."
    }
  }
}
