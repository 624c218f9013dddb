/// The difference of two texts in the form that `git apply` and `patch` take.
enum UnifiedDiff {
  /// How many lines around a change are shown, as `git diff` does.
  private static let context = 3
  /// Beyond this many pairs of lines a stretch is shown as replaced as a whole.
  private static let pairLimit = 4_000_000

  private enum Step {
    case kept(String)
    case removed(String)
    case added(String)

    var isChange: Bool {
      if case .kept = self { return false }
      return true
    }
  }

  /// The difference; empty for equal texts.
  ///
  /// - Parameters:
  ///   - path: how the file is named in it, below `a/` and `b/`.
  static func text(from old: String, to new: String, path: String) -> String {
    let steps = steps(from: lines(old), to: lines(new))
    guard steps.contains(where: \.isChange) else { return "" }
    var result = "--- a/\(path)\n+++ b/\(path)\n"
    var index = 0
    var (oldLine, newLine) = (1, 1)
    while index < steps.count {
      guard let first = steps[index...].firstIndex(where: \.isChange) else { break }
      let start = max(index, first - context)
      // A hunk goes on while changes are no farther apart than the context of both.
      var end = first
      while let next = steps[(end + 1)...].firstIndex(where: \.isChange),
        next - end <= 2 * context
      { end = next }
      let stop = min(steps.count, end + 1 + context)
      for step in steps[index..<start] { advance(step, &oldLine, &newLine) }
      result += hunk(steps[start..<stop], oldLine, newLine)
      for step in steps[start..<stop] { advance(step, &oldLine, &newLine) }
      index = stop
    }
    return result
  }

  private static func advance(_ step: Step, _ oldLine: inout Int, _ newLine: inout Int) {
    switch step {
    case .kept: (oldLine, newLine) = (oldLine + 1, newLine + 1)
    case .removed: oldLine += 1
    case .added: newLine += 1
    }
  }

  private static func hunk(_ steps: ArraySlice<Step>, _ oldLine: Int, _ newLine: Int) -> String {
    var (body, oldCount, newCount) = ("", 0, 0)
    for step in steps {
      let (sign, line): (String, String)
      switch step {
      case .kept(let text):
        (sign, line) = (" ", text)
        (oldCount, newCount) = (oldCount + 1, newCount + 1)
      case .removed(let text):
        (sign, line) = ("-", text)
        oldCount += 1
      case .added(let text):
        (sign, line) = ("+", text)
        newCount += 1
      }
      body += sign + line
      if line.utf8.last != UInt8(ascii: "\n") { body += "\n\\ No newline at end of file\n" }
    }
    return "@@ -\(range(oldLine, oldCount)) +\(range(newLine, newCount)) @@\n" + body
  }

  private static func range(_ line: Int, _ count: Int) -> String {
    // An empty range is named by the line before it.
    count == 1 ? "\(line)" : "\(count == 0 ? line - 1 : line),\(count)"
  }

  /// The lines of a text with their ends, whichever they are.
  private static func lines(_ text: String) -> [String] {
    var result: [String] = []
    var line: [UInt8] = []
    for byte in text.utf8 {
      line.append(byte)
      if byte == UInt8(ascii: "\n") {
        result.append(String(decoding: line, as: UTF8.self))
        line = []
      }
    }
    if !line.isEmpty { result.append(String(decoding: line, as: UTF8.self)) }
    return result
  }

  /// The longest common subsequence of what is between the common beginning and end.
  private static func steps(from old: [String], to new: [String]) -> [Step] {
    var head = 0
    while head < min(old.count, new.count), old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - head,
      old[old.count - 1 - tail] == new[new.count - 1 - tail]
    { tail += 1 }
    let first = Array(old[head..<old.count - tail])
    let second = Array(new[head..<new.count - tail])
    return old[..<head].map { .kept($0) } + middle(first, second)
      + old[(old.count - tail)...].map { .kept($0) }
  }

  private static func middle(_ old: [String], _ new: [String]) -> [Step] {
    guard !old.isEmpty, !new.isEmpty, old.count * new.count <= pairLimit else {
      return old.map { .removed($0) } + new.map { .added($0) }
    }
    let width = new.count + 1
    var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
    for i in stride(from: old.count - 1, through: 0, by: -1) {
      for j in stride(from: new.count - 1, through: 0, by: -1) {
        lengths[i * width + j] =
          old[i] == new[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var (i, j, result) = (0, 0, [Step]())
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        result.append(.kept(old[i]))
        (i, j) = (i + 1, j + 1)
      } else if i < old.count,
        j == new.count || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]
      {
        result.append(.removed(old[i]))
        i += 1
      } else {
        result.append(.added(new[j]))
        j += 1
      }
    }
    return result
  }
}
