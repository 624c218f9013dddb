/// The arguments of layers, with the names that they and their classes had in older versions.
enum LayerSignatures {
  /// The arguments by class; with layers that Keras 3 no longer has.
  static let all = KerasSignatures.layers.merging(["ThresholdedReLU": ["theta"]]) { new, _ in new }

  /// Classes that had another name.
  static let oldNames = [
    "Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D",
    "MaxPool1D": "MaxPooling1D", "MaxPool2D": "MaxPooling2D", "MaxPool3D": "MaxPooling3D",
    "AvgPool1D": "AveragePooling1D", "AvgPool2D": "AveragePooling2D",
    "GlobalMaxPool1D": "GlobalMaxPooling1D", "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "GlobalAvgPool1D": "GlobalAveragePooling1D", "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "Deconvolution2D": "Conv2DTranspose", "Deconv2D": "Conv2DTranspose",
    "Convolution2DTranspose": "Conv2DTranspose", "CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU",
    "AtrousConvolution2D": "Conv2D", "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization", "SeparableConvolution2D": "SeparableConv2D",
    "Input": "InputLayer",
  ]

  /// Arguments that had another name, for all layers.
  static let oldArguments = [
    "init": "kernel_initializer", "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer", "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint", "bias": "use_bias", "nb_filter": "filters",
    "filter_length": "kernel_size", "subsample": "strides", "subsample_length": "strides",
    "border_mode": "padding", "dim_ordering": "data_format", "p": "rate",
    "inner_init": "recurrent_initializer", "inner_activation": "recurrent_activation",
    "dropout_W": "dropout", "dropout_U": "recurrent_dropout",
    "U_regularizer": "recurrent_regularizer",
    "pool_length": "pool_size", "stride": "strides", "sigma": "stddev", "keep_prob": "rate",
    "beta_init": "beta_initializer", "gamma_init": "gamma_initializer",
    "kernel_init": "kernel_initializer",
  ]

  /// The name of an argument that had another one; `nil` where the class has it under this name.
  static func oldArgument(_ name: String, of className: String) -> String? {
    if all[className]?.contains(name) ?? false { return nil }
    return switch (className, name) {
    case ("Embedding", "init"): "embeddings_initializer"
    case ("Embedding", "W_regularizer"): "embeddings_regularizer"
    case ("LeakyReLU", "alpha"): "negative_slope"
    case ("BatchNormalization", "mode"): "mode"
    case (_, "output_dim"): "units"
    default: oldArguments[name]
    }
  }
}
