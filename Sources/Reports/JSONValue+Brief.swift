package import JSON

extension JSONValue {
  /// A value of an edit in few words: configurations can be long, and the Python lines have all.
  package var brief: String {
    switch self {
    case .null: return "none"
    case .bool(let flag): return flag ? "True" : "False"
    case .int(let number): return String(number)
    case .double(let number): return NumberText.short(number, digits: 6)
    case .string(let text): return text
    case .array(let elements) where elements.count <= 8:
      return "[" + elements.map(\.brief).joined(separator: ", ") + "]"
    case .array(let elements): return "\(elements.count) values"
    case .object(let object):
      if let name = object["class_name"]?.string { return name }
      if object.members.count > 8 { return "\(object.members.count) values" }
      return object.members.map { "\($0.key): \($0.value.brief)" }.joined(separator: ", ")
    }
  }
}
