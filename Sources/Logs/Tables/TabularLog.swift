import CaseFile
import FileAccess

/// Losses in a table: what CSVLogger writes, what TensorBoard, MLflow and Weights & Biases export.
///
/// | header | who writes it |
/// |---|---|
/// | `epoch,accuracy,loss,val_loss` | CSVLogger |
/// | `Wall time,Step,Value` | TensorBoard, one series a file |
/// | `run_id,key,value,step,timestamp` | MLflow, one value a row |
/// | `Step,brave-fox-1 - loss,brave-fox-1 - loss__MIN` | a chart of Weights & Biases |
/// | `_step,_runtime,loss,val_loss` | a history of Weights & Biases |
struct TabularLog: LogFormat {
  let name = "table of losses"

  func recognises(_ beginning: LogBeginning) -> Bool {
    let header = beginning.firstLine
    guard let separator = DelimitedRows.separator(header),
      let first = DelimitedRows(header[...], separator: separator).rows.first
    else { return false }
    return TableHeader(first) != nil
  }

  func read(_ bytes: [UInt8], name: String) throws(InputError) -> TrainingLog {
    let beginning = LogBeginning(bytes).firstLine
    guard let separator = DelimitedRows.separator(beginning) else {
      throw InputError(LogProblem.noLosses(lines: 0), in: name)
    }
    let table = DelimitedRows(bytes[...], separator: separator)
    guard let first = table.rows.first, let header = TableHeader(first) else {
      throw InputError(LogProblem.noLosses(lines: table.rows.count), in: name)
    }
    var log = TrainingLog(form: header.form)
    var collector = RowCollector(header: header, fileName: name)
    for (index, row) in table.rows.enumerated().dropFirst() {
      // CSVLogger in append mode, or files put together: the header comes again.
      if row == first {
        collector.startRun()
        continue
      }
      let isLast = index == table.rows.count - 1
      if isLast, table.isCut, row.count < first.count {
        log.notes.append("the last row is cut off and left out")
      } else if !collector.take(row, isCut: isLast && table.isCut) {
        log.unreadable.add(row.joined(separator: ",").utf8, line: table.lines[index])
      }
    }
    log.runs = collector.finished()
    return log
  }
}

/// Which columns of a table of losses hold what.
struct TableHeader {
  /// How values are laid out.
  enum Layout {
    /// One row an epoch, one column a series.
    case wide
    /// One row a value: the columns that name the series and hold the value.
    case long(key: Int, value: Int)
    /// One row a value of the one series of the file.
    case single(value: Int)
  }

  let layout: Layout
  /// The column that counts epochs or steps.
  let step: Int?
  /// Whether that column counts epochs, from 0.
  let countsEpochs: Bool
  /// The column that names the run, where several are in one table.
  let run: Int?
  /// Of wide tables, the columns of series: run and series.
  let series: [(column: Int, run: String, name: String)]
  /// Who writes such tables, in words.
  let form: String

  /// Reads the names of columns; `nil` if they are not those of losses.
  init?(_ names: [String]) {
    let lower = names.map { $0.lowercased() }
    func column(_ wanted: String...) -> Int? {
      wanted.compactMap { lower.firstIndex(of: $0) }.first
    }
    run = column("run_id", "run id", "run", "run name")
    if let key = column("key", "metric"), let value = column("value"), let step = column("step") {
      layout = .long(key: key, value: value)
      (self.step, countsEpochs, series, form) = (step, false, [], "metrics exported by MLflow")
      return
    }
    if lower.contains("wall time"), let value = column("value"), let step = column("step") {
      layout = .single(value: value)
      (self.step, countsEpochs, series, form) = (
        step, false, [], "a series exported by TensorBoard"
      )
      return
    }
    step = column("epoch", "_step", "step", "global_step", "trainer/global_step")
    var found: [(column: Int, run: String, name: String)] = []
    for (index, name) in names.enumerated() where index != step {
      // Charts of Weights & Biases name columns `run - series`, and add their extremes.
      if name.hasSuffix("__MIN") || name.hasSuffix("__MAX") || name.isEmpty || name.hasPrefix("_") {
        continue
      }
      let parts = name.split(separator: " - ", maxSplits: 1)
      let (run, series) = parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", name)
      found.append((index, run, SeriesName.canonical(series)))
    }
    // A table of data may well have a column "loss"; one of losses counts its rows too.
    guard step != nil, found.contains(where: { $0.name == "loss" || $0.name == "val_loss" }) else {
      return nil
    }
    layout = .wide
    countsEpochs = step.map { lower[$0] == "epoch" } ?? false
    series = found
    form =
      names.first?.lowercased() == "epoch"
      ? "CSVLogger file" : "history exported by Weights & Biases"
  }
}
