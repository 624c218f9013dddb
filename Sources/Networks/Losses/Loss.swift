public import Graphs
import Tensors

/// How far predictions are from targets, one number for each sample (each step of a sequence, each
/// pixel): training makes the mean of them small.
public protocol Loss: Configurable {
  /// Builds the losses.
  ///
  /// - Parameters:
  ///   - target: The targets, of the shape that `alignRanks(target:prediction:in:)` made.
  ///   - prediction: The predictions, `[batch, …, outputs]`.
  /// - Returns: The losses, in general of the predictions' shape without the last axis.
  /// - Throws: ``ShapeError`` if targets and predictions do not fit; they are never broadcast.
  func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value
  /// Which of the losses count, 1 or 0; `nil` if all do.
  func mask(target: Value, prediction: Prediction, in graph: inout Graph) throws -> Value?
}

extension Loss {
  /// All.
  public func mask(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value? { nil }
}

/// What a model computed, as losses and metrics see it.
public struct Prediction: Hashable, Sendable {
  /// The model's output.
  public var value: Value
  /// What went into its final sigmoid or softmax, if there is one.
  public var logits: Value?
  /// Whose arithmetic is followed.
  public var numerics: LossNumerics
  /// Which steps of the output count, 1 or 0, `[batch, steps]`; `nil` if all do.
  public var mask: Value?

  /// A prediction.
  public init(
    value: Value, logits: Value? = nil, numerics: LossNumerics = .fused, mask: Value? = nil
  ) {
    self.value = value
    self.mask = mask
    self.logits = numerics == .fused ? logits : nil
    self.numerics = numerics
  }
}

/// Whose arithmetic the crossentropies follow. They differ where a model is sure and wrong.
public enum LossNumerics: String, Hashable, Sendable, CaseIterable {
  /// TensorFlow's: computed from the logits that fed the final sigmoid or softmax. A wrong answer
  /// keeps its full gradient however sure it is.
  case fused
  /// JAX' and PyTorch's: probabilities are clipped to [1e-7, 1 − 1e-7], and where they are clipped
  /// the gradient is exactly 0.
  case clipped
}

/// Brings targets and predictions to the same rank as Keras does, when they differ by a last axis
/// of extent 1: `(n,)` against `(n, 1)`.
package func alignRanks(
  target: Value, prediction: Prediction, in graph: inout Graph
) -> (target: Value, prediction: Prediction) {
  let (a, b) = (graph.shape(target), graph.shape(prediction.value))
  var (target, prediction) = (target, prediction)
  func reshaped(_ value: Value, dropping: Bool) -> Value {
    let extents = graph.shape(value).extents
    return graph.reshape(value, to: Shape(dropping ? Array(extents.dropLast()) : extents + [1]))
  }
  if a.rank == b.rank + 1, a.extents.last == 1 {
    if b.rank == 1 {
      prediction = Prediction(
        value: reshaped(prediction.value, dropping: false), numerics: prediction.numerics,
        mask: prediction.mask)
    } else {
      target = reshaped(target, dropping: true)
    }
  } else if b.rank == a.rank + 1, b.extents.last == 1 {
    if a.rank == 1 {
      target = reshaped(target, dropping: false)
    } else {
      // TensorFlow forgets the logits as well when the prediction is reshaped.
      prediction = Prediction(
        value: reshaped(prediction.value, dropping: true), numerics: prediction.numerics,
        mask: prediction.mask)
    }
  }
  return (target, prediction)
}

extension Loss {
  /// Checks that targets and predictions have the same shape.
  package func requireEqualShapes(
    _ target: Value, _ prediction: Prediction, in graph: Graph, advice: String = ""
  ) throws {
    let (a, b) = (graph.shape(target), graph.shape(prediction.value))
    if a != b {
      throw ShapeError(
        loss: "loss \(Self.className)", target: a, prediction: b, advice: advice)
    }
  }

  /// Checks that all axes of a list are there.
  package func requireAxes(_ axes: [Int]?, of value: Value, in graph: Graph) throws {
    let shape = graph.shape(value)
    guard axes?.allSatisfy((-shape.rank..<shape.rank).contains) ?? true else {
      throw ShapeError(
        subject: "loss \(Self.className)", found: "values of shape \(shape)",
        expected: "axes \(axes ?? [])")
    }
  }

  /// The means over the last axis.
  package func lastAxisMean(_ value: Value, in graph: inout Graph) -> Value {
    graph.shape(value).rank == 0 ? value : graph.mean(value, axes: [-1])
  }
}
