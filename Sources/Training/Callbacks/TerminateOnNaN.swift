package import Networks

/// Ends the run at the first batch whose loss is not finite.
package struct TerminateOnNaN: Callback, Configurable {
  package static let className = "TerminateOnNaN"
  package static let names = ["terminate_on_nan"]
  package var watchesBatches: Bool { true }

  package init(configuration: Configuration) {}

  package mutating func batchEnds(_ report: BatchReport, _ control: FitControl) {
    guard !report.meanLoss.isFinite else { return }
    control.say("Batch \(report.batch): Invalid loss, terminating training")
    control.stopsTraining = true
  }
}
