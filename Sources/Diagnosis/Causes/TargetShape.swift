import CaseFile
import JSON

/// Targets and outputs of different shapes that broadcast without a word.
struct TargetShape: Cause {
  let id = "target-shape"
  let title = "targets and outputs of different shapes are broadcast"
  let needs: [Need] = [.model, .labels]
  let explanation = """
    A loss compares targets and outputs element by element. Where their shapes differ, NumPy's rules of \
    broadcasting repeat the smaller one: one number a row is compared with each of twenty outputs of the \
    row, or with the outputs of all other rows. Nothing stops, the loss is a number, and the best that \
    the model can do is to say the mean. Keras adds or drops a last axis of extent 1 by itself, so (N,) \
    against (N, 1) is fine; a recurrent layer that returns its whole sequence before the last Dense \
    layer, or targets with an axis too many, are not. Recognised from the shapes. Cured by the shape that \
    the task has: return_sequences=False, or targets reshaped.
    """

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return lacking(.model) }
    guard let targets = reading.targets else { return lacking(.labels) }
    guard [.regression, .binary].contains(reading.loss.family) else {
      return .ruledOut("\(reading.loss.name) does not compare element by element")
    }
    guard let output = reading.head.shape, !output.contains(nil) else {
      return .notExamined(needs: [.model], hint: "the shape of the output is not known")
    }
    let pair = ShapePair(
      target: Array(targets.shape.dropFirst()), output: output.compactMap(\.self))
    guard pair.isBroadcast, pair.target.count != pair.output.count else {
      return .ruledOut(
        "targets \(TargetShape.text(pair.target)) and outputs \(TargetShape.text(pair.output)) of a"
          + " row belong together")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true,
        summary: "a row of the targets has the shape \(TargetShape.text(pair.target)), a row of the"
          + " output \(TargetShape.text(pair.output)): they are broadcast against each other",
        evidence: [
          Evidence(
            "\(reading.loss.name) compares \(TargetShape.text(targets.shape)) with"
              + " (batch, \(pair.output.map(String.init).joined(separator: ", ")))",
            sample: "all \(targets.rows) rows")
        ], remedy: remedy(facts, pair),
        advice: "bring targets and outputs to the same shape; model.output_shape and y.shape tell"))
  }

  /// A sequence that should have been its last step.
  private func remedy(_ facts: CaseFile, _ pair: ShapePair) -> Remedy? {
    let recurrent = facts.model?.layers.last {
      $0.configuration["return_sequences"]?.bool == true
    }
    guard let recurrent, pair.output.count == pair.target.count + 1 || pair.target.isEmpty else {
      return nil
    }
    return Remedy(edits: [
      Edit(target: "layers.\(recurrent.name).return_sequences", from: true, to: false)
    ])
  }

  private static func text(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }

  /// The shapes of a row of targets and of output.
  private struct ShapePair {
    var target: [Int]
    var output: [Int]

    /// Whether a loss computes with both although they differ. Keras first adds or drops a last axis
    /// of extent 1 where the ranks differ by one (`squeeze_or_expand_to_same_rank`).
    var isBroadcast: Bool {
      var (first, second) = (target, output)
      if first.count == second.count + 1, first.last == 1 { first.removeLast() }
      if second.count == first.count + 1, second.last == 1 {
        if first.isEmpty { first = [1] } else { second.removeLast() }
      }
      guard first != second else { return false }
      if first.count == second.count {
        return zip(first, second).allSatisfy { $0 == $1 || $0 == 1 || $1 == 1 }
      }
      // With the batch as first axis, a shape that is shorter meets the other's last axes: rows meet
      // steps. Only a row without an axis of its own can do so with every batch.
      return first.isEmpty && second.last == 1
    }
  }

  @_optimize(none) var examples: [Example] {
    func sequence(_ output: [Int], _ targets: [Int]) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse",
        y: .spread(rows: 200, columns: targets.reduce(1, *))
      ) { facts in
        guard let last = facts.model?.layers.indices.last else { return }
        facts.model?.layers[last].outputShape = output
        facts.data?.targets?.shape = [200] + targets
      }
    }
    return [
      .sick(
        "the whole sequence against one number",
        "LSTM(16, return_sequences=True), Dense(1); y of shape (N, 1)", sequence([12, 1], [1])),
      .sick(
        "the same with targets of one axis",
        "LSTM(16, return_sequences=True), Dense(1); y of shape (N,)", sequence([12, 1], [])),
      .healthy(
        "one axis of extent 1 more or less", "Dense(1); y of shape (N,)", sequence([1], [])),
      .healthy(
        "one number a step", "LSTM(16, return_sequences=True), Dense(1); y of shape (N, 12)",
        sequence([12, 1], [12])),
      .healthy(
        "images against images", "Conv2D(1, 1); y of shape (N, 8, 8, 1)",
        sequence([8, 8, 1], [8, 8, 1])),
    ]
  }
}
