public import FileAccess

/// Why files do not make a training run.
public enum RunProblem: InputProblem, Hashable {
  /// A kind of file that is not read.
  case unknownKind
  /// A model in TensorFlow's own form, whose layers are compiled functions.
  case savedModel
  /// Python objects, which could only be read by running what is in them.
  case pickle
  /// A second model beside a first.
  case secondModel(first: String)
  /// A second script beside a first.
  case secondScript(first: String)
  /// Nothing that describes a model.
  case noModel
  /// A model that cannot be run, and why.
  case notRunnable(String)
  /// A model without arguments of `compile`.
  case notCompiled
  /// No data to train on.
  case noData
  /// Data without labels.
  case noLabels
  /// Features of texts for a model that takes numbers.
  case textsForNumbers
  /// Data or arguments that do not fit the model, in the words of what refused them.
  case unfit(String)

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .unknownKind: "a kind of file that is not read"
    case .savedModel: "a SavedModel of TensorFlow, which holds compiled functions and no layers"
    case .pickle: "pickled Python objects, which cannot be read without running them"
    case .secondModel(let first): "a second model beside \(first), where one is expected"
    case .secondScript(let first): "a second script beside \(first), where one is expected"
    case .noModel: "no model among the inputs"
    case .notRunnable(let reason): "a model that cannot be trained: \(trimmed(reason))"
    case .notCompiled: "a model without optimizer and loss"
    case .noData: "no data to train on"
    case .noLabels: "features without labels"
    case .textsForNumbers: "texts where the model takes numbers"
    case .unfit(let reason): trimmed(reason)
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .unknownKind:
      "Give a script (.py, .ipynb, .txt), a .keras file, the folder of a recorded run, data as .npz, "
        + ".npy or .csv, or what the program printed."
    case .savedModel:
      "Save it with the Keras that wrote it: tf_keras.models.load_model(FOLDER).save(\"model.h5\"), "
        + "and give model.h5."
    case .pickle:
      "Save a History with json.dump(history.history, open(\"history.json\", \"w\")), arrays with "
        + "numpy.savez."
    case .secondModel, .secondScript: "Name one of them."
    case .noModel: "Save it before fit with model.save(\"model.keras\") and name the file."
    case .notRunnable: "Rules still apply to it: `downhill diagnose --quick`."
    case .notCompiled: "Call model.compile before model.save."
    case .noData: "Add it with --data train.npz (numpy.savez(\"train.npz\", x=x, y=y))."
    case .noLabels: "Name them with --labels, or save them as y in the same .npz."
    case .textsForNumbers:
      "Number them, or let the model begin with StringLookup or TextVectorization."
    case .unfit: "Check that the data is what the model was made for."
    }
  }

  /// A reason without the full stop that the message sets itself.
  private func trimmed(_ reason: String) -> String {
    reason.hasSuffix(".") ? String(reason.dropLast()) : reason
  }
}
