package import CaseFile

extension Complaint {
  /// What the recorded (or, without a record, the repeated) run does wrong.
  package init(_ facts: CaseFile) {
    let recorded = facts.recorded?.history ?? [:]
    let history = recorded.isEmpty ? facts.measurements?.baseline.first?.history ?? [:] : recorded
    let losses = history["loss"] ?? []
    let validation = history["val_loss"] ?? []
    guard let first = losses.first, let last = losses.last else {
      let error = facts.recorded?.errorLine.map { ": \($0)" } ?? ""
      self =
        facts.recorded?.status == .raised
        ? Complaint(symptom: .stuck, text: "the program stopped with an error\(error)")
        : Complaint(symptom: .none, text: "no curve was recorded")
      return
    }
    if let epoch = losses.firstIndex(where: { !$0.isFinite }) {
      self = Complaint(
        symptom: .nan, sinceStep: epoch + 1,
        text: "the loss is not a number from epoch \(epoch + 1)")
      return
    }
    if let growth = GeometricGrowth(losses) {
      self = Complaint(
        symptom: .rising, sinceStep: losses.count - growth.epochs + 1,
        text: "the loss rises \(figure(growth.ratio))-fold every epoch")
      return
    }
    let lowest = losses.enumerated().min { $0.element < $1.element } ?? (0, first)
    if last > RunHealth.risingRatio * abs(lowest.element), lowest.offset < losses.count - 1,
      last - lowest.element > Complaint.visibleShare * abs(first)
    {
      self = Complaint(
        symptom: .rising, sinceStep: lowest.offset + 2,
        text: "the loss rises from \(figure(lowest.element)) to \(figure(last)) since epoch"
          + " \(lowest.offset + 2)")
      return
    }
    if let trend = Trend(risingTo: losses),
      last - losses[trend.start] > Complaint.visibleShare * abs(first)
    {
      self = Complaint(
        symptom: .rising, sinceStep: trend.start + 2,
        text: "the loss rises from \(figure(losses[trend.start])) to \(figure(last)) since epoch"
          + " \(trend.start + 2)")
      return
    }
    if let gap = Complaint.gap(losses, validation) {
      self = gap
      return
    }
    let health = RunHealth(facts)
    switch health?.state {
    case .stuck:
      self = Complaint(
        symptom: Complaint.isOscillating(losses) ? .oscillating : .stuck,
        text: "the loss stays between \(figure(lowest.element)) and \(figure(losses.max() ?? last))"
      )
    case .learning where Complaint.isOscillating(losses):
      self = Complaint(symptom: .oscillating, text: "the loss goes up and down by turns")
    case .learning where (health?.skill ?? 1) < 0.5:
      self = Complaint(
        symptom: .slow, text: "the loss falls slowly, from \(figure(first)) to \(figure(last))")
    default:
      self = Complaint(
        symptom: .none, text: "the loss falls from \(figure(first)) to \(figure(last))")
    }
  }

  /// A rise of less than this share of the first loss is a wobble near the end of a good run.
  private static let visibleShare = 0.05

  /// Validation loss that turned around while the training loss went on falling.
  private static func gap(_ losses: [Double], _ validation: [Double]) -> Complaint? {
    guard let lowest = validation.enumerated().min(by: { $0.element < $1.element }),
      let last = validation.last, let training = losses.last, losses.count == validation.count,
      validation.allSatisfy(\.isFinite)
    else { return nil }
    let isRising =
      last > RunHealth.risingRatio * abs(lowest.element) || Trend(risingTo: validation) != nil
    guard isRising, training < losses[lowest.offset], last > training else { return nil }
    return Complaint(
      symptom: .generalisationGap, series: "val_loss", sinceStep: lowest.offset + 2,
      text:
        "the validation loss rises from \(figure(lowest.element)) to \(figure(last)) since epoch"
        + " \(lowest.offset + 2) while the training loss falls")
  }

  /// Turns at most epochs, by a large share of the loss each.
  private static func isOscillating(_ losses: [Double]) -> Bool {
    guard losses.count >= 6 else { return false }
    let steps = zip(losses.dropFirst(), losses).map { $0 - $1 }
    let turns = zip(steps, steps.dropFirst()).filter { $0 * $1 < 0 }.count
    let size = steps.map(abs).reduce(0, +) / Double(steps.count)
    let level = losses.map(abs).reduce(0, +) / Double(losses.count)
    // A healthy noisy curve turns often too, but by a few per cent of its level.
    return Double(turns) > 0.5 * Double(steps.count) && size > 0.2 * level
  }
}
