public import CaseFile
import Datasets
import Diagnosis
import Engine
public import FileAccess
import KerasFiles
import Networks
import Training
public import Treatment

extension TrainingRun {
  /// Where nobody says how many epochs a run has, trials run this many: long enough for a loss to
  /// show where it goes.
  public static let assumedEpochs = 20

  /// Finds out why the loss does not fall, and proves it.
  ///
  /// - Throws: ``InputError`` for data that does not fit the model's inputs.
  /// - Parameters:
  ///   - options: how much to try.
  ///   - progress: told what is being done, in a few words.
  ///   - findings: shown what is known so far whenever something was learned; not the answer yet.
  ///   - trialEpoch: told of every epoch of every trial, from several threads.
  ///   - isCancelled: asked often; a cancelled diagnosis ends with what rules say.
  public func diagnosed(
    options: Doctor.Options = Doctor.Options(),
    progress: @escaping @Sendable (String) -> Void = { _ in },
    findings: @escaping @Sendable (Report) -> Void = { _ in },
    trialEpoch: @escaping @Sendable (TrialEpoch) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(InputError) -> Consultation {
    try checkShapes()
    var fit = fit
    if !knowsFitArguments { fit.epochs = TrainingRun.assumedEpochs }
    let rows =
      data ?? (trainsOnScript ? scriptData.flatMap { script?.dataSet(facts: $0) } : nil)
    // Rules need no rows in memory.
    var run =
      options.isQuick
      ? nil
      : try rows.flatMap { rows throws(InputError) in
        try loaded(rows, fit)
      }
    // The weights of a script's model are drawn; each seed of a trial draws its own.
    if data == nil { run?.weights = [:] }
    let doctor = Doctor(
      options: options, backend: CPUBackend(), progress: progress, findings: findings,
      trialEpoch: trialEpoch, isCancelled: isCancelled)
    let start = ContinuousClock.now
    var consultation = doctor.consult(facts, run: run)
    if !options.isQuick, let run, let replay = replayed(run) {
      let settled = replay.verdict == .disagrees ? Judgement(facts).found.map(\.id) : []
      consultation.certify(by: replay, settled: Set(settled))
    }
    // What is neither probe nor trial is reading and rules.
    let timing = consultation.report.timing
    let all = readingTime + start.duration(to: .now)
    consultation.report.timing.statics = max(0, all / .seconds(1) - timing.probes - timing.trials)
    if let data, let facts = consultation.report.run?.data {
      do {
        consultation.report.run?.data?.histograms = try ColumnHistogram.standingOut(
          of: data.inputs, facts: facts.features)
      } catch { throw unread(error) }
    }
    if let trialSample, run != nil { consultation.report.tellTrials(ran: trialSample) }
    consultation.report.nameSuspectRows()
    script?.locate(&consultation.report, model: facts.model)
    // A script that cannot be patched says so when a patch is asked for.
    consultation.report.patch = try? scriptPatch(consultation)?.diff
    if script != nil, data == nil, !trainsOnScript {
      consultation.report.askForData(knowsModel: facts.model != nil && facts.compilation != nil)
    }
    if let scriptData {
      let arrays = scriptData.features + [scriptData.targets].compactMap { $0 }
      consultation.report.tellSamples(
        knowsRows: !arrays.contains { $0.unknown?.contains(.rows) ?? false })
    }
    return consultation
  }

  /// The run with its rows in memory; `nil` where a part is missing.
  private func loaded(_ data: DataSet, _ fit: FitFacts) throws(InputError) -> Run? {
    guard let model else { return nil }
    do {
      return try Run(model, data: data, fit: fit, environment: environment, recorded: recorded)
    } catch { throw unread(error) }
  }

  /// What reading rows in the middle of something came to.
  func unread(_ error: any Error) -> InputError {
    error as? InputError ?? InputError(RunProblem.unfit("\(error)"), in: subject)
  }

  /// On which of the rows trials run, where that is not all of them because memory would not hold them:
  /// `a sample of 500000 of 2000000 rows`.
  public var trialSample: String? {
    guard let rows = data?.trainingRows else { return nil }
    let count = RunRows.count(of: rows)
    return count < rows.rowCount ? "a sample of \(count) of \(rows.rowCount) rows" : nil
  }

  /// Data of another shape than the model's inputs is never broadcast or cut: there is nothing to
  /// diagnose in a run that cannot be.
  private func checkShapes() throws(InputError) {
    guard let model = model?.model, model.isRunnable, let data, let rows = data.trainingRows else {
      return
    }
    do {
      _ = try rows.fitted(to: model, what: "training data")
      _ = try data.validationRows?.fitted(to: model, what: "validation data")
    } catch {
      throw InputError(RunProblem.unfit("\(error)"), in: subject)
    }
  }

  /// The bytes of the repaired `.keras` file; `nil` if no remedy was proven.
  ///
  /// Weights that the remedy keeps are those of the original, bit by bit.
  ///
  /// - Parameter consultation: what a diagnosis came to.
  public func repairedFile(_ consultation: Consultation) throws -> [UInt8]? {
    try consultation.repairedFile(source: model)
  }
}
