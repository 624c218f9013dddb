/// The arguments of Keras' layers in the order in which they may stand without their names.
///
/// Source: the signatures of Keras 3; those of Keras 2 agree where both exist.
enum LayerSignatures {
  private static let weights = [
    "kernel_initializer", "bias_initializer", "kernel_regularizer", "bias_regularizer",
    "activity_regularizer", "kernel_constraint", "bias_constraint",
  ]
  private static let convolution =
    [
      "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups",
      "activation", "use_bias",
    ] + weights
  private static let convolution1D = convolution
  private static let transposed =
    [
      "filters", "kernel_size", "strides", "padding", "output_padding", "data_format",
      "dilation_rate", "activation", "use_bias",
    ] + weights
  private static let pooling = ["pool_size", "strides", "padding", "data_format"]
  private static let recurrent = [
    "units", "activation", "recurrent_activation", "use_bias", "kernel_initializer",
    "recurrent_initializer", "bias_initializer",
  ]
  private static let separable =
    [
      "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate",
      "depth_multiplier", "activation", "use_bias",
    ]

  /// The arguments by class.
  static let all: [String: [String]] = [
    "InputLayer": ["shape", "batch_size", "dtype"],
    "Dense": ["units", "activation", "use_bias"] + weights,
    "Activation": ["activation"],
    "Dropout": ["rate", "noise_shape", "seed"],
    "SpatialDropout1D": ["rate"], "SpatialDropout2D": ["rate"], "SpatialDropout3D": ["rate"],
    "AlphaDropout": ["rate"], "GaussianDropout": ["rate"], "GaussianNoise": ["stddev"],
    "Flatten": ["data_format"], "Reshape": ["target_shape"], "Permute": ["dims"],
    "RepeatVector": ["n"], "Masking": ["mask_value"], "Identity": [],
    "Embedding": [
      "input_dim", "output_dim", "embeddings_initializer", "embeddings_regularizer",
      "embeddings_constraint", "mask_zero",
    ],
    "Conv1D": convolution1D, "Conv2D": convolution, "Conv3D": convolution,
    "Conv1DTranspose": transposed, "Conv2DTranspose": transposed, "Conv3DTranspose": transposed,
    "SeparableConv1D": separable, "SeparableConv2D": separable,
    "DepthwiseConv2D": ["kernel_size", "strides", "padding", "depth_multiplier"],
    "MaxPooling1D": pooling, "MaxPooling2D": pooling, "MaxPooling3D": pooling,
    "AveragePooling1D": pooling, "AveragePooling2D": pooling, "AveragePooling3D": pooling,
    "GlobalMaxPooling1D": [], "GlobalMaxPooling2D": [], "GlobalAveragePooling1D": [],
    "GlobalAveragePooling2D": [], "GlobalMaxPooling3D": [], "GlobalAveragePooling3D": [],
    "UpSampling1D": ["size"], "UpSampling2D": ["size"], "UpSampling3D": ["size"],
    "ZeroPadding1D": ["padding"], "ZeroPadding2D": ["padding"], "ZeroPadding3D": ["padding"],
    "Cropping1D": ["cropping"], "Cropping2D": ["cropping"], "Cropping3D": ["cropping"],
    "BatchNormalization": [
      "axis", "momentum", "epsilon", "center", "scale", "beta_initializer", "gamma_initializer",
      "moving_mean_initializer", "moving_variance_initializer", "beta_regularizer",
      "gamma_regularizer",
    ],
    "LayerNormalization": ["axis", "epsilon", "center", "scale"],
    "GroupNormalization": ["groups", "axis", "epsilon"],
    "UnitNormalization": ["axis"], "RMSNormalization": ["axis", "epsilon"],
    "Normalization": ["axis", "mean", "variance"],
    "Rescaling": ["scale", "offset"],
    "LSTM": recurrent, "GRU": recurrent,
    "SimpleRNN": recurrent.filter { $0 != "recurrent_activation" },
    "Bidirectional": ["layer", "merge_mode"], "TimeDistributed": ["layer"],
    "ReLU": ["max_value", "negative_slope", "threshold"], "LeakyReLU": ["negative_slope"],
    "ELU": ["alpha"], "PReLU": ["alpha_initializer"], "Softmax": ["axis"],
    "ThresholdedReLU": ["theta"],
    "Add": [], "Subtract": [], "Multiply": [], "Average": [], "Maximum": [], "Minimum": [],
    "Concatenate": ["axis"], "Dot": ["axes", "normalize"],
    "ActivityRegularization": ["l1", "l2"], "Lambda": ["function"],
    "RandomFlip": ["mode"], "RandomRotation": ["factor"], "RandomZoom": ["height_factor"],
    "Resizing": ["height", "width"], "MultiHeadAttention": ["num_heads", "key_dim"],
    "Attention": [], "TextVectorization": ["max_tokens"], "CategoryEncoding": ["num_tokens"],
    "ConvLSTM2D": ["filters", "kernel_size"],
  ]

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

  /// Arguments that had another name in one class.
  static func oldArgument(_ name: String, of className: String) -> String? {
    switch (className, name) {
    case ("Embedding", "init"): "embeddings_initializer"
    case ("Embedding", "W_regularizer"): "embeddings_regularizer"
    case ("Embedding", _): nil
    case ("LeakyReLU", "alpha"): "negative_slope"
    case ("BatchNormalization", "mode"): "mode"
    case (_, "output_dim"): "units"
    default: oldArguments[name]
    }
  }
}
