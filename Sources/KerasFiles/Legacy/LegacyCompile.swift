import JSON

/// The `training_config` of an HDF5 model in the form of Keras 3's `compile_config`.
enum LegacyCompile {
  /// What each optimizer still takes, beside what all of them take.
  private static let settings: [String: Set<String>] = [
    "SGD": ["momentum", "nesterov"],
    "RMSprop": ["rho", "momentum", "epsilon", "centered"],
    "Adam": ["beta_1", "beta_2", "epsilon", "amsgrad"],
    "AdamW": ["beta_1", "beta_2", "epsilon", "amsgrad"],
    "Adamax": ["beta_1", "beta_2", "epsilon"],
    "Nadam": ["beta_1", "beta_2", "epsilon"],
    "Adagrad": ["initial_accumulator_value", "epsilon"],
    "Adadelta": ["rho", "epsilon"],
    "Ftrl": [
      "learning_rate_power", "initial_accumulator_value", "l1_regularization_strength",
      "l2_regularization_strength", "l2_shrinkage_regularization_strength", "beta",
    ],
  ]
  private static let common: Set<String> = [
    "name", "learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema",
    "ema_momentum", "ema_overwrite_frequency",
  ]

  /// The arguments of `compile`; `nil` if the model was not compiled.
  static func configuration(_ training: JSONValue) -> JSONValue? {
    guard training.object != nil, let optimizer = training["optimizer_config"] else { return nil }
    var configuration: JSONValue = [:]
    configuration["optimizer"] = self.optimizer(optimizer)
    configuration["loss"] = loss(training["loss"] ?? .null)
    configuration["loss_weights"] = training["loss_weights"] ?? .null
    let metrics = names(training["metrics"] ?? .null)
    configuration["metrics"] = metrics.isEmpty ? .null : .array(metrics)
    return configuration
  }

  private static func optimizer(_ value: JSONValue) -> JSONValue {
    var name = value["class_name"]?.string ?? "Adam"
    if name.hasPrefix("Custom>") { name.removeFirst("Custom>".count) }
    // Old names are told regardless of case: keras 2.3 wrote "adam".
    if let known = settings.keys.first(where: { $0.lowercased() == name.lowercased() }) {
      name = known
    }
    let given = value["config"] ?? [:]
    var config: JSONValue = [:]
    for member in given.object?.members ?? [] {
      let key = member.key == "lr" ? "learning_rate" : member.key
      guard common.contains(key) || settings[name]?.contains(key) ?? true else { continue }
      // Nothing is said by null.
      guard !member.value.isNull else { continue }
      // Keras 3 refuses a rate that is a whole number.
      config[key] = key == "learning_rate" ? rate(member.value) : member.value
    }
    if let decay = given["decay"]?.double, decay > 0, let start = config["learning_rate"]?.double {
      // rate / (1 + decay · step), which Keras 3 has as a schedule.
      config["learning_rate"] = [
        "module": "keras.optimizers.schedules", "class_name": "InverseTimeDecay",
        "config": [
          "initial_learning_rate": .double(start), "decay_steps": 1, "decay_rate": .double(decay),
          "staircase": false, "name": "InverseTimeDecay",
        ], "registered_name": nil,
      ]
    }
    return [
      "module": "keras.optimizers", "class_name": .string(name), "config": config,
      "registered_name": nil,
    ]
  }

  private static func rate(_ value: JSONValue) -> JSONValue {
    if let number = value.double { return .double(number) }
    guard value["class_name"] != nil else { return value }
    var schedule = value
    schedule["module"] = "keras.optimizers.schedules"
    schedule["registered_name"] = .null
    return schedule
  }

  /// Losses by name, or objects without what Keras 3 does not take.
  private static func loss(_ value: JSONValue) -> JSONValue {
    if let elements = value.array { return .array(elements.map(loss)) }
    guard let members = value.object?.members else { return value }
    guard let name = value["class_name"]?.string else {
      var losses: JSONValue = [:]
      for member in members { losses[member.key] = loss(member.value) }
      return losses
    }
    var config: JSONValue = [:]
    for member in value["config"]?.object?.members ?? [] {
      // "auto" came to mean the mean over the batch, which is what is usual now.
      if ["reduction", "fn"].contains(member.key) { continue }
      config[member.key] = member.value
    }
    return [
      "module": "keras.losses", "class_name": .string(name), "config": config,
      "registered_name": nil,
    ]
  }

  /// Metrics by the names that `compile` was given; Keras 2 wrote what it had made of them.
  private static func names(_ value: JSONValue) -> [JSONValue] {
    if let name = value.string { return [.string(name)] }
    if let elements = value.array { return elements.flatMap(names) }
    guard let members = value.object?.members else { return [] }
    guard value["class_name"] != nil else { return members.flatMap { names($0.value) } }
    let name = value["config"]?["name"]?.string
    let function = value["config"]?["fn"]?.string
    return [name, function].compactMap { $0 }.prefix(1).map { .string($0) }
  }
}
