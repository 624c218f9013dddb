import CaseFile
import Diagnosis
import Treatment

/// What can be said of a run while it still trains, from what is recorded of it so far.
public struct FirstVerdict: Hashable, Sendable {
  /// What the loss does, or what the cause is, in one sentence.
  public let text: String
  /// The cause, if the sentence names one.
  public let cause: String?

  /// A loss that has not moved for as many epochs stands still; a few epochs are needed by any run.
  static let patience = 5
  /// A loss that rises does so for more than a wobble or two.
  static let risingEpochs = 3

  /// Judges a run by rules and record alone, which takes milliseconds.
  ///
  /// - Returns: `nil` while nothing is wrong beyond doubt.
  public init?(_ run: TrainingRun) {
    guard let report = try? run.diagnosed(options: Doctor.Options(isQuick: true)).report else {
      return nil
    }
    let cause = report.verdict == .fault ? report.causes.first : nil
    let epochs = run.recorded?.history["loss"]?.count ?? 0
    if let cause, cause.isProven {
      self.init(text: report.headline, cause: cause.id)
    } else if let place = FirstVerdict.broken(run.recorded) {
      // A cause that only a trial could settle is named as a hint.
      let hint = cause.map { "; perhaps \($0.headline)" } ?? ""
      self.init(text: "the loss is not a number from \(place) on\(hint)", cause: cause?.id)
    } else {
      let enough =
        report.complaint.symptom == .rising ? FirstVerdict.risingEpochs : FirstVerdict.patience
      guard [.rising, .stuck, .oscillating].contains(report.complaint.symptom), epochs >= enough
      else { return nil }
      let hint = cause.map { "; perhaps \($0.headline)" } ?? ""
      self.init(
        text: "after \(epochs) epochs \(report.complaint.text)\(hint)", cause: cause?.id)
    }
  }

  private init(text: String, cause: String?) {
    self.text = text
    self.cause = cause
  }

  /// Since when the loss is not a number.
  private static func broken(_ recorded: RecordedRun?) -> String? {
    if let batch = recorded?.batches?.first(where: { !$0.loss.isFinite }) {
      return "step \(batch.first) of epoch \(batch.epoch)"
    }
    return recorded?.history["loss"]?.firstIndex { !$0.isFinite }.map { "epoch \($0 + 1)" }
  }
}
