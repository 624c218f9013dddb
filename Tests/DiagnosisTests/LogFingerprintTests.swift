import CaseFile
import Diagnosis
import Testing

/// What bare numbers give away, and what they do not.
struct LogFingerprintTests {
  private func mark(_ history: [String: [Double]], batches: [BatchLoss]? = nil) -> LogFingerprint? {
    var facts = CaseFile()
    facts.recorded = RecordedRun(status: .finished, history: history, batches: batches)
    return LogFingerprint(facts)
  }

  @Test(arguments: [15.33, 15.94, 16.12])
  func aClippedLossTellsOfPinnedOutputs(_ value: Double) {
    let accuracies = [Double](repeating: 0.375, count: 5)
    #expect(
      mark(["loss": accuracies.map { value * (1 - $0) }, "accuracy": accuracies])
        == .saturated(perWrongRow: value))
  }

  @Test func pinnedRegressionsAreSeen() {
    #expect(
      mark(["loss": [0.4542, 0.4542, 0.4542], "accuracy": [0.5458, 0.5458, 0.5458]])
        == .complementary)
    #expect(mark(["loss": [0, 0, 0], "accuracy": [0.2, 0.2, 0.2]]) == .nothingToLearn)
    #expect(mark(["loss": [32.57, 32.57, 32.57]]) == .unmoved(loss: 32.57))
  }

  @Test(arguments: [2, 3, 10])
  func equalOddsAreSeen(_ classes: Int) {
    let printed: [Int: Double] = [2: 0.6931, 3: 1.0986, 10: 2.3026]
    let odds: Double = printed[classes] ?? 0
    let losses: [Double] = [odds + 0.01, odds, odds, odds]
    #expect(
      mark(["loss": losses, "accuracy": [0.3, 0.31, 0.3, 0.32]])
        == .equalOdds(classes: classes))
  }

  @Test func aLossTooLowForItsAccuracyIsSeen() {
    #expect(
      mark([
        "loss": [0.74, 0.3, 0.05, 0.02], "accuracy": [0.04, 0.5, 0.63, 0.63],
      ]) == .lossWithoutRows(loss: 0.02, accuracy: 0.63))
  }

  @Test func theFirstStepTellsNaNOfTheDataFromNaNOfTheRate() {
    func batch(_ first: Int, _ last: Int, _ loss: Double) -> BatchLoss {
      BatchLoss(epoch: 1, first: first, last: last, loss: loss)
    }
    #expect(mark(["loss": [.nan, .nan]], batches: [batch(1, 1, .nan)]) == .nanFromTheStart)
    #expect(
      mark(["loss": [.nan, .nan]], batches: [batch(1, 1, 0.7), batch(2, 2, .nan)])
        == .nanLate(epoch: 1))
    // A mean over many steps does not tell.
    #expect(mark(["loss": [.nan, .nan]], batches: [batch(1, 23, .nan)]) == nil)
    #expect(mark(["loss": [0.7, 0.5, .nan]]) == .nanLate(epoch: 3))
  }

  @Test func lossesThatNoSoundRunHasAreSeen() {
    #expect(mark(["loss": [1.2e23, 7.6e19, 2.1e16]]) == .astronomical(loss: 1.2e23))
    #expect(
      mark(["loss": [0.68, 0.5, -3.34], "accuracy": [0.45, 0.39, 0.31]])
        == .negativeOfClasses(loss: -3.34))
    #expect(
      mark([
        "loss": [2.06, 1.53, 0.12], "accuracy": [0.37, 0.75, 0.98],
        "val_loss": [5.64, 2.15, 0.4], "val_accuracy": [0.62, 0.86, 0.97],
      ]) == .overconfident(validation: 5.64, training: 2.06))
  }

  @Test(arguments: [
    ["loss": [0.69, 0.4, 0.2, 0.1], "accuracy": [0.5, 0.8, 0.93, 0.97]],
    ["loss": [2.1, 1.2, 0.8, 0.7], "accuracy": [0.2, 0.6, 0.7, 0.75]],
    ["loss": [0.08, 0.03, 0.02], "accuracy": [0.5, 0.8, 0.85]],
    ["loss": [5.1, 3.2, 2.2, 2.1]],
    ["loss": [0.6], "accuracy": [0.7]],
    [
      "loss": [0.80, 0.40, 0.26], "accuracy": [0.64, 0.83, 0.95],
      "val_loss": [0.80, 0.57, 0.55], "val_accuracy": [0.69, 0.73, 0.77],
    ],
  ])
  func runsThatLearnLeaveNoMark(_ history: [String: [Double]]) {
    #expect(mark(history) == nil)
  }
}
