import Datasets
import FileAccess
import Logs

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
  /// A folder that the TensorBoard callback wrote.
  case eventFolder
  /// A model.
  case model
  /// An HDF5 file: a model, or weights for one.
  case weights
  /// A model for TensorFlow's own runtime.
  case savedModel
  /// Arrays, a table, or folders of images.
  case data
  /// A script, a snippet or a notebook.
  case script
  /// A text of which the name does not tell whether it is a program, what one printed, or both.
  case paste
  /// The record of a run: console output, a history, a table of losses.
  case log
  /// Nothing that is read.
  case refused(RunProblem)

  /// A path is judged by what lies there and by the end of its name, and where the name tells nothing
  /// by the file's first bytes; whether a file keeps what it promises shows when it is read.
  init(path: String) {
    if InputKind.isFolder(path) {
      self = InputKind(folder: path)
      return
    }
    let dot = path.lastIndex(of: ".")
    switch dot.map({ path[path.index(after: $0)...].lowercased() }) ?? "" {
    case "keras": self = .model
    case "npz", "npy": self = .data
    case "csv", "tsv":
      // What CSVLogger writes is told from data by its header.
      let isLog =
        InputKind.beginning(path).map { TrainingLog.recognises(LogBeginning($0)) } ?? false
      self = isLog ? .log : .data
    case "py", "pyw", "ipynb": self = .script
    case "txt", "md":
      // People paste programs and their output into such files.
      self = InputKind.beginning(path).map { InputKind(content: $0) } ?? .script
      if isText { self = .paste }
    case "pkl", "pickle", "joblib": self = .refused(.pickle)
    default:
      // A name that leads nowhere is said to, whatever its end.
      guard let beginning = InputKind.beginning(path) else {
        self = access(path, F_OK) == 0 ? .refused(.unknownKind) : .model
        return
      }
      self.init(content: beginning)
      if case .script = self, ContentKind(beginning) != .python { self = .refused(.unknownKind) }
      if isText { self = .paste }
    }
  }

  /// What has no telling name, as standard input, is judged by its bytes.
  init(content bytes: [UInt8]) {
    switch ContentKind(bytes) {
    case .pickle: self = .refused(.pickle)
    case .hdf5: self = .weights
    case .zip, .npy: self = .refused(.unknownKind)
    case .python: self = .script
    case .json where InputKind.describesModel(bytes): self = .model
    case .json, .other:
      // What is neither known Python nor a log may yet be a piece of a program.
      self = TrainingLog.recognises(LogBeginning(bytes)) ? .log : .script
    }
  }

  /// Whether it is a program or what one printed.
  private var isText: Bool {
    switch self {
    case .script, .log: true
    default: false
    }
  }

  /// Whether JSON begins as `model.to_json()` does: the class of a model, and its configuration.
  private static func describesModel(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    return text.contains("\"class_name\"") && text.contains("\"config\"")
  }

  private init(folder path: String) {
    // The folder of a program that keeps its recording beside it.
    let inner = path + (path.hasSuffix("/") ? "capture" : "/capture")
    let isRecording = access(path + "/model.keras", F_OK) == 0
    if !isRecording, InputKind.isFolder(inner) {
      self = .folder(inner)
    } else if !isRecording, access(path + "/saved_model.pb", F_OK) == 0 {
      self = .savedModel
    } else if !isRecording, access(path + "/capture.json", F_OK) != 0,
      TrainingLog.isEventFolder(path)
    {
      self = .eventFolder
    } else if !isRecording, let images = Folder(path: path), ImageFolder.isOne(images) {
      self = .data
    } else {
      self = .folder(path)
    }
  }

  /// The first bytes of a file; `nil` if it cannot be read.
  private static func beginning(_ path: String) -> [UInt8]? {
    guard let file = try? ReadableFile(path: path) else { return nil }
    return try? file.bytes(at: 0, count: min(file.count, ContentKind.beginning))
  }

  /// Whether a path, as a recording names it, leads to a program that can be read.
  static func isScript(_ path: String) -> Bool {
    if case .script = InputKind(path: path) { return access(path, R_OK) == 0 }
    return false
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
