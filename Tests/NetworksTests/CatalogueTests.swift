import Foundation
import Networks
import TestSupport
import Testing

/// Nothing is written and then forgotten: every file of a catalogue's folder is in its list.
@Suite struct CatalogueTests {
  static let folders: [(folder: String, types: [String], others: Set<String>)] = [
    (
      "Layers", LayerCatalogue.all.map { type in "\(type)" },
      [
        "Layer", "LayerScope", "LayerCatalogue", "LayerActivation", "AffineArguments",
        "AdaptivePoolingLayer", "Layer+Calling", "MergingLayer", "GlobalPoolingLayer",
        "ConvolutionLayer", "InnerLayer", "PoolingLayer", "SlidingWindow", "Margins",
        "DropoutArguments", "SpatialDropoutLayer", "WeightArguments", "ConvolutionEnd",
        "TransposedConvolutionLayer", "DepthwiseConvolutionLayer",
      ]
    ),
    ("Attention", [], ["DotAttention", "HeadArguments", "HeadedAttention"]),
    (
      "Recurrent", CellCatalogue.all.map { type in "\(type)" },
      [
        "CellArguments", "CellCatalogue", "ConvolutionalMemory", "ConvolutionalMemoryLayer",
        "RecurrentArguments", "RecurrentCell", "RecurrentLayer",
      ]
    ),
    (
      "Operations", OperationCatalogue.files,
      ["OperationCall", "OperationCatalogue", "OperationLayer"]
    ),
    (
      "Activations", ActivationCatalogue.all.map { type in "\(type)" },
      ["Activation", "ActivationCatalogue", "Graph+Activations"]
    ),
    (
      "Initializers", InitializerCatalogue.all.map { type in "\(type)" },
      ["Initializer", "InitializerCatalogue", "FanMode", "RandomNumbers+Distributions"]
    ),
    (
      "Regularizers", RegularizerCatalogue.all.map { type in "\(type)" },
      ["Regularizer", "RegularizerCatalogue"]
    ),
    (
      "Constraints", ConstraintCatalogue.all.map { type in "\(type)" },
      ["Constraint", "ConstraintCatalogue"]
    ),
    (
      "Losses", LossCatalogue.all.map { type in "\(type)" },
      ["Loss", "LossCatalogue", "LossFunction", "Graph+Losses", "Graph+SampleWeights"]
    ),
    (
      "Metrics", MetricCatalogue.all.map { type in "\(type)" },
      [
        "Metric", "MetricCatalogue", "MetricFunction", "ConfusionMetric", "ThresholdCounting",
        "FScoreMetric", "OverlapMetric",
      ]
    ),
  ]

  @Test(arguments: folders.map(\.folder))
  func everyFileIsRegistered(_ folder: String) throws {
    let entry = try #require(Self.folders.first { $0.folder == folder })
    let path = Fixtures.project.appending(path: "Sources/Networks/\(folder)").path()
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
      .map { $0.replacing(".swift", with: "") }
    #expect(Set(files).subtracting(entry.others) == Set(entry.types))
    #expect(entry.types == entry.types.sorted())
  }

  @Test func classNamesTurnIntoKerasVariableNames() {
    let names = [
      "Dense": "dense", "BatchNormalization": "batch_normalization", "Conv2D": "conv2d",
      "Conv2DTranspose": "conv2d_transpose", "PReLU": "p_re_lu", "LeakyReLU": "leaky_re_lu",
      "ReLU": "re_lu", "LSTM": "lstm", "SimpleRNN": "simple_rnn", "ConvLSTM2D": "conv_lstm2d",
      "RMSprop": "rm_sprop", "ELU": "elu", "GlobalAveragePooling1D": "global_average_pooling1d",
    ]
    for (name, wanted) in names { #expect(snakeCase(name) == wanted) }
  }
}
