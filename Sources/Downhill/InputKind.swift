import Datasets
import FileAccess

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a path that the user named is taken for.
enum InputKind {
  /// The folder of a recorded run.
  case folder(String)
  /// A model.
  case model
  /// Arrays, a table, or folders of images.
  case data
  /// A script, a snippet or a notebook; `-` is standard input.
  case script
  /// Nothing that is read.
  case refused(RunProblem)

  /// A path is judged by what lies there and by the end of its name; whether a file keeps what its
  /// name promises shows when it is read.
  init(path: String) {
    if path == "-" {
      self = .script
      return
    }
    if InputKind.isFolder(path) {
      // The folder of a program that keeps its recording beside it.
      let inner = path + (path.hasSuffix("/") ? "capture" : "/capture")
      let isRecording = access(path + "/model.keras", F_OK) == 0
      if !isRecording, !InputKind.isFolder(inner), let folder = Folder(path: path),
        ImageFolder.isOne(folder)
      {
        self = .data
        return
      }
      self = .folder(!isRecording && InputKind.isFolder(inner) ? inner : path)
      return
    }
    let dot = path.lastIndex(of: ".")
    switch dot.map({ path[path.index(after: $0)...].lowercased() }) ?? "" {
    case "keras": self = .model
    case "npz", "npy", "csv", "tsv": self = .data
    case "py", "pyw", "ipynb", "txt", "md": self = .script
    case "h5", "hdf5": self = .refused(.oldModel)
    case "pkl", "pickle", "joblib": self = .refused(.pickle)
    default: self = .refused(.unknownKind)
    }
    // A name that leads nowhere is said to, whatever its end.
    if case .refused = self, access(path, F_OK) != 0 { self = .model }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
