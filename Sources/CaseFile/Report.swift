public import JSON

/// The answer to "why does my loss not fall?", as every kind of report shows it.
public struct Report: Codable, Hashable, Sendable {
  /// The verdict in one word.
  public enum Verdict: String, Codable, Hashable, Sendable {
    case fault, healthy, undetermined
  }
  /// What was handed in.
  public var inputs: [InputSource]
  /// The verdict in one word.
  public var verdict: Verdict
  /// The verdict in one sentence, for people.
  public var headline: String
  /// What the loss does.
  public var complaint: Complaint
  /// The causes, the most probable first.
  public var causes: [CauseFinding]
  /// Causes that were examined and are not there.
  public var ruledOut: [RuledOut]
  /// Causes that could not be examined, and what is missing.
  public var notExamined: [NotExamined]
  /// Whether the search for a cure ran at all (`--quick` leaves it out).
  public var trialsRan: Bool
  /// How long each stage took, in seconds.
  public var timing: Timing
  /// The loss of the user's own run by epoch, as recorded or as re-run; empty if neither.
  public var curve: [Double]
  /// What was known and measured of the run, from which pictures are drawn; `nil` if nobody kept it.
  public var run: CaseFile?
  /// How far the first recorded steps, computed again, agree; `nil` if none are recorded.
  public var replay: Replay?
  /// The remedy as a unified diff of the user's script; `nil` without a script or a proven remedy.
  public var patch: String?

  /// How long each stage took, in seconds.
  public struct Timing: Codable, Hashable, Sendable {
    /// Reading and rules.
    public var statics: Double
    /// Probes at given weights.
    public var probes: Double
    /// Training of edited runs.
    public var trials: Double
    /// How long each stage took, in seconds.
    public init(statics: Double = 0, probes: Double = 0, trials: Double = 0) {
      self.statics = statics
      self.probes = probes
      self.trials = trials
    }
  }

  /// A report.
  public init(
    inputs: [InputSource], verdict: Verdict, headline: String, complaint: Complaint,
    causes: [CauseFinding] = [], ruledOut: [RuledOut] = [], notExamined: [NotExamined] = [],
    trialsRan: Bool = false, timing: Timing = Timing(), curve: [Double] = [],
    run: CaseFile? = nil
  ) {
    self.inputs = inputs
    self.verdict = verdict
    self.headline = headline
    self.complaint = complaint
    self.causes = causes
    self.ruledOut = ruledOut
    self.notExamined = notExamined
    self.trialsRan = trialsRan
    self.timing = timing
    self.curve = curve
    self.run = run
  }

  /// Whether something could not be examined for want of an input.
  public var lacksInput: Bool { notExamined.contains { !$0.needs.isEmpty } }
}

/// What the loss does wrong.
public struct Complaint: Codable, Hashable, Sendable {
  /// The kinds of trouble, as users name them.
  public enum Symptom: String, Codable, Hashable, Sendable {
    case rising, stuck, oscillating, nan, slow
    case generalisationGap = "generalisation-gap"
    case none
  }
  /// The kind of trouble.
  public var symptom: Symptom
  /// The series that shows it: `loss` or `val_loss`.
  public var series: String
  /// The epoch, from 1, since which it shows; `nil` if from the start or not known.
  public var sinceStep: Int?
  /// The complaint in one sentence.
  public var text: String

  /// A complaint.
  public init(symptom: Symptom, series: String = "loss", sinceStep: Int? = nil, text: String) {
    self.symptom = symptom
    self.series = series
    self.sinceStep = sinceStep
    self.text = text
  }
}

/// One cause, with what speaks for it and what cures it.
public struct CauseFinding: Codable, Hashable, Sendable {
  /// The public id of the cause, as `learning-rate-high`.
  public var id: String
  /// How sure the finding is, from 0 to 1.
  public var confidence: Double
  /// Whether removing the cause was shown to make the loss fall (or a rule settles it).
  public var isProven: Bool
  /// The finding in one sentence with its figures.
  public var summary: String
  /// What speaks for it.
  public var evidence: [Evidence]
  /// Where in the user's sources.
  public var location: SourceLocation?
  /// What mends it; `nil` if there is only advice, which then stands in ``advice``.
  public var remedy: Remedy?
  /// What the user can do by hand.
  public var advice: String?
  /// The trials that support it.
  public var trials: [TrialPair]
  /// Rows of the data that the finding is about, the most suspect first; `nil`: none are named.
  public var suspectRows: [SuspectRow]?

