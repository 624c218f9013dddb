import CaseFile
import Diagnosis
import KerasFiles
import Tensors
import Training

/// The rows by which a classifier is judged, weighted so that every class counts the same.
struct ClassBalance {
  /// The rows with their weights: held-out ones if all classes occur among them.
  let rows: RunRows
  private let classCount: Int

  /// Below this share of the most frequent class the plain loss tells enough.
  private static let frequentShare = 0.8

  /// For runs with classes of very different frequency; `nil` for others.
  init?(_ run: Run) {
    let compilation = CompileFacts(kerasConfiguration: run.compilation)
    guard let loss = LossReading(compilation), loss.isCrossentropy,
      run.data.training.sampleWeights.isEmpty, let targets = run.data.training.targets.first,
      run.data.training.targets.count == 1
    else { return nil }
    let labels = Self.labels(targets)
    guard let labels, let counts = Self.counts(labels), counts.count > 1,
      Double(counts.values.max() ?? 0) >= Self.frequentShare * Double(labels.count)
    else { return nil }
    classCount = counts.count
    let heldOut = run.data.heldOut
    let heldOutLabels = heldOut?.targets.first.flatMap(Self.labels)
    if let heldOut, let heldOutLabels, let own = Self.counts(heldOutLabels),
      own.count == counts.count
    {
      rows = Self.weighted(heldOut, heldOutLabels, own)
    } else {
      rows = Self.weighted(run.data.training, labels, counts)
    }
  }

  /// The share explained: 0 for a prediction of equal odds, which is the best constant one here.
  func skill(_ loss: Double) -> Double { 1 - loss / logarithm(Double(classCount)) }

  /// Each row's weight is its class' share of all rows, so that the mean over rows is the mean over
  /// classes.
  private static func weighted(
    _ data: RunRows, _ labels: [Int], _ counts: [Int: Int]
  ) -> RunRows {
    var data = data
    let weights = labels.map {
      Float(Double(labels.count) / Double(counts.count * (counts[$0] ?? 1)))
    }
    data.sampleWeights = [Tensor(shape: [weights.count], scalars: weights)]
    return data
  }

  private static func counts(_ labels: [Int]) -> [Int: Int]? {
    let counts = labels.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    // Class numbers are few; more of them are tags of something else.
    return counts.count <= 100 ? counts : nil
  }

  /// The class of each row; `nil` for targets that are no classes.
  static func labels(_ targets: Tensor) -> [Int]? {
    let length = targets.rowLength
    if length == 1 {
      let labels = targets.scalars.map { Int(exactly: $0) }
      return labels.contains(nil) ? nil : labels.compactMap(\.self)
    }
    guard targets.shape.rank == 2 else { return nil }
    var labels: [Int] = []
    for row in 0..<targets.rowCount {
      let values = targets.scalars[row * length..<(row + 1) * length]
      guard values.allSatisfy({ $0 == 0 || $0 == 1 }), values.reduce(0, +) == 1,
        let one = values.firstIndex(of: 1)
      else { return nil }
      labels.append(one - row * length)
    }
    return labels
  }
}
