public import JSON

/// The `config` of one Keras object, read with types. A missing member and `null` give the default.
public struct Configuration: Sendable {
  /// The members as they stand in the file.
  public let values: JSONObject
  /// What is being read, for errors: `Dense 'dense_1'`.
  public let subject: String

  /// A configuration.
  public init(_ values: JSONObject = JSONObject(), subject: String) {
    self.values = values
    self.subject = subject
  }

  /// The member `key` unless it is missing or `null`.
  package func value(_ key: String) -> JSONValue? {
    guard let value = values[key], !value.isNull else { return nil }
    return value
  }

  /// A whole number that has to be there.
  package func int(_ key: String) throws -> Int { try required(key, "a whole number", \.int) }

  /// A whole number.
  package func int(_ key: String, default standard: Int) throws -> Int {
    try optional(key, "a whole number", \.int) ?? standard
  }

  /// A number, if there is one.
  package func double(_ key: String) throws -> Double? { try optional(key, "a number", \.double) }

  /// A number.
  package func double(_ key: String, default standard: Double) throws -> Double {
    try double(key) ?? standard
  }

  /// A truth value.
  package func bool(_ key: String, default standard: Bool) throws -> Bool {
    try optional(key, "true or false", \.bool) ?? standard
  }

  /// A text, if there is one.
  package func string(_ key: String) throws -> String? { try optional(key, "a string", \.string) }

  /// A text.
  package func string(_ key: String, default standard: String) throws -> String {
    try string(key) ?? standard
  }

  /// Whole numbers: a list, or one number for a list of one.
  package func ints(_ key: String) throws -> [Int]? {
    guard let value = value(key) else { return nil }
    if let number = value.int { return [number] }
    guard let elements = value.array else {
      throw error(key, found: value, expected: "a list of whole numbers")
    }
    return try elements.map {
      guard let number = $0.int else {
        throw error(key, found: value, expected: "a list of whole numbers")
      }
      return number
    }
  }

  /// Numbers: a list, lists in lists flattened, or one number for a list of one.
  package func doubles(_ key: String) throws -> [Double]? {
    guard let value = value(key) else { return nil }
    func flatten(_ value: JSONValue) throws -> [Double] {
      if let number = value.double { return [number] }
      // Keras wraps arrays: {"class_name": "__tensor__", "config": {"value": […]}}.
      if let wrapped = value["config"]?["value"] { return try flatten(wrapped) }
      guard let elements = value.array else {
        throw error(key, found: value, expected: "a list of numbers")
      }
      return try elements.flatMap(flatten)
    }
    return try flatten(value)
  }

  /// An error about the member `key`.
  package func error(
    _ key: String, found: JSONValue?, expected: String, advice: String = ""
  ) -> ConfigurationError {
    ConfigurationError(
      subject: subject, key: key, found: found.map { $0.abbreviated } ?? "nothing",
      expected: expected, advice: advice)
  }

  private func required<T>(
    _ key: String, _ expected: String, _ read: (JSONValue) -> T?
  ) throws -> T {
    guard let value = try optional(key, expected, read) else {
      throw error(key, found: values[key], expected: expected)
    }
    return value
  }

  private func optional<T>(
    _ key: String, _ expected: String, _ read: (JSONValue) -> T?
  ) throws -> T? {
    guard let value = value(key) else { return nil }
    guard let result = read(value) else { throw error(key, found: value, expected: expected) }
    return result
  }
}

extension JSONValue {
  /// The value in a few words, for errors.
  package var abbreviated: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string(let value): "'\(value.prefix(60))'"
    case .array(let elements):
      elements.count <= 8
        ? "[" + elements.map(\.abbreviated).joined(separator: ", ") + "]"
        : "a list of \(elements.count) elements"
    case .object(let object):
      object["class_name"]?.string.map { "an object of class '\($0)'" } ?? "an object"
    }
  }
}
