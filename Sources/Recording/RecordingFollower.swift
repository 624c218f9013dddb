import Dispatch
import FileAccess
import JSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads recordings while they are written, and hands on what is new.
///
/// The recorder writes its files whole or not at all, so that a reader never meets half of one. What
/// cannot be read is left out: whoever follows is only shown what happens.
package final class RecordingFollower: Sendable {
  /// A value of a series.
  package struct Value: Hashable, Sendable {
    /// The series: a name of `history.json`, or `step_loss`; with the number of the model from the
    /// second one on.
    package let series: String
    /// The epoch or the step, from 1.
    package let step: Int
    /// The value.
    package let value: Double
  }

  private let folder: String
  private let hand: @Sendable ([Value]) -> Void
  private let state = Mutex(State())

  private struct State {
    var timer: (any DispatchSourceTimer)?
    var readers: [String: Reader] = [:]
    var nextLook = ContinuousClock.now
  }

  /// How often files are looked at, in milliseconds: a curve then grows smoothly.
  private static let interval = 250
  /// After reading it rests this many times as long as that took: what is followed keeps its cores.
  private static let restFactor = 20

  /// A follower of the recordings in a folder.
  ///
  /// - Parameter hand: given new values, from a thread of its own.
  package init(_ folder: String, hand: @escaping @Sendable ([Value]) -> Void) {
    self.folder = folder
    self.hand = hand
    state.withLock { state in
      let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
      let interval = DispatchTimeInterval.milliseconds(RecordingFollower.interval)
      timer.schedule(deadline: .now() + interval, repeating: interval)
      timer.setEventHandler { [weak self] in self?.look() }
      timer.resume()
      state.timer = timer
    }
  }

  /// Hands on what is left, and ends.
  package func finish() {
    look(isLast: true)
  }

  private func look(isLast: Bool = false) {
    state.withLock { state in
      let start = ContinuousClock.now
      guard state.timer != nil, isLast || start >= state.nextLook else { return }
      for (index, path) in RecordingList.folders(in: folder).enumerated() {
        let new = state.readers[path, default: Reader(path, number: index + 1)].new()
        if !new.isEmpty { hand(new) }
      }
      state.nextLook = .now + start.duration(to: .now) * RecordingFollower.restFactor
      guard isLast else { return }
      state.timer?.cancel()
      state.timer = nil
    }
  }

  /// What was read of one recording.
  private struct Reader {
    private let path: String
    private let suffix: String
    private var counts: [String: Int] = [:]
    private var lastStep = (epoch: 0, step: 0)
    private var versions: [String: Version] = [:]

    /// What tells one state of a file from the next; inodes alone are used again.
    private struct Version: Equatable {
      var inode: UInt64
      var size: Int64
      var seconds: Int
      var nanoseconds: Int
    }

    init(_ path: String, number: Int) {
      self.path = path
      suffix = number > 1 ? " (model \(number))" : ""
    }

    mutating func new() -> [Value] { newEpochs() + newSteps() }

    private mutating func newEpochs() -> [Value] {
      guard let history = changed("history.json")?.object?.members else { return [] }
      var new: [Value] = []
      for member in history {
        let values = member.value.array ?? []
        let known = counts[member.key, default: 0]
        for (index, value) in values.enumerated().dropFirst(known) {
          new.append(
            Value(series: member.key + suffix, step: index + 1, value: value.double ?? .nan))
        }
        counts[member.key] = max(known, values.count)
      }
      return new
    }

    /// `[[epoch, first step, last step, loss], …]`, the steps counted anew in every epoch.
    private mutating func newSteps() -> [Value] {
      guard let steps = changed("steps.json") else { return [] }
      let rows = (steps["batches"]?.array ?? []).compactMap { entry -> (Int, Int, Double)? in
        guard let row = entry.array, row.count == 4, let epoch = row[0].int, let last = row[2].int
        else { return nil }
        return (epoch, last, row[3].double ?? .nan)
      }
      // Where Keras does not know how many steps an epoch has, the longest seen says it.
      let length = steps["steps"]?.int ?? rows.map(\.1).max() ?? 0
      var new: [Value] = []
      for (epoch, step, loss) in rows where (epoch, step) > lastStep {
        new.append(
          Value(series: "step_loss" + suffix, step: (epoch - 1) * length + step, value: loss))
        lastStep = (epoch, step)
      }
      return new
    }

    /// A file of the recording, if it has changed since the last time.
    private mutating func changed(_ name: String) -> JSONValue? {
      var status = stat()
      guard stat(path + "/" + name, &status) == 0 else { return nil }
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      let version = Version(
        inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int(time.tv_sec),
        nanoseconds: Int(time.tv_nsec))
      guard versions[name] != version, let value = try? JSONValue(contentsOf: path + "/" + name)
      else { return nil }
      versions[name] = version
      return value
    }
  }
}
