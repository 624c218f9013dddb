import FileAccess

/// The event files of one folder that `log_dir` of the TensorBoard callback named: one for each start of
/// the program, for training and for validation.
struct EventFolder {
  /// The scalars of one file.
  private struct Segment {
    var isValidation: Bool
    var scalars: [ScalarEvent]
    var start: Double
  }

  private let form: String
  private var segments: [Segment] = []
  private var damaged = 0
  private var unfinished = 0

  init(form: String) { self.form = form }

  /// Adds a file.
  ///
  /// - Throws: ``InputError`` if no record of it can be read.
  mutating func add(_ bytes: [UInt8], name: String, isValidation: Bool) throws(InputError) {
    let file = RecordFile(bytes[...])
    guard !file.records.isEmpty || (bytes.count < 64 && file.damaged == 0) else {
      throw InputError(LogProblem.noRecords, in: name)
    }
    damaged += file.damaged
    unfinished += file.endsWithin ? 1 : 0
    let scalars = file.records.flatMap(ScalarEvent.scalars)
    segments.append(
      Segment(
        isValidation: isValidation, scalars: scalars, start: scalars.map(\.time).min() ?? .infinity)
    )
  }

  /// The runs: training and validation of the same start belong together, and a start that goes on
  /// where the last one ended continues it.
  func log() -> TrainingLog {
    var log = TrainingLog(form: form)
    var runs: [[Int: [String: Double]]] = []
    for segment in segments.filter({ !$0.isValidation }).sorted(by: { $0.start < $1.start }) {
      let epochs = EventFolder.epochs(segment.scalars, isValidation: false)
      guard let first = epochs.keys.min() else { continue }
      if let last = runs.last?.keys.max(), first == last + 1 {
        runs[runs.count - 1].merge(epochs) { $1 }
      } else {
        runs.append(epochs)
      }
    }
    let validations = segments.filter(\.isValidation).sorted { $0.start < $1.start }
      .map { EventFolder.epochs($0.scalars, isValidation: true) }.filter { !$0.isEmpty }
    if runs.isEmpty, !validations.isEmpty { runs = [[:]] }
    // Each start writes one file of either kind, in the same order.
    for (index, validation) in validations.enumerated() {
      let run = min(index, runs.count - 1)
      for (epoch, values) in validation { runs[run][epoch, default: [:]].merge(values) { $1 } }
    }
    log.runs = runs.map { epochs in
      var run = LoggedRun()
      run.epochs = epochs.sorted { $0.key < $1.key }.map {
        LoggedRun.Epoch(number: $0.key + 1, values: $0.value)
      }
      return run
    }
    if damaged > 0 {
      log.notes.append(
        "\(damaged) \(damaged == 1 ? "record has a checksum" : "records have checksums") that does"
          + " not fit and \(damaged == 1 ? "is" : "are") left out")
    }
    if unfinished > 0 {
      log.notes.append(
        "the end of \(unfinished == 1 ? "a file" : "\(unfinished) files") is still"
          + " being written (or was cut)")
    }
    return log
  }

  /// The values by epoch from 0. Series by step, as `batch_loss` and `evaluation_loss_vs_iterations`,
  /// are left out: their steps are no epochs.
  private static func epochs(
    _ scalars: [ScalarEvent], isValidation: Bool
  ) -> [Int: [String: Double]] {
    var epochs: [Int: [String: Double]] = [:]
    for scalar in scalars where scalar.step >= 0 {
      let tag = scalar.tag
      guard !tag.hasPrefix("batch_"), !tag.hasSuffix("_vs_iterations"), !tag.contains("/") else {
        continue
      }
      var name = SeriesName.canonical(tag)
      if isValidation, !name.hasPrefix("val_") { name = "val_" + name }
      epochs[scalar.step, default: [:]][name] = scalar.value
    }
    return epochs
  }
}
