/// How the names of a script lead to libraries.
extension Evaluator {
  /// What a name stands for.
  func value(ofName name: String) -> Value {
    if let value = scope[name] { return value }
    if Builtins.names.contains(name) { return .library("builtins." + name) }
    for module in starImports where Evaluator.holds(module, name) {
      return .library(Libraries.canonical(module + "." + name))
    }
    // Snippets leave out their imports; these names everybody gives to the same things.
    if let module = Libraries.customary[name] { return .library(module) }
    if KerasNames.isLayer(name) { return .library("keras.layers." + name) }
    if KerasNames.isModel(name) { return .library("keras.models." + name) }
    if let family = KerasNames.family(ofClass: name) { return .library("keras.\(family).\(name)") }
    if let known = Libraries.knownNames[name] { return .library(known) }
    return .unknown
  }

  private static func holds(_ module: String, _ name: String) -> Bool {
    guard module.hasPrefix("keras") else {
      return module == "numpy" || module == "math" || module == "pylab"
        ? ArrayFunctions.isKnown("numpy." + name) : false
    }
    return KerasNames.isLayer(name) || KerasNames.isModel(name)
      || KerasNames.family(ofClass: name) != nil
      || ["to_categorical", "mnist", "cifar10", "backend", "Input"].contains(name)
  }

  /// `import a.b.c`, `import a.b as c`.
  func importModule(_ name: String, as alias: String?) {
    importedModules.insert(name)
    if let alias {
      scope.values[alias] = .library(Libraries.canonical(name))
    } else {
      let first = String(name.split(separator: ".").first ?? "")
      scope.values[first] = .library(Libraries.canonical(first))
    }
  }

  /// `from a import b, c as d`, `from a import *`.
  func importNames(_ names: [(name: String, alias: String?)], from module: String) {
    importedModules.insert(module)
    for entry in names {
      if entry.name == "*" {
        starImports.append(Libraries.canonical(module))
      } else {
        let full = Libraries.canonical(module + "." + entry.name)
        if full.hasPrefix("tensorflow.keras") || module == "tensorflow" {
          importedModules.insert(module + "." + entry.name)
        }
        scope.values[entry.alias ?? entry.name] = .library(full)
      }
    }
  }
}

/// The names of libraries.
enum Libraries {
  /// What snippets that leave out their imports mean.
  static let customary = [
    "np": "numpy", "numpy": "numpy", "tf": "tensorflow", "keras": "keras", "pd": "pandas",
    "K": "keras.backend", "layers": "keras.layers", "models": "keras.models",
    "optimizers": "keras.optimizers", "regularizers": "keras.regularizers",
    "losses": "keras.losses", "callbacks": "keras.callbacks", "plt": "matplotlib.pyplot",
    "initializers": "keras.initializers", "math": "math", "random": "random",
    "np_utils": "keras.utils", "mnist": "keras.datasets.mnist",
    "cifar10": "keras.datasets.cifar10", "imdb": "keras.datasets.imdb",
  ]
  /// Functions that are so well known that their names alone tell.
  static let knownNames = [
    "to_categorical": "keras.utils.to_categorical",
    "train_test_split": "sklearn.model_selection.train_test_split",
    "StandardScaler": "sklearn.preprocessing.StandardScaler",
    "MinMaxScaler": "sklearn.preprocessing.MinMaxScaler",
    "KerasClassifier": "keras.wrappers.scikit_learn.KerasClassifier",
    "KerasRegressor": "keras.wrappers.scikit_learn.KerasRegressor",
    "LabelEncoder": "sklearn.preprocessing.LabelEncoder",
    "pad_sequences": "keras.preprocessing.sequence.pad_sequences",
  ]
  private static let kerasRoots = [
    "tensorflow.python.keras", "tensorflow.contrib.keras", "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras", "tensorflow.keras", "tf_keras", "keras.src",
    "keras.api._v2.keras",
    "keras.api",
  ]

  /// The one name for what has several: `tensorflow.keras.layers` is `keras.layers`.
  static func canonical(_ name: String) -> String {
    for root in kerasRoots where name == root || name.hasPrefix(root + ".") {
      return "keras" + name.dropFirst(root.count)
    }
    if name == "tensorflow.compat.v1" { return "tensorflow" }
    if name.hasPrefix("scikeras.wrappers.") {
      return "keras.wrappers.scikit_learn." + lastPart(name)
    }
    // TensorFlow 2 has these parts of Keras under its own name as well.
    for part in ["optimizers", "losses", "metrics", "initializers"]
    where name == "tensorflow.\(part)" || name.hasPrefix("tensorflow.\(part).") {
      return "keras" + name.dropFirst("tensorflow".count)
    }
    return name
  }
}
