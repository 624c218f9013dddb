import JSON

/// Values as a user would write them in Python.
struct PythonText {
  /// The quotation mark that the script uses.
  let quote: Character
  /// How objects of Keras are named in the script.
  var imports: ImportStyle

  /// A value; an object of Keras by the names that the script has.
  mutating func text(_ value: JSONValue) -> String {
    switch value {
    case .null: return "None"
    case .bool(let flag): return flag ? "True" : "False"
    case .int(let number): return "\(number)"
    case .double(let number): return PythonText.number(number)
    case .string(let text): return "\(quote)\(text)\(quote)"
    case .array(let items):
      let parts = items.map { text($0) }
      return "[" + parts.joined(separator: ", ") + "]"
    case .object(let object):
      guard let className = object["class_name"]?.string else {
        let parts = object.members.map { member in
          let key = Int(member.key).map { "\($0)" } ?? "\(quote)\(member.key)\(quote)"
          return "\(key): \(text(member.value))"
        }
        return "{" + parts.joined(separator: ", ") + "}"
      }
      let module = object["module"]?.string ?? "keras"
      let name = imports.name(of: className, in: module)
      let arguments = (object["config"]?.object?.members ?? [])
        .filter { !$0.value.isNull && $0.key != "name" }
        .map { "\($0.key)=\(text($0.value))" }
      return "\(name)(\(arguments.joined(separator: ", ")))"
    }
  }

  /// A number, whole ones without a fraction where that changes nothing.
  static func number(_ number: Double) -> String {
    if number.isNaN { return "float(\"nan\")" }
    if number.isInfinite { return number > 0 ? "float(\"inf\")" : "float(\"-inf\")" }
    return "\(number)"
  }

  /// A number in arithmetic, where 3.0 may be 3.
  static func short(_ number: Double) -> String {
    abs(number) < 1e15 ? Int(exactly: number).map(String.init) ?? "\(number)" : "\(number)"
  }
}

/// How a script names what it imports, and what must be imported besides.
struct ImportStyle {
  let imports: [ScriptPlaces.Import]
  /// Lines to be added after the last import.
  private(set) var added: [String] = []

  init(_ imports: [ScriptPlaces.Import]) { self.imports = imports }

  /// The name in the script of a class of Keras: `keras.optimizers.Adam`, `Adam`,
  /// `tf.keras.optimizers.Adam`.
  mutating func name(of className: String, in module: String) -> String {
    let full = "\(module).\(className)"
    if let found = imports.last(where: { Libraries.canonical($0.full) == full }) {
      return found.name
    }
    if let found = imports.last(where: { Libraries.canonical($0.full) == module }) {
      return "\(found.name).\(className)"
    }
    let part = module.hasPrefix("keras.") ? String(module.dropFirst(6)) + "." : ""
    if let found = imports.last(where: { Libraries.canonical($0.full) == "keras" }) {
      // `import tensorflow.keras` brings the name `tensorflow` only.
      let root = found.full.contains(".") && found.name == found.full ? found.full : found.name
      return "\(root).\(part)\(className)"
    }
    if let found = imports.last(where: { $0.full == "tensorflow" }) {
      return "\(found.name).keras.\(part)\(className)"
    }
    let isTensorFlow = imports.contains { $0.full.hasPrefix("tensorflow.keras") }
    add("from \(isTensorFlow ? "tensorflow." : "")\(module) import \(className)")
    return className
  }

  /// The name of NumPy in the script.
  mutating func numpy() -> String {
    if let found = imports.last(where: { $0.full == "numpy" }) { return found.name }
    add("import numpy as np")
    return "np"
  }

  private mutating func add(_ line: String) {
    if !added.contains(line) { added.append(line) }
  }
}
