import CaseFile

extension CauseFinding {
  /// How far the finding is proven, in a few words.
  func standing(in report: Report) -> String {
    switch (isProven, trials.isEmpty, report.trialsRan) {
    case (true, false, _): "proven by \(trials.count) trials"
    case (true, true, _): "settled by rule"
    case (false, false, _): "not proven by trial"
    case (false, true, true): "not proven"
    case (false, true, false): "not tried"
    }
  }
}
