package import JSON

/// How a configuration refers to an object of Keras: by a string, or by class and `config`.
package struct ObjectReference: Sendable {
  /// The string, or the class name.
  package let name: String
  /// Whether it was a plain string.
  package let isString: Bool
  /// The arguments.
  package let configuration: Configuration
  /// Where Python finds the class; `nil` if that is not said.
  package let module: String?

  /// Reads a reference.
  ///
  /// - Parameters:
  ///   - json: A string, an object with `class_name` and `config`, or Keras' form for functions.
  ///   - kind: What is looked for, for errors: `loss`.
  package init(_ json: JSONValue, kind: String) throws {
    if let name = json.string {
      self.name = name
      isString = true
      module = nil
      configuration = Configuration(subject: "\(kind) '\(name)'")
      return
    }
    guard let className = json["class_name"]?.string else {
      throw ConfigurationError(
        subject: kind, key: "", found: json.abbreviated,
        expected: "a name, or an object with 'class_name' and 'config'")
    }
    if let function = json["config"]?.string {
      // {"class_name": "function", "config": "relu"}
      name = function
      isString = true
      module = json["module"]?.string
      configuration = Configuration(subject: "\(kind) '\(function)'")
      return
    }
    name = className
    isString = false
    module = json["module"]?.string
    configuration = Configuration(
      json["config"]?.object ?? JSONObject(), subject: "\(kind) \(className)")
  }

  /// The error that nothing of that name is known.
  package func unknown(_ kind: String, known: [String]) -> ConfigurationError {
    let close = known.filter { $0.lowercased() == name.lowercased() }
    let expected =
      close.first.map { "'\($0)'" } ?? "one of " + known.sorted().joined(separator: ", ")
    return ConfigurationError(
      subject: kind, key: "", found: "'\(name)'", expected: expected,
      advice: "Custom \(kind)s cannot be run, because no Python is executed.")
  }
}

/// An object of Keras as JSON: `{"module": …, "class_name": …, "config": …}`.
package func objectJSON(_ object: any Configurable, module: String) -> JSONValue {
  [
    "module": .string(module), "class_name": .string(type(of: object).className),
    "config": .object(object.configuration), "registered_name": nil,
  ]
}

extension JSONObject {
  /// Sets a member unless the value is Keras' default.
  package mutating func set<T: Equatable>(
    _ key: String, _ value: T, default standard: T, as json: (T) -> JSONValue
  ) {
    if value != standard { self[key] = json(value) }
  }
  /// Sets a number with a fraction unless it is Keras' default.
  package mutating func set(_ key: String, _ value: Double, default standard: Double) {
    set(key, value, default: standard) { .double($0) }
  }
  /// Sets a whole number unless it is Keras' default.
  package mutating func set(_ key: String, _ value: Int, default standard: Int) {
    set(key, value, default: standard) { .int($0) }
  }
  /// Sets a truth value unless it is Keras' default.
  package mutating func set(_ key: String, _ value: Bool, default standard: Bool) {
    set(key, value, default: standard) { .bool($0) }
  }
  /// Sets a text unless it is Keras' default.
  package mutating func set(_ key: String, _ value: String, default standard: String) {
    set(key, value, default: standard) { .string($0) }
  }
  /// Sets a number if there is one.
  package mutating func set(_ key: String, _ value: Double?) {
    if let value { self[key] = .double(value) }
  }
}
