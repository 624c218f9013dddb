public import FileAccess
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TrainingLog {
  /// More files than this are many runs, not one.
  private static let mostFiles = 1000
  /// `log_dir/run/train` is as deep as callbacks write.
  private static let deepest = 3

  /// Whether a folder (or a folder in it) holds TensorBoard's event files.
  public static func isEventFolder(_ path: String) -> Bool {
    !eventFiles(in: path, depth: deepest, limit: 1).isEmpty
  }

  /// Reads a folder that the TensorBoard callback wrote.
  ///
  /// Of several runs side by side the last one is read.
  ///
  /// - Throws: ``InputError`` if there are no event files, or too many.
  public init(eventFolder path: String) throws(InputError) {
    let files = TrainingLog.eventFiles(
      in: path, depth: TrainingLog.deepest, limit: TrainingLog.mostFiles + 1)
    guard !files.isEmpty else { throw InputError(LogProblem.noEventFiles, in: path) }
    guard files.count <= TrainingLog.mostFiles else {
      throw InputError(LogProblem.tooManyEventFiles(files.count), in: path)
    }
    // Files of one run lie in one folder, or in `train` and `validation` of one folder.
    var groups: [String: [String]] = [:]
    for file in files {
      var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      if let last = parts.last, last == "train" || last == "validation" { parts = parts.dropLast() }
      groups[parts.joined(separator: "/"), default: []].append(file)
    }
    var best: (time: Int, log: TrainingLog)?
    for (_, files) in groups.sorted(by: { $0.key < $1.key }) {
      var folder = EventFolder(form: EventFile().name)
      for file in files.sorted() {
        let bytes = try ReadableFile(path: file).allBytes(limit: TrainingLog.sizeLimit)
        try folder.add(bytes, name: file, isValidation: file.contains("/validation/"))
      }
      let log = folder.log()
      guard log.examined != nil else { continue }
      let time = files.map(TrainingLog.startTime).max() ?? 0
      if best.map({ $0.time <= time }) ?? true { best = (time, log) }
    }
    guard var log = best?.log else {
      throw InputError(LogProblem.noLosses(lines: 0), in: path)
    }
    if groups.count > 1 {
      log.notes.append("\(groups.count) runs lie in \(path); the last of them is examined")
    }
    self = log
  }

  /// The second since 1970 at which an event file was begun: its name has it.
  private static func startTime(_ path: String) -> Int {
    let name = path.split(separator: "/").last ?? ""
    return name.split(separator: ".").compactMap { Int($0) }.first ?? 0
  }

  /// The event files in a folder and its folders, links left aside.
  private static func eventFiles(in folder: String, depth: Int, limit: Int) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var files: [String] = []
    var folders: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      let path = folder + (folder.hasSuffix("/") ? "" : "/") + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        folders.append(path)
      } else if status.st_mode & S_IFMT == S_IFREG, name.contains("tfevents") {
        files.append(path)
      }
    }
    for inner in folders.sorted() where depth > 1 && files.count < limit {
      files += eventFiles(in: inner, depth: depth - 1, limit: limit - files.count)
    }
    return files
  }
}
