public import CaseFile

/// One training run as a log tells it.
public struct LoggedRun: Hashable, Sendable {
  /// What is known of one epoch.
  public struct Epoch: Hashable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// The values at its end by series; those that the log leaves out are missing.
    public var values: [String: Double]
  }

  /// The complete epochs.
  public internal(set) var epochs: [Epoch] = []
  /// How many epochs were asked for.
  public internal(set) var plannedEpochs: Int?
  /// How many batches (or, with old versions of Keras, rows) an epoch has.
  public internal(set) var stepsPerEpoch: Int?
  /// Losses within epochs, with the running means undone.
  public internal(set) var batches: [BatchLoss] = []
  /// How far an epoch came that the log cuts off: its number and the last step seen.
  public internal(set) var cutOff: (epoch: Int, step: Int)? {
    get { cut.map { ($0.epoch, $0.step) } }
    set { cut = newValue.map { Cut(epoch: $0.epoch, step: $0.step) } }
  }
  /// How the run ended.
  public internal(set) var status = RecordedRun.Status.unknown
  /// The exception's text, if it raised one.
  public internal(set) var error: String?

  private struct Cut: Hashable, Sendable {
    var epoch: Int
    var step: Int
  }
  private var cut: Cut?

  /// A run of which nothing is known.
  init() {}

  /// A run with whole series, as `History.history` has them.
  init(series: [String: [Double]]) {
    let count = series.values.map(\.count).max() ?? 0
    // Series that are shorter belong to the last epochs of their interval; only their own order is
    // kept, as in `History.history`.
    for index in 0..<count {
      epochs.append(
        Epoch(
          number: index + 1,
          values: series.compactMapValues { index < $0.count ? $0[index] : nil }))
    }
  }

  /// Whether it tells nothing.
  var isEmpty: Bool { epochs.isEmpty && batches.isEmpty && error == nil }

  /// The number of the last complete epoch, from 1; 0 before the first.
  var lastEpoch: Int { epochs.last?.number ?? 0 }

  /// One value an epoch for each series, as Keras' `History.history` holds them.
  public var history: [String: [Double]] {
    var history: [String: [Double]] = [:]
    for epoch in epochs {
      for (name, value) in epoch.values { history[name, default: []].append(value) }
    }
    return history
  }

  /// The run as the rules read it.
  public var recorded: RecordedRun {
    RecordedRun(
      status: status, error: error, history: history, batches: batches.isEmpty ? nil : batches,
      plannedEpochs: plannedEpochs, stepsPerEpoch: stepsPerEpoch)
  }

  /// How far the log goes, in words: the last complete step.
  var extent: String {
    let planned = plannedEpochs.map { " of \($0)" } ?? ""
    guard let cutOff else {
      return epochs.isEmpty
        ? "no complete epoch"
        : "\(epochs.count) complete \(epochs.count == 1 ? "epoch" : "epochs"), the last is epoch"
          + " \(lastEpoch)\(planned)"
    }
    let steps = stepsPerEpoch.map { " of \($0)" } ?? ""
    return
      "\(epochs.count) complete \(epochs.count == 1 ? "epoch" : "epochs"); it ends within epoch"
      + " \(cutOff.epoch)\(planned), after step \(cutOff.step)\(steps)"
  }

  /// The epochs that are missing between others, where someone cut lines out.
  var missingEpochs: Int {
    zip(epochs, epochs.dropFirst()).reduce(0) { $0 + max(0, $1.1.number - $1.0.number - 1) }
  }
}
