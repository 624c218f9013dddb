#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Reports

/// What surrounds the program: its environment, its clock, its own executable.
enum Shell {
  /// The environment variables that concern what output looks like and where the history lies.
  static let environment: [String: String] = {
    let names = [
      "NO_COLOR", "CLICOLOR_FORCE", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "COLUMNS",
      "HOME", "XDG_DATA_HOME", "DOWNHILL_HISTORY",
    ]
    var found: [String: String] = [:]
    for name in names {
      if let value = getenv(name) { found[name] = String(cString: value) }
    }
    return found
  }()

  /// What the stream for results can show.
  static var appearance: Appearance { OutputStream.results.appearance(environment: environment) }

  /// Seconds on a clock that only ever moves forward.
  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Whether something of this name exists.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether it is a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A new folder for files that go with this program; `nil` if none can be made.
  static func temporaryFolder() -> String? {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/downhill-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) }
  }

  /// Makes a folder, unless it is there.
  static func makeFolder(_ path: String) -> Bool {
    mkdir(path, 0o777) == 0 || isFolder(path)
  }

  /// A path that holds in every working folder.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// Whether two paths lead to the same file, links and spelling aside.
  static func isSameFile(_ first: String, _ second: String) -> Bool {
    var (left, right) = (stat(), stat())
    guard stat(first, &left) == 0, stat(second, &right) == 0 else { return false }
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino
  }

  /// The names in a folder, sorted; empty if it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Whatever is opened within a piece of work stays in this program: programs that it starts do not
  /// inherit it. What was open before, as a pipe that a shell made for them, they keep.
  static func keepingFiles<Result>(_ work: () throws -> Result) rethrows -> Result {
    let before = Set(openFiles)
    defer {
      for file in openFiles where !before.contains(file) { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
    }
    return try work()
  }

  /// The numbers of the files that are open.
  private static var openFiles: [Int32] { names(in: "/dev/fd").compactMap { Int32($0) } }

  /// The path of this program itself.
  static var executable: String {
    #if os(Linux)
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let length = readlink("/proc/self/exe", &buffer, buffer.count)
      if length > 0 {
        return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
    #endif
    return CommandLine.arguments[0]
  }
}
