import JSON

/// Configurations of Keras 1 and 2 in the words of Keras 3.
///
/// Only names and forms are changed; what Keras 3 writes comes out as it went in.
enum LegacyDialect {
  /// A model: an object with `class_name` and `config`.
  static func model(_ value: JSONValue) -> JSONValue {
    guard value.object != nil else { return value }
    var model = value
    let name = className(value["class_name"]?.string ?? "")
    model["class_name"] = .string(name == "Model" ? "Functional" : name)
    // Keras before 2.2.3 wrote a Sequential as the list of its layers.
    if let layers = value["config"]?.array {
      model["config"] = ["name": "sequential", "layers": .array(layers)]
    }
    var config = model["config"] ?? [:]
    config["layers"] = .array((config["layers"]?.array ?? []).map(layer))
    model["config"] = config
    return model
  }

  /// One entry of a model's `layers`.
  private static func layer(_ value: JSONValue) -> JSONValue {
    let name = className(value["class_name"]?.string ?? "")
    if ["Sequential", "Functional", "Model"].contains(name) { return model(value) }
    var layer = value
    layer["class_name"] = .string(name)
    guard let members = value["config"]?.object?.members else { return layer }
    var config: JSONValue = [:]
    for member in members {
      let key = renamed(member.key, in: name)
      guard !left.contains(key) else { continue }
      config[key] = argument(member.value, key: key)
    }
    kernelShape(&config, members)
    // Keras 2 wrote it only from 2.4 on, where the other way became the usual one.
    if name == "GRU", config["reset_after"] == nil { config["reset_after"] = false }
    layer["config"] = config
    return layer
  }

  /// Classes by the names that they have now.
  private static let classes = [
    "Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D",
    "Deconvolution2D": "Conv2DTranspose", "SeparableConvolution2D": "SeparableConv2D",
    "BatchNormalizationV1": "BatchNormalization", "BatchNormalizationV2": "BatchNormalization",
    "CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU", "LSTMV2": "LSTM", "GRUV2": "GRU",
    "DenseV2": "Dense", "MaxPool2D": "MaxPooling2D", "AvgPool2D": "AveragePooling2D",
  ]

  /// `Custom>Adam` is what tf_keras calls its own classes.
  private static func className(_ name: String) -> String {
    let own = name.hasPrefix("Custom>") ? String(name.dropFirst("Custom>".count)) : name
    return classes[own] ?? own
  }

  /// Arguments of Keras 1 by the names that they have had since.
  private static let arguments = [
    "output_dim": "units", "init": "kernel_initializer", "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation", "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer", "U_regularizer": "recurrent_regularizer",
    "W_constraint": "kernel_constraint", "b_constraint": "bias_constraint", "bias": "use_bias",
    "nb_filter": "filters", "subsample": "strides", "border_mode": "padding",
    "dim_ordering": "data_format", "p": "rate", "pool_length": "pool_size", "stride": "strides",
    "filter_length": "kernel_size", "subsample_length": "strides", "atrous_rate": "dilation_rate",
    "gamma_init": "gamma_initializer", "beta_init": "beta_initializer",
    "batch_input_shape": "batch_shape",
  ]

  /// Arguments that name nothing any more.
  private static let left: Set<String> = [
    "consume_less", "mode", "input_length", "implementation", "time_major", "sparse_input",
    "nb_row", "nb_col", "W_learning_rate_multiplier", "b_learning_rate_multiplier",
  ]

  private static func renamed(_ key: String, in layer: String) -> String {
    // An Embedding's `output_dim` is its name to this day, and only inputs have a batch_shape.
    if layer == "Embedding", key == "output_dim" { return key }
    if layer == "Embedding", key == "init" { return "embeddings_initializer" }
    if key == "batch_input_shape", layer != "InputLayer" { return key }
    return arguments[key] ?? key
  }

  /// Keras 1 gave the sides of a kernel one by one.
  private static func kernelShape(_ config: inout JSONValue, _ members: [JSONObject.Member]) {
    func number(_ name: String) -> Int? { members.first { $0.key == name }?.value.int }
    if let rows = number("nb_row"), let columns = number("nb_col") {
      config["kernel_size"] = [.int(rows), .int(columns)]
    }
  }

  private static func argument(_ value: JSONValue, key: String) -> JSONValue {
    switch value.string {
    case "tf" where key == "data_format": return "channels_last"
    case "th" where key == "data_format": return "channels_first"
    default: break
    }
    if key.hasSuffix("_initializer") { return initializer(value) }
    // Wrappers hold layers.
    if value["class_name"] != nil, value["config"]?.object != nil,
      ["layer", "forward_layer", "backward_layer", "cell"].contains(key)
    {
      return layer(value)
    }
    return value
  }

  private static func initializer(_ value: JSONValue) -> JSONValue {
    guard let config = value["config"]?.object else { return value }
    var initializer = value
    var kept: JSONValue = [:]
    // The element type became the layer's affair.
    for member in config.members where member.key != "dtype" { kept[member.key] = member.value }
    if kept["distribution"]?.string == "normal" { kept["distribution"] = "truncated_normal" }
    initializer["config"] = kept
    return initializer
  }
}
