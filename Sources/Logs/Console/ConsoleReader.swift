import CaseFile

/// Puts the runs and epochs of console output together, piece by piece.
struct ConsoleReader {
  /// The epoch whose lines are being read.
  private struct OpenEpoch {
    var number: Int
    /// Whether a header opened it.
    var hasHeader: Bool
    var step: Int?
    var total: Int?
    var values: [String: Double] = [:]
    var mean = RunningMean()
    /// Whether its last line stands there for good, at the last step.
    var isComplete = false
  }

  private var log: TrainingLog
  private var run = LoggedRun()
  private var epoch: OpenEpoch?
  /// Whether the lines at hand belong to a traceback, whose last line tells the error.
  private var isInTraceback = false
  /// Dictionaries of single values, printed by callbacks.
  private var dictionaries: [[String: Double]] = []
  private var evaluations = 0

  init(form: String) { log = TrainingLog(form: form) }

  /// Takes one piece, or a part of one.
  mutating func take(_ text: ArraySlice<UInt8>, of piece: TerminalText.Piece) {
    let line = ConsoleLine(text, isCut: piece.end == .log)
    switch line {
    case .epoch(let number, let planned): open(epoch: number, planned: planned)
    case .progress(let line): take(line, isFinal: piece.end != .redraw)
    case .traceback: isInTraceback = true
    case .error(let text):
      isInTraceback = false
      closeEpoch()
      run.error = text
      run.status = text.hasPrefix("KeyboardInterrupt") ? .interrupted : .raised
    case .stopped: run.status = .finished
    case .known: break
    case .unknown:
      // Only indented lines, and code, stand between the ends of a traceback.
      if !isInTraceback { log.unreadable.add(text, line: piece.line) }
    }
  }

  /// Takes a dictionary that was printed: a whole history, or the values of one epoch.
  mutating func take(_ history: PythonHistory) {
    if history.isSingle {
      dictionaries.append(history.series.compactMapValues(\.first))
      return
    }
    finishRun()
    // A history says again, with all digits, what the lines before it said.
    let whole = LoggedRun(series: history.series)
    if let last = log.runs.last, last.epochs.count == whole.epochs.count {
      log.runs[log.runs.count - 1].epochs = whole.epochs
    } else {
      log.runs.append(whole)
    }
  }

  /// The log, once all pieces are taken.
  mutating func finished() -> TrainingLog {
    finishRun()
    if !log.runs.contains(where: { !$0.epochs.isEmpty }), !dictionaries.isEmpty {
      var run = LoggedRun()
      run.epochs = dictionaries.enumerated().map { index, values in
        LoggedRun.Epoch(number: index + 1, values: values.filter { $0.key != "epoch" })
      }
      log.runs.append(run)
      log.notes.append("each printed dictionary of losses is taken for one epoch")
    }
    joinSingleEpochs()
    if let run = log.examined, run.missingEpochs > 0 {
      log.notes.append("\(run.missingEpochs) epochs between others are missing")
    }
    return log
  }

  private mutating func open(epoch number: Int, planned: Int?) {
    closeEpoch()
    let isAgain = number <= run.lastEpoch || (run.cutOff.map { number <= $0.epoch } ?? false)
    let isOther = planned != run.plannedEpochs && run.plannedEpochs != nil && number == 1
    if isAgain || isOther || run.error != nil { finishRun() }
    run.plannedEpochs = planned ?? run.plannedEpochs
    epoch = OpenEpoch(number: number, hasHeader: true)
  }

