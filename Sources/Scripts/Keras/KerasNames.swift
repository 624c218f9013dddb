/// The classes and functions of Keras by their families.
enum KerasNames {
  /// The arguments of classes by family, in the order in which they may stand without their names.
  static let families: [String: [String: [String]]] = [
    "optimizers": [
      "SGD": ["learning_rate", "momentum", "nesterov", "weight_decay"],
      "RMSprop": ["learning_rate", "rho", "momentum", "epsilon"],
      "Adam": ["learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad"],
      "AdamW": ["learning_rate", "weight_decay", "beta_1", "beta_2", "epsilon"],
      "Adamax": ["learning_rate", "beta_1", "beta_2", "epsilon"],
      "Nadam": ["learning_rate", "beta_1", "beta_2", "epsilon"],
      "Adagrad": ["learning_rate", "initial_accumulator_value", "epsilon"],
      "Adadelta": ["learning_rate", "rho", "epsilon"],
      "Ftrl": ["learning_rate"], "Lion": ["learning_rate", "beta_1", "beta_2"],
      "Adafactor": ["learning_rate"], "Lamb": ["learning_rate", "beta_1", "beta_2"],
      "Muon": ["learning_rate"],
    ],
    "optimizers.schedules": [
      "ExponentialDecay": ["initial_learning_rate", "decay_steps", "decay_rate", "staircase"],
      "InverseTimeDecay": ["initial_learning_rate", "decay_steps", "decay_rate", "staircase"],
      "PolynomialDecay": [
        "initial_learning_rate", "decay_steps", "end_learning_rate", "power", "cycle",
      ],
      "CosineDecay": ["initial_learning_rate", "decay_steps", "alpha"],
      "CosineDecayRestarts": [
        "initial_learning_rate", "first_decay_steps", "t_mul", "m_mul", "alpha",
      ],
      "PiecewiseConstantDecay": ["boundaries", "values"],
    ],
    "losses": [
      "BinaryCrossentropy": ["from_logits", "label_smoothing"],
      "CategoricalCrossentropy": ["from_logits", "label_smoothing"],
      "SparseCategoricalCrossentropy": ["from_logits", "ignore_class"],
      "BinaryFocalCrossentropy": ["apply_class_balancing", "alpha", "gamma", "from_logits"],
      "CategoricalFocalCrossentropy": ["alpha", "gamma", "from_logits"],
      "MeanSquaredError": [], "MeanAbsoluteError": [], "MeanAbsolutePercentageError": [],
      "MeanSquaredLogarithmicError": [], "Huber": ["delta"], "LogCosh": [], "Poisson": [],
      "KLDivergence": [], "CosineSimilarity": ["axis"], "Hinge": [], "SquaredHinge": [],
      "CategoricalHinge": [],
    ],
    "initializers": [
      "RandomNormal": ["mean", "stddev", "seed"], "RandomUniform": ["minval", "maxval", "seed"],
      "TruncatedNormal": ["mean", "stddev", "seed"], "Constant": ["value"], "Zeros": [],
      "Ones": [], "HeNormal": ["seed"], "HeUniform": ["seed"], "GlorotNormal": ["seed"],
      "GlorotUniform": ["seed"], "LecunNormal": ["seed"], "LecunUniform": ["seed"],
      "Orthogonal": ["gain", "seed"], "Identity": ["gain"],
      "VarianceScaling": ["scale", "mode", "distribution", "seed"],
    ],
    "regularizers": [
      "L1": ["l1"], "L2": ["l2"], "L1L2": ["l1", "l2"],
      "OrthogonalRegularizer": ["factor", "mode"],
    ],
    "constraints": [
      "MaxNorm": ["max_value", "axis"], "NonNeg": [], "UnitNorm": ["axis"],
      "MinMaxNorm": ["min_value", "max_value", "rate", "axis"],
    ],
    "callbacks": [
      "EarlyStopping": ["monitor", "min_delta", "patience", "verbose", "mode"],
      "ReduceLROnPlateau": ["monitor", "factor", "patience"],
      "ModelCheckpoint": ["filepath"], "TensorBoard": ["log_dir"], "CSVLogger": ["filename"],
      "LearningRateScheduler": ["schedule"], "TerminateOnNaN": [], "LambdaCallback": [],
      "BackupAndRestore": ["backup_dir"], "History": [], "ProgbarLogger": [],
    ],
    "metrics": [
      "Accuracy": ["name"], "BinaryAccuracy": ["name", "dtype", "threshold"],
      "CategoricalAccuracy": ["name"], "SparseCategoricalAccuracy": ["name"], "AUC": [],
      "Precision": [], "Recall": [], "MeanSquaredError": ["name"], "MeanAbsoluteError": ["name"],
      "RootMeanSquaredError": ["name"],
    ],
  ]

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
    for (family, classes) in families where family != "metrics" {
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
    families["optimizers"]?.keys.first { $0.lowercased() == text.lowercased() }
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
