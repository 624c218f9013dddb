/// The classes and functions of Keras by their families.
enum KerasNames {
  /// Functions that make objects, or old names of classes, with the class they stand for.
  static let makers: [String: (family: String, className: String)] = [
    "l1": ("regularizers", "L1"), "l2": ("regularizers", "L2"), "l1_l2": ("regularizers", "L1L2"),
    "l1l2": ("regularizers", "L1L2"), "maxnorm": ("constraints", "MaxNorm"),
    "max_norm": ("constraints", "MaxNorm"), "nonneg": ("constraints", "NonNeg"),
    "non_neg": ("constraints", "NonNeg"), "unitnorm": ("constraints", "UnitNorm"),
    "unit_norm": ("constraints", "UnitNorm"), "he_normal": ("initializers", "HeNormal"),
    "he_uniform": ("initializers", "HeUniform"), "glorot_normal": ("initializers", "GlorotNormal"),
    "glorot_uniform": ("initializers", "GlorotUniform"),
    "lecun_normal": ("initializers", "LecunNormal"),
    "lecun_uniform": ("initializers", "LecunUniform"),
    "random_normal": ("initializers", "RandomNormal"),
    "random_uniform": ("initializers", "RandomUniform"),
    "truncated_normal": ("initializers", "TruncatedNormal"),
    "constant": ("initializers", "Constant"), "Normal": ("initializers", "RandomNormal"),
    "RMSProp": ("optimizers", "RMSprop"),
  ]

  /// The names of optimizers, losses and layers that tell by themselves what a snippet means.
  private static let byClass: [String: String] = {
    var result: [String: String] = [:]
    for (family, classes) in KerasSignatures.families where family != "metrics" {
      for name in classes.keys { result[name] = family }
    }
    return result
  }()

  /// The family of a class.
  static func family(ofClass name: String) -> String? { byClass[name] }

  /// Whether it is a layer.
  static func isLayer(_ name: String) -> Bool {
    LayerSignatures.all[name] != nil || LayerSignatures.oldNames[name] != nil
  }

  /// Whether it is a kind of model.
  static func isModel(_ name: String) -> Bool { name == "Sequential" || name == "Model" }

  /// What Keras' optimizers take for a rate where none is given.
  static func standardRate(_ optimizer: String) -> Double {
    switch optimizer {
    case "SGD": 0.01
    case "AdamW": 0.004
    case "Lion": 0.0001
    default: 0.001
    }
  }

  /// The optimizer of a text, as `adam`.
  static func optimizer(named text: String) -> String? {
    KerasSignatures.families["optimizers"]?.keys.first { $0.lowercased() == text.lowercased() }
  }

  /// The names of losses that stand by themselves as functions of `keras.losses`.
  static let lossFunctions: Set<String> = [
    "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "mse", "mae", "mape", "msle", "MSE", "MAE", "huber",
    "log_cosh", "logcosh", "poisson", "kl_divergence", "kullback_leibler_divergence",
    "cosine_similarity", "hinge", "squared_hinge", "categorical_hinge", "binary_focal_crossentropy",
  ]

  /// Keras' way of making a name from a class: `BatchNormalization` → `batch_normalization`.
  static func layerName(_ className: String) -> String {
    let scalars = Array(className.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let isUpper = (65...90).contains(scalar.value)
      if isUpper, index > 0 {
        let before = scalars[index - 1]
        let isAfterLower = (97...122).contains(before.value)
        let isBeforeLower =
          index + 1 < scalars.count && (97...122).contains(scalars[index + 1].value)
        if isAfterLower || isBeforeLower { result += "_" }
      }
      result += String(scalar).lowercased()
    }
    return result
  }
}