  /// A finding.
  public init(
    id: String, confidence: Double, isProven: Bool = false, summary: String,
    evidence: [Evidence] = [], location: SourceLocation? = nil, remedy: Remedy? = nil,
    advice: String? = nil, trials: [TrialPair] = [], suspectRows: [SuspectRow]? = nil
  ) {
    self.id = id
    self.confidence = confidence
    self.isProven = isProven
    self.summary = summary
    self.evidence = evidence
    self.location = location
    self.remedy = remedy
    self.advice = advice
    self.trials = trials
    self.suspectRows = suspectRows
  }
}

/// A row of the data that something is wrong with.
public struct SuspectRow: Codable, Hashable, Sendable {
  /// So many rows are named; a report is no list of the data.
  public static let listed = 50
  /// The row, from 0, as NumPy counts.
  public var row: Int
  /// What stands there, as the label `3`.
  public var found: String
  /// What would be expected; `nil` if nobody can tell.
  public var expected: String?
  /// How sure it is that the row is wrong, from 0 to 1.
  public var confidence: Double?

  /// A row that something is wrong with.
  public init(row: Int, found: String, expected: String? = nil, confidence: Double? = nil) {
    self.row = row
    self.found = found
    self.expected = expected
    self.confidence = confidence
  }
}

/// One piece of evidence.
public struct Evidence: Codable, Hashable, Sendable {
  /// What kind of evidence it is.
  public enum Basis: String, Codable, Hashable, Sendable {
    case rule, probe, trial, log
  }
  /// The evidence in words, figures included.
  public var text: String
  /// The figure, where there is one.
  public var value: Double?
  /// The unit of the figure.
  public var unit: String?
  /// What kind of evidence it is.
  public var basis: Basis
  /// What it was measured on, as `all 1797 rows`.
  public var sample: String?

  /// A piece of evidence.
  public init(
    _ text: String, value: Double? = nil, unit: String? = nil, basis: Basis = .rule,
    sample: String? = nil
  ) {
    self.text = text
    self.value = value
    self.unit = unit
    self.basis = basis
    self.sample = sample
  }
}

/// A place in a source file, all counted from 1.
public struct SourceLocation: Codable, Hashable, Sendable {
  /// The file.
  public var path: String
  /// The line.
  public var line: Int
  /// The column.
  public var column: Int
  /// The cell, for notebooks; the line then counts within it.
  public var cell: Int?
  /// A place in a source file.
  public init(path: String, line: Int, column: Int, cell: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
    self.cell = cell
  }
}

/// A set of edits of the run that mends a cause.
public struct Remedy: Codable, Hashable, Sendable {
  /// What is done, in a few words.
  public var summary: String
  /// The edits.
  public var edits: [Edit]
  /// Lines of Python that do the same in the user's script, for edits that a model file cannot hold
  /// as well as for those that it can.
  public var python: [String]

  /// A remedy.
  public init(summary: String, edits: [Edit], python: [String] = []) {
    self.summary = summary
    self.edits = edits
    self.python = python
  }
}

/// One change of the run: what, from which value, to which.
public struct Edit: Codable, Hashable, Sendable {
  /// What is changed, as a path: `optimizer.learning_rate`, `layers.dense_1.activation`, `loss`,
  /// `data.x.standardise`, `fit.epochs`.
  public var target: String
  /// The value before; `null` if there was none.
  public var from: JSONValue
  /// The value after.
  public var to: JSONValue

  /// A change of the run.
  public init(target: String, from: JSONValue = .null, to: JSONValue) {
    self.target = target
    self.from = from
    self.to = to
  }
}

/// The same run with and without a remedy, from the same initial weights with the same seed.
public struct TrialPair: Codable, Hashable, Sendable {
  /// The seed of batch order and dropout.
  public var seed: Int
  /// The run as it was, one value an epoch by series.
  public var baseline: [String: [Double]]
  /// The run with the remedy, one value an epoch by series.
  public var remedied: [String: [Double]]

  /// A pair of trials.
  public init(seed: Int, baseline: [String: [Double]], remedied: [String: [Double]]) {
    self.seed = seed
    self.baseline = baseline
    self.remedied = remedied
  }
}

/// A cause that is not there, and why.
public struct RuledOut: Codable, Hashable, Sendable {
  /// The public id of the cause.
  public var id: String
  /// The evidence against it.
  public var because: String
  /// A cause that is not there, and why.
  public init(id: String, because: String) {
    self.id = id
    self.because = because
  }
}

/// A cause that could not be examined.
public struct NotExamined: Codable, Hashable, Sendable {
  /// The public id of the cause.
  public var id: String
  /// What is missing: `model`, `labels`, `features`, `validation data`, `log`, `trials`.
  public var needs: [String]
  /// What the user can add.
  public var hint: String
  /// A cause that could not be examined.
  public init(id: String, needs: [String], hint: String) {
    self.id = id
    self.needs = needs
    self.hint = hint
  }
}
