/// Puts the rows of a table of losses together to runs.
struct RowCollector {
  private let header: TableHeader
  private let fileName: String
  /// The runs that are closed.
  private var closed: [LoggedRun] = []
  /// The rows of the runs at hand, by the name of the run, in the order of their first row.
  private var open: [(run: String, rows: [Row])] = []

  private struct Row {
    var step: Int
    var values: [String: Double]
  }

  init(header: TableHeader, fileName: String) {
    self.header = header
    self.fileName = fileName
  }

  /// Takes one row.
  ///
  /// - Parameter isCut: whether the last number of the row may lack digits.
  /// - Returns: `false` if the row is not understood.
  mutating func take(_ row: [String], isCut: Bool) -> Bool {
    func number(_ column: Int) -> Double? {
      guard column < row.count, !(isCut && column == row.count - 1) else { return nil }
      var rest = Array(row[column].utf8)[...]
      guard let number = LoggedNumber(&rest), rest.isEmpty else { return nil }
      return number.value
    }
    let step = header.step.flatMap(number).flatMap { Int(exactly: $0.rounded()) }
    let run = header.run.flatMap { $0 < row.count ? row[$0] : nil } ?? ""
    switch header.layout {
    case .long(let key, let value):
      guard let step, key < row.count, let number = number(value) else { return false }
      add([SeriesName.canonical(row[key]): number], step: step, run: run)
    case .single(let value):
      guard let step, let number = number(value) else { return false }
      add([singleName: number], step: step, run: run)
    case .wide:
      guard let step else { return false }
      var isUnderstood = false
      var values: [String: [String: Double]] = [:]
      for (column, run, name) in header.series where column < row.count {
        // An epoch without validation has empty cells, or NA: no value, which is not NaN.
        let cell = row[column].lowercased()
        if cell.isEmpty || cell == "na" || cell == "none" || cell == "null" {
          isUnderstood = true
        } else if let number = number(column) {
          values[run, default: [:]][name] = number
          isUnderstood = true
        }
      }
      let needsEpoch = header.countsEpochs
      for (name, values) in values.sorted(by: { $0.key < $1.key }) {
        // A row whose step is not beyond the last one begins another run.
        if needsEpoch, let last = open.first(where: { $0.run == name })?.rows.last,
          step <= last.step
        {
          startRun()
        }
        add(values, step: step, run: name)
      }
      return isUnderstood
    }
    return true
  }

  /// What follows belongs to another run.
  mutating func startRun() {
    closed += runs()
    open = []
  }

  /// All runs, in the order of the table.
  mutating func finished() -> [LoggedRun] {
    startRun()
    return closed
  }

  private mutating func add(_ values: [String: Double], step: Int, run: String) {
    let index: Int
    if let known = open.firstIndex(where: { $0.run == run }) {
      index = known
    } else {
      index = open.count
      open.append((run, []))
    }
    if open[index].rows.last?.step == step {
      open[index].rows[open[index].rows.count - 1].values.merge(values) { $1 }
    } else {
      open[index].rows.append(Row(step: step, values: values))
    }
  }

  /// TensorBoard names a download after its run and tag: `run-train-tag-epoch_loss.csv`.
  private var singleName: String {
    let file = fileName.split(separator: "/").last.map(String.init) ?? ""
    let stem = file.split(separator: ".").first.map(String.init) ?? ""
    let parts = stem.split(separator: "-").map(String.init)
    guard let tag = parts.lastIndex(of: "tag"), tag + 1 < parts.count else { return "loss" }
    let isValidation = parts[..<tag].contains("validation")
    return SeriesName.canonical(
      (isValidation ? "validation/" : "") + parts[(tag + 1)...].joined(separator: "-"))
  }

  /// The runs at hand: rows of one step together, steps in order.
  private func runs() -> [LoggedRun] {
    open.compactMap { _, rows in
      var steps: [Int: [String: Double]] = [:]
      for row in rows { steps[row.step, default: [:]].merge(row.values) { $1 } }
      let ordered = steps.sorted { $0.key < $1.key }
      guard ordered.contains(where: { $0.value.keys.contains { $0.hasSuffix("loss") } }) else {
        return nil
      }
      var run = LoggedRun()
      // CSVLogger counts from 0, as steps of exports do or do not; rows are numbered as they come.
      let first = header.countsEpochs ? (ordered.first?.key ?? 0) : 0
      run.epochs = ordered.enumerated().map { index, row in
        LoggedRun.Epoch(
          number: header.countsEpochs ? row.key + (first == 0 ? 1 : 0) : index + 1,
          values: row.value)
      }
      return run
    }
  }
}
