package import JSON
package import Networks

/// The callbacks that a configuration can name.
package enum CallbackCatalogue {
  /// The callbacks in alphabetical order of their files.
  package static let all: [any (Callback & Configurable).Type] = [
    BackupAndRestore.self,
    CSVLogger.self,
    EarlyStopping.self,
    LearningRateScheduler.self,
    ModelCheckpoint.self,
    ReduceLROnPlateau.self,
    SwapEMAWeights.self,
    TensorBoard.self,
    TerminateOnNaN.self,
  ]

  /// The callback that a class name, or an object with `class_name` and `config`, means.
  package static func callback(_ json: JSONValue) throws -> any Callback {
    let reference = try ObjectReference(json, kind: "callback")
    guard let type = all.first(where: { $0.isNamed(reference.name) }) else {
      throw reference.unknown("callback", known: all.map { type in type.className })
    }
    return try type.init(configuration: reference.configuration)
  }

  /// The callbacks of a recorded run, as far as they can be followed, and the names of the others.
  ///
  /// Those that write files are among the others: what a recording says never makes us write.
  ///
  /// - Parameters:
  ///   - descriptions: Names, or objects with `class_name` and `config`.
  ///   - history: What was recorded: the rates that a scheduler set are in it.
  ///   - firstEpoch: The number of the first epoch.
  ///   - rate: The learning rate of the run.
  package static func recorded(
    _ descriptions: [JSONValue], history: [String: [Double]], firstEpoch: Int, rate: Double?
  ) -> (callbacks: [any Callback], others: [String]) {
    var callbacks: [any Callback] = []
    var others: [String] = []
    for description in descriptions {
      let name = description["class_name"]?.string ?? description.string ?? "a callback"
      if let found = try? callback(description), !(found is any FileWritingCallback) {
        callbacks.append(found)
      } else if name == LearningRateScheduler.className, let rates = history["learning_rate"],
        let first = rates.first, rates.allSatisfy(\.isFinite)
      {
        // A schedule that begins with the run's own rate is taken to follow from it.
        let follows = rate.map { abs($0 - first) <= 1e-6 * abs(first) } ?? false
        callbacks.append(
          LearningRateScheduler(
            rates: rates, firstEpoch: firstEpoch, base: follows ? first : nil))
      } else {
        others.append(name)
      }
    }
    return (callbacks, others)
  }
}
