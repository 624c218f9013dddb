import JSON
import Networks

/// An argument of `compile` that may differ from output to output: Keras takes one for all, a list,
/// or a dictionary by the names of the outputs.
public enum PerOutput<Argument: Sendable>: Sendable {
  /// The same for every output.
  case same(Argument)
  /// One for each output in order; `nil` for an output without.
  case listed([Argument?])
  /// By the name of the output.
  case named([Entry])

  /// An argument and the output that it is for.
  public struct Entry: Sendable {
    /// The name of the output.
    public let output: String
    /// The argument; `nil` for an output without.
    public let argument: Argument?

    /// An argument for an output.
    public init(output: String, argument: Argument?) {
      self.output = output
      self.argument = argument
    }
  }

  /// Reads an argument: a list, a dictionary that is no Keras object, or a single one.
  ///
  /// - Parameter read: Reads a single one, which is not `null`.
  init(_ json: JSONValue, read: (JSONValue) throws -> Argument) rethrows {
    func optional(_ json: JSONValue) throws -> Argument? { json.isNull ? nil : try read(json) }
    if let elements = json.array {
      self = .listed(try elements.map(optional))
    } else if json["class_name"] == nil, let members = json.object?.members {
      self = .named(
        try members.map { Entry(output: $0.key, argument: try optional($0.value)) })
    } else {
      self = .same(try read(json))
    }
  }

  /// All arguments in order, without saying for which output.
  public var all: [Argument] {
    switch self {
    case .same(let argument): [argument]
    case .listed(let arguments): arguments.compactMap(\.self)
    case .named(let entries): entries.compactMap(\.argument)
    }
  }

  /// The argument as Keras writes it.
  func json(_ write: (Argument) -> JSONValue) -> JSONValue {
    func optional(_ argument: Argument?) -> JSONValue { argument.map(write) ?? .null }
    switch self {
    case .same(let argument): return write(argument)
    case .listed(let arguments): return .array(arguments.map(optional))
    case .named(let entries):
      var object = JSONObject()
      for entry in entries { object[entry.output] = optional(entry.argument) }
      return .object(object)
    }
  }

  /// The argument of each of several outputs.
  ///
  /// - Parameter key: The argument of `compile`, for errors.
  /// - Throws: `ConfigurationError` for names that no output has.
  func arguments(for outputs: [String], key: String) throws -> [Argument?] {
    switch self {
    case .same(let argument): return outputs.map { _ in argument }
    case .listed(let arguments):
      guard arguments.count <= outputs.count else {
        throw ConfigurationError(
          subject: "compile", key: key, found: "\(arguments.count) entries",
          expected: "one for each of the outputs \(outputs.joined(separator: ", "))")
      }
      return outputs.indices.map { arguments.indices.contains($0) ? arguments[$0] : nil }
    case .named(let entries):
      if let stranger = entries.first(where: { !outputs.contains($0.output) }) {
        throw ConfigurationError(
          subject: "compile", key: key, found: "'\(stranger.output)'",
          expected: "the name of an output: \(outputs.joined(separator: ", "))")
      }
      return outputs.map { name in entries.first { $0.output == name }?.argument }
    }
  }
}