  private mutating func take(_ line: ProgressLine, isFinal: Bool) {
    guard !line.entries.isEmpty else { return }
    if let number = line.epoch {
      takeNamed(line, number: number)
      return
    }
    if let open = epoch, startsAnother(line, than: open) {
      // After an epoch with a header only another header opens the next one: this is `evaluate`.
      if open.hasHeader {
        evaluations += 1
        return
      }
      closeEpoch()
    }
    if epoch == nil {
      // Lines of `evaluate` after the last epoch of `fit`.
      if let planned = run.plannedEpochs, planned > 1, !run.epochs.isEmpty {
        evaluations += 1
        return
      }
      epoch = OpenEpoch(number: run.lastEpoch + 1, hasHeader: false)
    }
    for entry in line.entries { epoch?.values[entry.name] = entry.number.value }
    if let step = line.step { epoch?.step = step }
    if let total = line.total { epoch?.total = total }
    if let step = line.step, let loss = line.number("loss") {
      epoch?.mean.add(step: step, loss: loss)
    }
    let isAtEnd = line.isAtEnd || (line.total == nil && !line.isUnderWay)
    if isFinal, isAtEnd, !line.isUnderWay { epoch?.isComplete = true }
  }

  /// Whether a line cannot belong to the epoch that is open.
  private func startsAnother(_ line: ProgressLine, than open: OpenEpoch) -> Bool {
    if open.values.isEmpty { return false }
    if let total = line.total, let before = open.total, total != before { return true }
    if let step = line.step, let before = open.step, step < before { return true }
    guard open.isComplete else { return false }
    // The last line may be printed twice where nothing is drawn again, then with validation.
    let isContinued = line.entries.contains {
      $0.name.hasPrefix("val_") && open.values[$0.name] == nil
    }
    return !isContinued
  }

  /// A line that names its epoch itself.
  private mutating func takeNamed(_ line: ProgressLine, number: Int) {
    if let open = epoch, open.number != number { closeEpoch() }
    if epoch == nil {
      if number <= run.lastEpoch, !(run.epochs.first?.number == 0 && number == run.lastEpoch) {
        finishRun()
      }
      run.plannedEpochs = line.planned ?? run.plannedEpochs
      epoch = OpenEpoch(number: number, hasHeader: false)
    }
    for entry in line.entries { epoch?.values[entry.name] = entry.number.value }
    if let step = line.step { epoch?.step = step }
    if let total = line.total { epoch?.total = total }
    // Such lines may show a step's own loss as well as a running mean, so the means stay as they are.
    epoch?.isComplete = line.isAtEnd || line.step == nil || line.total == nil
  }

  private mutating func closeEpoch() {
    guard let open = epoch else { return }
    epoch = nil
    guard !open.values.isEmpty else { return }
    run.batches += open.mean.batches(epoch: open.number)
    run.stepsPerEpoch = open.total ?? run.stepsPerEpoch
    if open.isComplete {
      run.cutOff = nil
      run.epochs.append(LoggedRun.Epoch(number: open.number, values: open.values))
    } else {
      run.cutOff = (open.number, open.step ?? 0)
    }
  }

  private mutating func finishRun() {
    closeEpoch()
    if let planned = run.plannedEpochs, run.lastEpoch >= planned, run.status == .unknown {
      run.status = .finished
    }
    if !run.isEmpty || run.cutOff != nil { log.runs.append(run) }
    run = LoggedRun()
  }

  /// Calls of `fit` for one epoch each, in a loop, are one training.
  private mutating func joinSingleEpochs() {
    var joined: [LoggedRun] = []
    for run in log.runs {
      guard var last = joined.last, last.plannedEpochs == 1, run.plannedEpochs == 1,
        last.error == nil, last.cutOff == nil
      else {
        joined.append(run)
        continue
      }
      let number = last.lastEpoch + 1
      last.epochs += run.epochs.map { LoggedRun.Epoch(number: number, values: $0.values) }
      last.batches += run.batches.map {
        BatchLoss(epoch: number, first: $0.first, last: $0.last, loss: $0.loss)
      }
      last.cutOff = run.cutOff.map { (number, $0.step) }
      (last.error, last.status) = (run.error, run.status)
      joined[joined.count - 1] = last
    }
    for index in joined.indices
    where joined[index].plannedEpochs == 1 && joined[index].lastEpoch > 1 {
      joined[index].plannedEpochs = nil
      log.notes.append("calls of fit for one epoch each are read as one run")
    }
    log.runs = joined
  }
}
