import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct LossTests {
  @Test func valuesAndGradientsAreKeras() throws {
    var covered: Set<String> = []
    for entry in try Golden.entries("losses.json") {
      let name = try #require(entry["class_name"]?.string)
      let config = try #require(entry["config"])
      covered.insert(name)
      let function = try LossFunction(
        configuration: ["class_name": .string(name), "config": config])
      let y = try #require(entry["y_true"]?.tensor)
      let p = try #require(entry["y_pred"]?.tensor)
      let weights = entry["sample_weight"]?.tensor
      var graph = Graph()
      let prediction = graph.input(1, shape: p.shape)
      let loss = try function.batchLoss(
        target: graph.input(0, shape: y.shape),
        prediction: Prediction(value: prediction, numerics: .clipped),
        weights: weights.map { graph.input(2, shape: $0.shape) }, in: &graph)
      let gradient = graph.gradients(of: loss, withRespectTo: [prediction])[0]
      let found = try run(
        graph, [loss, gradient], inputs: [y, p] + (weights.map { [$0] } ?? []))
      let label = "\(name) \(entry["note"]?.string ?? "") \(y.shape) \(p.shape)"
      let wanted = Float(try #require(entry["value"]?.double))
      #expect(deviation(found[0].scalars, [wanted]) < 1e-5, "\(label)")
      // Where an absolute value is 0, Keras' backends differ: TensorFlow has the gradient 0.
      if entry["note"]?.string == "equal", name == "MeanAbsoluteError" { continue }
      let slope = try #require(entry["gradient"]?.tensor)
      #expect(deviation(found[1].scalars, slope.scalars) < 2e-5, "gradient of \(label)")
    }
    #expect(covered == Set(LossCatalogue.all.map { type in type.className }))
  }

  @Test(
    "reductions come under the names of Keras 2 and 3",
    arguments: [
      ("auto", .sumOverBatchSize), ("none", .none), (.null, .none), ("sum", .sum),
    ] as [(JSONValue, LossFunction.Reduction)])
  func readsReductions(_ written: JSONValue, _ reduction: LossFunction.Reduction) throws {
    let function = try LossFunction(
      configuration: ["class_name": "MeanSquaredError", "config": ["reduction": written]])
    #expect(function.reduction == reduction)
  }

  @Test(arguments: [("heads.json", LossNumerics.clipped), ("heads_tensorflow.json", .fused)])
  func lossesBehindActivationsFollowTheirBackend(_ file: String, numerics: LossNumerics) throws {
    for entry in try Golden.entries(file) {
      let logits = try #require(entry["logits"]?.tensor)
      let y = try #require(entry["y_true"]?.tensor)
      let name = try #require(entry["class_name"]?.string)
      let head = try #require(entry["activation"]?.string)
      let function = try LossFunction(
        configuration: ["class_name": .string(name), "config": try #require(entry["config"])])
      var graph = Graph()
      let z = graph.input(0, shape: logits.shape)
      let activation = try ActivationCatalogue.activation(.string(head))
      let p = try activation.apply(z, in: &graph)
      let loss = try function.batchLoss(
        target: graph.input(1, shape: y.shape),
        prediction: Prediction(
          value: p, logits: activation.keepsLogits ? z : nil, numerics: numerics),
        weights: nil, in: &graph)
      let gradient = graph.gradients(of: loss, withRespectTo: [z])[0]
      let found = try run(graph, [loss, gradient], inputs: [logits, y])
      let fromLogits = entry["config"]?["from_logits"]?.bool ?? false
      let label = "\(head) \(name) \(entry["note"]?.string ?? "") \(fromLogits)"
      let wanted = Float(try #require(entry["value"]?.double))
      #expect(deviation(found[0].scalars, [wanted]) < 1e-5, "\(label)")
      let slope = try #require(entry["gradient"]?.tensor)
      #expect(deviation(found[1].scalars, slope.scalars) < 2e-5, "gradient of \(label)")
    }
  }

  @Test func stringsAreThoseOfKeras() throws {
    for name in [
      "mse", "MSE", "mean_squared_error", "MeanSquaredError", "bce", "mae", "mape", "msle", "kld",
      "huber", "log_cosh", "hinge", "poisson", "cosine_similarity", "crossentropy",
    ] { _ = try LossFunction(configuration: .string(name)) }
    for name in ["logcosh", "nll", "my_loss"] {
      #expect(throws: ConfigurationError.self) {
        _ = try LossFunction(configuration: .string(name))
      }
    }
  }

  @Test func shapesThatDoNotFitAreErrorsAndNeverBroadcast() throws {
    let cases: [(String, Shape, Shape)] = [
      ("mse", [4], [4, 4]), ("mse", [4, 3], [4, 1]), ("categorical_crossentropy", [4], [4, 3]),
      ("sparse_categorical_crossentropy", [4, 3], [4, 3]), ("bce", [4, 2], [4, 3]),
    ]
    for (name, target, prediction) in cases {
      let function = try LossFunction(configuration: .string(name))
      var graph = Graph()
      let y = graph.input(0, shape: target)
      let p = graph.input(1, shape: prediction)
      let error = #expect(throws: ShapeError.self) {
        _ = try function.batchLoss(
          target: y, prediction: Prediction(value: p), weights: nil, in: &graph)
      }
      #expect("\(error as Any)".contains("\(target)"), "\(name)")
      #expect("\(error as Any)".contains("\(prediction)"), "\(name)")
    }
  }
}
