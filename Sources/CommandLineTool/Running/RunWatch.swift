import Dispatch
import Downhill
import Recording
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Looks at a recording while the program still trains, and says on the message stream what is wrong
/// as soon as that shows. Whatever goes wrong in it costs only the first verdict.
final class RunWatch: Sendable {
  private let folder: String
  private let isOver = Mutex(false)
  private let ended = DispatchSemaphore(value: 0)

  /// How often the recording is looked at: a verdict is to stand within two seconds of its evidence.
  private static let interval: useconds_t = 250_000
  /// After a look, as many times its own length is waited, so that the program has the machine.
  private static let rest = 4.0
  /// What of a recording tells something new.
  private static let files = [
    "capture.json", "model.keras", "data.npz", "history.json", "steps.json",
  ]

  /// Starts to watch the recordings that appear in a folder.
  init(_ folder: String) {
    self.folder = folder
    DispatchQueue.global(qos: .utility).async { [self] in
      var told: [String: Set<String?>] = [:]
      var seen: [String: [Int]] = [:]
      while !isOver.withLock({ $0 }) {
        usleep(RunWatch.interval)
        guard let newest = RecordingList.folders(in: folder).last else { continue }
        let state = RunWatch.files.map { RunWatch.changed(newest + "/" + $0) }
        guard seen[newest] != state else { continue }
        seen[newest] = state
        let start = Shell.seconds()
        let run = try? TrainingRun(RunRequest(paths: [newest]))
        if let verdict = run.flatMap(FirstVerdict.init) {
          // Once what the loss does, and once what the cause is.
          let before = told[newest, default: []]
          if before.isEmpty || (verdict.cause != nil && before == [nil]) {
            Messages.say("first verdict: \(verdict.text)")
            told[newest, default: []].insert(verdict.cause)
          }
        }
        let pause = min(RunWatch.rest * (Shell.seconds() - start), 60)
        var waited = 0.0
        while waited < pause, !isOver.withLock({ $0 }) {
          usleep(RunWatch.interval)
          waited += Double(RunWatch.interval) / 1e6
        }
      }
      ended.signal()
    }
  }

  /// Ends watching; a look that is under way is waited for.
  func stop() {
    isOver.withLock { $0 = true }
    ended.wait()
  }

  /// When a file was last changed, in nanoseconds; 0 where there is none.
  private static func changed(_ path: String) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec * 1_000_000_000 + status.st_mtimespec.tv_nsec
    #else
      return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    #endif
  }
}
