import CaseFile
import Downhill
import History
import Reports
import Treatment

/// What `diagnose` and `fix` have in common: the diagnosis with its progress, and the exit status.
struct Diagnosing {
  let options: DiagnosisOptions

  /// Diagnoses a run, and keeps it in the history. Ctrl-C ends it with what is known by then.
  func consultation(
    on run: TrainingRun, kind: RunRecord.Kind, history: HistoryOptions
  ) throws -> Consultation {
    let recording = Recording(kind, of: run, options: history)
    return try recording.ending {
      try consultation(on: run, recorder: recording.recorder)
    } _: { consultation in
      HistoryStore.Ending(
        status: Interruption.wasRequested ? .interrupted : .finished, report: consultation.report)
    }
  }

  /// Diagnoses a run, and tells a recorder what happens on the way.
  func consultation(on run: TrainingRun, recorder: RunRecorder?) throws -> Consultation {
    let progress = ProgressDisplay(environment: Shell.environment)
    if options.quick {
      Interruption.endAtOnce()
    } else {
      Interruption.catchOnce()
      if !run.knowsFitArguments, run.data != nil {
        Messages.note([
          "The length of the run is not known; trials take \(TrainingRun.assumedEpochs) epochs. "
            + "Name it with --epochs."
        ])
      }
      if let sample = run.trialSample {
        Messages.note(["Memory does not hold all rows; trials run on \(sample)."])
      }
    }
    defer { progress.clear() }
    var chosen = Doctor.Options(budget: options.budget, isQuick: options.quick)
    if let seeds = options.seeds { chosen.seeds = seeds }
    chosen.comparesWithRandomSearch = options.againstRandom
    let curves = recorder.map(TrialCurves.init)
    return try run.diagnosed(
      options: chosen,
      progress: { text in
        progress.update(text)
        recorder?.note(text)
      },
      findings: { recorder?.show($0) },
      trialEpoch: { curves?.take($0) },
      isCancelled: { Interruption.wasRequested })
  }

  /// What the program says to the shell about a report.
  func status(of report: Report) -> ExitStatus {
    if Interruption.wasRequested { return .interrupted }
    switch report.verdict {
    case .fault: return .fault
    case .healthy: return options.strict && report.lacksInput ? .notMeasured : .healthy
    case .undetermined: return options.strict ? .notMeasured : .healthy
    }
  }
}
