package import Networks

extension Model {
  /// The path by which Keras' optimizers know a variable: `hidden/kernel`, in a Sequential model after
  /// the model's name.
  package func path(of variable: ModelVariable) -> String {
    (className == "Sequential" ? name + "/" : "") + "\(variable.layer)/\(variable.name)"
  }

  /// The paths of the trainable variables.
  package var trainablePaths: [String] { variables.filter(\.isTrainable).map(path(of:)) }
}
