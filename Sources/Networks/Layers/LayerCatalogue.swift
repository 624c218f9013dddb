package import JSON

/// The layers that can be run.
package enum LayerCatalogue {
  /// The layers in alphabetical order of their files.
  package static let all: [any Layer.Type] = [
    ActivationLayer.self,
    ActivityRegularization.self,
    AdaptiveAveragePooling1D.self,
    AdaptiveAveragePooling2D.self,
    AdaptiveAveragePooling3D.self,
    AdaptiveMaxPooling1D.self,
    AdaptiveMaxPooling2D.self,
    AdaptiveMaxPooling3D.self,
    Add.self,
    AdditiveAttention.self,
    AlphaDropout.self,
    Attention.self,
    AutoContrast.self,
    Average.self,
    AveragePooling1D.self,
    AveragePooling2D.self,
    AveragePooling3D.self,
    BatchNormalization.self,
    Bidirectional.self,
    CategoryEncoding.self,
    CenterCrop.self,
    Concatenate.self,
    Conv1D.self,
    Conv1DTranspose.self,
    Conv2D.self,
    Conv2DTranspose.self,
    Conv3D.self,
    Conv3DTranspose.self,
    ConvLSTM1D.self,
    ConvLSTM2D.self,
    ConvLSTM3D.self,
    Cropping1D.self,
    Cropping2D.self,
    Cropping3D.self,
    Dense.self,
    DepthwiseConv1D.self,
    DepthwiseConv2D.self,
    Discretization.self,
    Dot.self,
    Dropout.self,
    ELU.self,
    EinsumDense.self,
    Embedding.self,
    Equalization.self,
    Flatten.self,
    GRU.self,
    GaussianDropout.self,
    GaussianNoise.self,
    GlobalAveragePooling1D.self,
    GlobalAveragePooling2D.self,
    GlobalAveragePooling3D.self,
    GlobalMaxPooling1D.self,
    GlobalMaxPooling2D.self,
    GlobalMaxPooling3D.self,
    GroupNormalization.self,
    GroupedQueryAttention.self,
    HashedCrossing.self,
    Hashing.self,
    Identity.self,
    InputLayer.self,
    IntegerLookup.self,
    LSTM.self,
    LayerNormalization.self,
    LeakyReLU.self,
    Masking.self,
    MaxPooling1D.self,
    MaxPooling2D.self,
    MaxPooling3D.self,
    Maximum.self,
    Minimum.self,
    MultiHeadAttention.self,
    Multiply.self,
    Normalization.self,
    PReLU.self,
    Permute.self,
    RMSNormalization.self,
    RNN.self,
    RandomBrightness.self,
    RandomColorDegeneration.self,
    RandomColorJitter.self,
    RandomContrast.self,
    RandomCrop.self,
    RandomErasing.self,
    RandomFlip.self,
    RandomGaussianBlur.self,
    RandomGrayscale.self,
    RandomHue.self,
    RandomInvert.self,
    RandomPerspective.self,
    RandomPosterization.self,
    RandomRotation.self,
    RandomSaturation.self,
    RandomSharpness.self,
    RandomShear.self,
    RandomTranslation.self,
    RandomZoom.self,
    ReLU.self,
    RepeatVector.self,
    Rescaling.self,
    Reshape.self,
    Resizing.self,
    ReversibleEmbedding.self,
    SeparableConv1D.self,
    SeparableConv2D.self,
    SimpleRNN.self,
    Softmax.self,
    Solarization.self,
    SpatialDropout1D.self,
    SpatialDropout2D.self,
    SpatialDropout3D.self,
    SpectralNormalization.self,
    StringLookup.self,
    Subtract.self,
    TextVectorization.self,
    TimeDistributed.self,
    UnitNormalization.self,
    UpSampling1D.self,
    UpSampling2D.self,
    UpSampling3D.self,
    ZeroPadding1D.self,
    ZeroPadding2D.self,
    ZeroPadding3D.self,
  ]

  /// Whether Python finds the class in Keras itself, under whichever of its names.
  package static func isKeras(module: String?, registeredName: String?) -> Bool {
    if let registeredName, registeredName.contains(">") { return false }
    guard let module else { return true }
    return module == "keras" || module.hasPrefix("keras.") || module.hasPrefix("tf_keras")
      || module.hasPrefix("tensorflow.keras")
  }

  /// The layer of a reference.
  package static func layer(_ reference: ObjectReference) throws -> any Layer {
    guard isKeras(module: reference.module, registeredName: nil) else {
      throw reference.unknown("layer", known: [])
    }
    guard let type = all.first(where: { $0.className == reference.name }) else {
      throw ConfigurationError(
        subject: "layer", key: "class_name", found: "'\(reference.name)'",
        expected: "a layer that can be run: "
          + all.map { type in type.className }.sorted().joined(separator: ", "))
    }
    return try type.init(configuration: reference.configuration)
  }
}

extension JSONObject {
  /// Sets an activation unless it is the linear one.
  package mutating func set(_ key: String, _ activation: any Activation) {
    if !(activation is LinearActivation) { self[key] = ActivationCatalogue.json(activation) }
  }
}
