import CaseFile
import Diagnosis
import Dispatch
import Engine
import KerasFiles
import Networks
import Synchronization
import Tensors
import Training

/// What the user's own model, trained on the other rows, says of each label: confident learning
/// (Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset labels", 2021).
///
/// The rows are divided into folds; a model is trained on all folds but one and predicts that one, all
/// models side by side. A class' threshold is the mean probability that its own rows get for it. A row
/// whose label stays below the threshold of another class that reaches its own is a suspect.
struct LabelAuditProbe {
  /// The run.
  let run: Run
  /// Trains models.
  let runner: TrialRunner
  /// For how many epochs: short of learning labels by heart.
  let epochs: Int

  /// Three quarters of the rows are learned from each time.
  private static let folds = 4
  /// Fewer rows a class and fold leave its threshold to chance.
  private static let minimumRows = 80

  /// Makes the audit; `nil` for targets that are no classes, for too few rows, and where training fails.
  func measure() -> LabelAudit? {
    let rows = run.data.training
    guard rows.rowCount >= Self.minimumRows, rows.targets.count == 1,
      let targets = rows.targets.first,
      let labels = ClassBalance.labels(targets),
      let loss = LossReading(CompileFacts(kerasConfiguration: run.compilation)), loss.isCrossentropy
    else { return nil }
    let order = RandomNumbers(seed: 1, purpose: .probing, stream: 3).permutation(rows.rowCount)
    let parts = (0..<Self.folds).map { fold in
      order.enumerated().filter { $0.offset % Self.folds == fold }.map(\.element).sorted()
    }
    let predictions = Mutex([[[Float]]?](repeating: nil, count: Self.folds))
    DispatchQueue.concurrentPerform(iterations: Self.folds) { fold in
      let result = try? predict(
        without: Set(parts[fold]), rows: parts[fold], areLogits: loss.fromLogits)
      predictions.withLock { $0[fold] = result }
    }
    let found = predictions.withLock { $0.compactMap { $0 } }
    guard found.count == Self.folds else { return nil }
    let heldOutCount = run.data.heldOut?.rowCount ?? 0
    let classes = found[0].first?.count ?? 0
    guard classes > 1, labels.allSatisfy({ (0..<classes).contains($0) }) else { return nil }
    var own = [[Float]](repeating: [], count: rows.rowCount)
    var heldOut = [[Float]](
      repeating: [Float](repeating: 0, count: classes), count: heldOutCount)
    for (part, predicted) in zip(parts, found) {
      for (row, values) in zip(part, predicted) { own[row] = values }
      for (row, values) in predicted.dropFirst(part.count).enumerated() {
        for index in values.indices { heldOut[row][index] += values[index] }
      }
    }
    guard own.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    let suspects = Self.suspects(own, labels: labels, classes: classes)
    return LabelAudit(
      suspects: suspects.rows.map { run.data.userNumber($0) }.sorted(),
      share: suspects.judged > 0 ? Double(suspects.rows.count) / Double(suspects.judged) : 0,
      agreement: Self.agreement(own, labels),
      heldOutAgreement: run.data.heldOut?.targets.first.flatMap(ClassBalance.labels).map {
        Self.agreement(heldOut, $0)
      }, folds: Self.folds,
      rows: zip(suspects.rows, suspects.likely).map { row, likely in
        SuspectRow(
          row: run.data.userNumber(row), found: "label \(labels[row])",
          expected: "label \(likely)", confidence: 1 - Double(own[row][labels[row]]))
      }.sorted { ($0.confidence ?? 0, $1.row) > ($1.confidence ?? 0, $0.row) })
  }

  /// Trains without some rows and predicts those, then the held-out rows.
  private func predict(
    without left: Set<Int>, rows: [Int], areLogits: Bool
  ) throws -> [[Float]] {
    var part = run
    let kept = (0..<run.data.training.rowCount).filter { !left.contains($0) }
    // Callbacks watch a validation loss that is not computed here.
    part.callbacks = []
    part.data = RunData(training: run.data.training.picked(kept), heldOut: nil)
    let state = try runner.trained(TrialRunner.Job(run: part, seed: 1, epochs: epochs)).state
    let trainer = try run.trainer(on: runner.backend)
    let arrays =
      [run.data.training.picked(rows).inputs] + [run.data.heldOut?.inputs].compactMap(\.self)
    return try arrays.flatMap { inputs in
      let output = try trainer.predict(state, inputs: inputs, batchSize: 256)[0]
      return (0..<output.rowCount).map { row -> [Float] in
        let values = Array(
          output.scalars[row * output.rowLength..<(row + 1) * output.rowLength])
        // A single output says the probability of class 1, or its logit.
        if values.count == 1 {
          let one = areLogits ? Float(1 / (1 + exponential(-Double(values[0])))) : values[0]
          return [1 - one, one]
        }
        return areLogits ? Self.softmax(values) : values
      }
    }
  }

  /// The rows of which another class is predicted by the standards of both classes, that class, and
  /// how many rows reach the threshold of any class.
  private static func suspects(
    _ predictions: [[Float]], labels: [Int], classes: Int
  ) -> (rows: [Int], likely: [Int], judged: Int) {
    var (sums, counts) = (
      [Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes)
    )
    for (values, label) in zip(predictions, labels) {
      sums[label] += Double(values[label])
      counts[label] += 1
    }
    let thresholds = zip(sums, counts).map { $1 > 0 ? $0 / $1 : .infinity }
    var (rows, classes, judged) = ([Int](), [Int](), 0)
    for (row, values) in predictions.enumerated() {
      let reached = values.indices.filter { Double(values[$0]) >= thresholds[$0] }
      guard let likely = reached.max(by: { values[$0] < values[$1] }) else { continue }
      judged += 1
      guard likely != labels[row] else { continue }
      rows.append(row)
      classes.append(likely)
    }
    return (rows, classes, judged)
  }

  private static func softmax(_ logits: [Float]) -> [Float] {
    let largest = logits.max() ?? 0
    let powers = logits.map { exponential(Double($0 - largest)) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }

  private static func agreement(_ predictions: [[Float]], _ labels: [Int]) -> Double {
    let right = zip(predictions, labels).count { values, label in
      values.indices.max { values[$0] < values[$1] } == label
    }
    return labels.isEmpty ? 0 : Double(right) / Double(labels.count)
  }
}
