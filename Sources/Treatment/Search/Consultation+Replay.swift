package import CaseFile
import Diagnosis

extension Consultation {
  /// A finding of trials that are not certified is worth half of what it was.
  private static let uncertifiedFactor = 0.5

  /// Notes how far the engine agrees with the recorded run. Where it does not, trials prove nothing of
  /// that run: what rests on them is no longer proven, and there is no repaired file.
  ///
  /// - Parameter settled: The causes that rules settle without any trial.
  package mutating func certify(by replay: Replay, settled: Set<String>) {
    report.replay = replay
    guard replay.verdict == .disagrees, let found = replay.disagreement else { return }
    repaired = nil
    let evidence = Evidence(
      "step \(found.step) of the recorded run has the loss \(figure(found.recorded)), computed here it is "
        + "\(figure(found.own)): what trials show is not certified for that run", basis: .probe)
    for index in report.causes.indices where !report.causes[index].trials.isEmpty {
      report.causes[index].evidence.append(evidence)
      guard !settled.contains(report.causes[index].id) else { continue }
      report.causes[index].isProven = false
      report.causes[index].confidence *= Consultation.uncertifiedFactor
    }
  }
}
