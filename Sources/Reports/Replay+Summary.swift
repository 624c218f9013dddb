package import CaseFile

extension Replay {
  /// Differences below this are those of float32 arithmetic in another order.
  private static let smallestTold = 1e-7

  /// What the replay came to, in one sentence.
  package var summary: String {
    var parts: [String] = []
    if steps > 0 {
      let share = max(largestDifference, Replay.smallestTold)
      parts.append(
        "\(steps) recorded \(steps == 1 ? "step" : "steps") computed again, loss equal to within "
          + NumberText.short(share))
    }
    if let disagreement {
      parts.append(
        "step \(disagreement.step) has the loss \(NumberText.short(disagreement.recorded)) there and "
          + "\(NumberText.short(disagreement.own)) here, so trials are not certified")
    }
    if let reason {
      parts.append(steps > 0 ? reason : "the recorded steps cannot be compared: \(reason)")
    }
    return parts.joined(separator: "; ")
  }
}
