public import JSON

/// What is known of a model: its layers as configured, and statistics of its weights.
public struct ModelFacts: Codable, Hashable, Sendable {
  /// The name of the model.
  public var name: String
  /// Keras' class: `Sequential`, `Functional`, or that of a subclass.
  public var className: String
  /// The layers in the order of `model.layers`, input layers included.
  public var layers: [LayerFacts]
  /// The names of the layers through which the inputs enter, in the order of the inputs; `nil`: not
  /// known.
  public var inputLayers: [String]?
  /// The names of the layers whose results are the model's outputs.
  public var outputLayers: [String]
  /// How many steps the saved optimizer has taken; `nil` if none was saved.
  public var optimizerIterations: Int?

  /// Facts of a model.
  public init(
    name: String, className: String, layers: [LayerFacts], inputLayers: [String]? = nil,
    outputLayers: [String], optimizerIterations: Int? = nil
  ) {
    self.name = name
    self.className = className
    self.layers = layers
    self.inputLayers = inputLayers
    self.outputLayers = outputLayers
    self.optimizerIterations = optimizerIterations
  }

  /// The layer with a name.
  public func layer(named name: String) -> LayerFacts? { layers.first { $0.name == name } }

  /// The layers that compute in half precision. Downhill computes them in single precision: what
  /// overflows or vanishes there, their `epsilon` among it, does not here.
  public var halfPrecisionLayers: [LayerFacts] { layers.filter { $0.precision?.isHalf ?? false } }

  /// The layers that the engine cannot run.
  public var opaqueLayers: [LayerFacts] { layers.filter(\.isOpaque) }
}

/// What is known of one layer.
public struct LayerFacts: Codable, Hashable, Sendable {
  /// Its name, unique in the model.
  public var name: String
  /// Keras' class, as `Dense`.
  public var className: String
  /// Its `config` as in the file, names and defaults included.
  public var configuration: JSONValue
  /// The names of the layers that it takes its inputs from, in order.
  public var inputs: [String]
  /// The shape of its result without the batch; `nil` entries are not fixed. `nil`: not known.
  public var outputShape: [Int?]?
  /// Its `trainable` flag.
  public var isTrainable: Bool
  /// Whether the engine cannot run it (custom classes, layers not built yet).
  public var isOpaque: Bool
  /// Its weights.
  public var variables: [VariableFacts]

  /// Facts of a layer.
  public init(
    name: String, className: String, configuration: JSONValue, inputs: [String] = [],
    outputShape: [Int?]? = nil, isTrainable: Bool = true, isOpaque: Bool = false,
    variables: [VariableFacts] = []
  ) {
    self.name = name
    self.className = className
    self.configuration = configuration
    self.inputs = inputs
    self.outputShape = outputShape
    self.isTrainable = isTrainable
    self.isOpaque = isOpaque
    self.variables = variables
  }

  /// The `dtype` policy; `nil` where none is named, which means the one of Keras' settings.
  public var precision: PrecisionPolicy? {
    let dtype = configuration["dtype"]
    let name = dtype?.string ?? dtype?["config"]?["name"]?.string
    return name.flatMap { PrecisionPolicy(name: $0) }
  }

  /// The small number that the layer adds where it divides; `nil` for layers without one. In the
  /// layer's own format it may be another: see ``FloatFormat/rounded(_:)``.
  public var epsilon: Double? { configuration["epsilon"]?.double }

  /// The number of units, for layers that have them.
  public var units: Int? { configuration["units"]?.int ?? configuration["filters"]?.int }

  /// The name of the activation, `linear` where the layer has the argument and none is set; `nil`
  /// for layers without the argument and for custom functions.
  public var activation: String? {
    guard let value = configuration["activation"] else { return nil }
    return value.isNull ? "linear" : value.string
  }
}

/// What is known of one weight array of a layer.
public struct VariableFacts: Codable, Hashable, Sendable {
  /// Its name within the layer: `kernel`, `bias`, `gamma`.
  public var name: String
  /// Its shape.
  public var shape: [Int]
  /// Whether training moves it (given that the layer is trainable).
  public var isTrainable: Bool
  /// Statistics over its elements; `nil` where no weights were stored.
  public var statistics: Statistics?

  /// Facts of a weight array.
  public init(name: String, shape: [Int], isTrainable: Bool, statistics: Statistics?) {
    self.name = name
    self.shape = shape
    self.isTrainable = isTrainable
    self.statistics = statistics
  }
}

/// Plain statistics over a set of numbers; all but the counts are over the finite ones.
public struct Statistics: Codable, Hashable, Sendable {
  /// How many numbers there are.
  public var count: Int
  /// How many of them are NaN.
  public var nanCount: Int
  /// How many of them are infinite.
  public var infinityCount: Int
  /// The smallest finite number; 0 if there is none, like the figures below.
  public var minimum: Double
  /// The largest finite number.
  public var maximum: Double
  /// The mean.
  public var mean: Double
  /// The standard deviation (population).
  public var standardDeviation: Double

  /// How many numbers are NaN or infinite.
  public var nonFiniteCount: Int { nanCount + infinityCount }

  /// Statistics with the given figures.
  public init(
    count: Int, nanCount: Int = 0, infinityCount: Int = 0, minimum: Double, maximum: Double,
    mean: Double, standardDeviation: Double
  ) {
    self.count = count
    self.nanCount = nanCount
    self.infinityCount = infinityCount
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The statistics of numbers, in two passes in double precision.
  ///
  /// - Complexity: O(*n*).
  public init(of numbers: some Sequence<Double>) {
    var (count, nans, infinities) = (0, 0, 0)
    var (low, high, total) = (Double.infinity, -Double.infinity, 0.0)
    for number in numbers {
      count += 1
      guard number.isFinite else {
        if number.isNaN { nans += 1 } else { infinities += 1 }
        continue
      }
      low = min(low, number)
      high = max(high, number)
      total += number
    }
    let finite = count - nans - infinities
    let mean = finite > 0 ? total / Double(finite) : 0
    var squares = 0.0
    for number in numbers where number.isFinite { squares += (number - mean) * (number - mean) }
    self.init(
      count: count, nanCount: nans, infinityCount: infinities, minimum: finite > 0 ? low : 0,
      maximum: finite > 0 ? high : 0, mean: mean,
      standardDeviation: finite > 0 ? (squares / Double(finite)).squareRoot() : 0)
  }
}
