public import JSON

/// Something of Keras that a configuration names and describes: a layer, an activation, a loss.
///
/// One type, one file, one line in the catalogue beside it.
public protocol Configurable: Sendable {
  /// Keras' class, or its function where it has no class: `Dense`, `relu`.
  static var className: String { get }
  /// The class' own name in Keras' sources, by which weights are filed; it differs from the name in
  /// configurations where Keras exports the class under another.
  static var sourceName: String { get }
  /// The strings that Keras accepts in place of an object, besides the class name.
  static var names: [String] { get }
  /// Reads the `config` of such an object.
  ///
  /// - Throws: ``ConfigurationError`` for values that Keras would refuse as well.
  init(configuration: Configuration) throws
  /// The `config`, in Keras' names, without what is Keras' default.
  var configuration: JSONObject { get }
}

extension Configurable {
  /// The class name in snake case.
  public static var names: [String] { [snakeCase(className)] }
  /// The name in configurations.
  public static var sourceName: String { className }
  /// No arguments.
  public var configuration: JSONObject { JSONObject() }

  /// Whether a string or a class name of Keras means this.
  package static func isNamed(_ name: String) -> Bool { className == name || names.contains(name) }
}

/// A class name as Keras turns it into a variable name: `Conv2DTranspose` → `conv2d_transpose`.
package func snakeCase(_ name: String) -> String {
  let letters = Array(
    name.unicodeScalars.filter { $0.properties.isAlphabetic || $0.isDigit || $0 == "_" })
  func isUpper(_ index: Int) -> Bool { letters[index].properties.isUppercase }
  func isLower(_ index: Int) -> Bool {
    letters.indices.contains(index) && letters[index].properties.isLowercase
  }
  // Keras applies two patterns in turn: any character before a capital that small letters follow,
  // then a small letter before a capital.
  var result = ""
  var index = 0
  while index < letters.count {
    if index > 0, isUpper(index) {
      let startsWord = isLower(index + 1)
      let followsSmall = letters[index - 1].properties.isLowercase
      if (startsWord && letters[index - 1] != "_") || followsSmall { result += "_" }
    }
    result.unicodeScalars.append(letters[index])
    index += 1
  }
  return result.lowercased()
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { properties.numericType == .decimal }
}
