public import CaseFile

/// What a log tells of the training runs in it.
public struct TrainingLog: Hashable, Sendable {
  /// What kind of log it is, in words: `console output`.
  public var form: String
  /// The runs, in the order of the log.
  public var runs: [LoggedRun]
  /// Lines (or records) that are not understood.
  public var unreadable: UnreadableLines
  /// What a user should know of how the log was read, one sentence each.
  public var notes: [String]

  /// A log of which nothing is known but its kind.
  init(form: String, runs: [LoggedRun] = [], notes: [String] = []) {
    self.form = form
    self.runs = runs
    self.notes = notes
    unreadable = UnreadableLines()
  }

  /// The run that is examined: the last one that tells a loss or an error.
  public var examined: LoggedRun? { runs.last { !$0.isEmpty } }

  /// The same run, as the rules read it.
  public var recorded: RecordedRun? { examined?.recorded }

  /// How the log was read, one sentence each: what was taken, how far it goes, what was left.
  public var account: [String] {
    var sentences: [String] = []
    if let examined {
      sentences.append("\(form): \(examined.extent)")
      if runs.count > 1 {
        sentences.append("\(runs.count) runs are in the log; the last of them is examined")
      }
    }
    sentences += notes
    if let sentence = unreadable.sentence { sentences.append(sentence) }
    return sentences
  }
}

/// What in a log could not be understood.
public struct UnreadableLines: Hashable, Sendable {
  /// How many lines.
  public private(set) var count = 0
  /// The first of them: number and text.
  public private(set) var first: [(line: Int, text: String)] {
    get { zip(numbers, texts).map { ($0, $1) } }
    set { (numbers, texts) = (newValue.map(\.line), newValue.map(\.text)) }
  }
  private var numbers: [Int] = []
  private var texts: [String] = []

  /// More lines than this are only counted.
  private static let shown = 3
  /// Of a line no more than this is kept.
  private static let width = 60

  /// None.
  public init() {}

  /// Notes one line.
  mutating func add(_ text: some Collection<UInt8>, line: Int) {
    count += 1
    guard numbers.count < UnreadableLines.shown else { return }
    numbers.append(line)
    texts.append(String(decoding: text.prefix(UnreadableLines.width), as: UTF8.self))
  }

  /// What a user should know of it; `nil` if everything was understood.
  var sentence: String? {
    guard count > 0 else { return nil }
    let examples = first.map { "line \($0.line) \"\($0.text)\"" }.joined(separator: ", ")
    return "\(count) \(count == 1 ? "line is" : "lines are") not understood: \(examples)"
      + (count > first.count ? ", …" : "")
  }
}
