import CaseFile
import Downhill
import History
import JSON
import Reports

/// Keeps a run in the history, if there is one. Whatever goes wrong with that is said once and
/// changes nothing about the run.
struct Recording: Sendable {
  let recorder: RunRecorder?

  /// Begins to keep a run.
  init(_ kind: RunRecord.Kind, of run: TrainingRun, options: HistoryOptions) {
    recorder = options.path.map { path in
      RunRecorder(
        path: path,
        run: NewRun(
          kind: kind, subject: run.inputs.map(\.path).joined(separator: " "),
          version: DownhillVersion.current, settings: Recording.settings(run.facts)),
        tell: { Messages.note([$0]) })
    }
  }

  /// Begins to keep a program that runs; what it trains is known later.
  ///
  /// - Parameter path: the history; `nil` for none.
  init(command: [String], path: String?) {
    recorder = path.map { path in
      RunRecorder(
        path: path,
        run: NewRun(
          kind: .run, subject: command.joined(separator: " "), version: DownhillVersion.current),
        tell: { Messages.note([$0]) })
    }
  }

  /// Notes what a program trained.
  func describe(_ run: TrainingRun) { recorder?.describe(Recording.settings(run.facts)) }

  /// Does the work and writes down how it ended.
  func ending<Result>(
    _ work: () throws -> Result, _ ending: (Result) -> HistoryStore.Ending
  ) throws -> Result {
    do {
      let result = try work()
      let ending = ending(result)
      recorder?.finish(ending, values: ending.report.map(Recording.values) ?? [])
      return result
    } catch {
      recorder?.finish(
        HistoryStore.Ending(
          status: Interruption.wasRequested ? .interrupted : .failed,
          headline: ErrorText.message(for: error)))
      throw error
    }
  }

  /// The curves of the user's run, as the report has them.
  private static func values(_ report: Report) -> [HistoryStore.Value] {
    let recorded = report.run?.recorded?.history ?? [:]
    let repeated = report.run?.measurements?.baseline.first?.history ?? [:]
    var series = recorded.isEmpty ? repeated : recorded
    if series["loss"] == nil { series["loss"] = report.curve }
    return series.sorted { $0.key < $1.key }.flatMap { name, values in
      values.enumerated().map {
        HistoryStore.Value(series: name, step: $0.offset + 1, value: $0.element)
      }
    }
  }

  /// The arguments of compile and fit, as far as they are known.
  private static func settings(_ facts: CaseFile) -> [String: String] {
    var settings: [String: String] = [:]
    if let compilation = facts.compilation {
      settings["optimizer"] = compilation.optimizer
      if let rate = compilation.optimizerConfiguration["learning_rate"]?.double {
        settings["learning_rate"] = NumberText.short(rate, digits: 6)
      }
      settings["loss"] = compilation.loss.string ?? compilation.loss["class_name"]?.string
    }
    if let fit = facts.fit {
      settings["epochs"] = String(fit.epochs)
      settings["batch_size"] = String(fit.batchSize)
      if fit.validationSplit > 0 {
        settings["validation_split"] = NumberText.short(fit.validationSplit)
      }
    }
    if let rows = facts.data?.features.first?.rows { settings["rows"] = String(rows) }
    if let model = facts.model {
      settings["layers"] = String(model.layers.count)
      settings["weights"] = String(
        model.layers.flatMap(\.variables).reduce(0) { $0 + $1.shape.reduce(1, *) })
    }
    return settings
  }
}
