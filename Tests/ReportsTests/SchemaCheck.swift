import Foundation
import JSON

/// Checks a JSON value against a JSON schema: the keywords that the schemas of these tests use.
struct SchemaCheck {
  let schema: JSONValue

  /// Where the value breaks the schema, one line each.
  func violations(of value: JSONValue) -> [String] { violations(of: value, by: schema, at: "$") }

  private func violations(of value: JSONValue, by rule: JSONValue, at path: String) -> [String] {
    if let reference = rule["$ref"]?.string, let name = reference.split(separator: "/").last {
      guard let target = schema["definitions"]?[String(name)] else {
        return ["\(path): the schema lacks \(reference)"]
      }
      return violations(of: value, by: target, at: path)
    }
    var found: [String] = []
    if let type = rule["type"]?.string, !isOf(type, value) { return ["\(path): is no \(type)"] }
    if let choices = rule["enum"]?.array, !choices.contains(value) {
      found.append("\(path): none of the allowed values")
    }
    if let pattern = rule["pattern"]?.string, let text = value.string,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): \(text) does not match \(pattern)")
    }
    if let minimum = rule["minimum"]?.int, let number = value.int, number < minimum {
      found.append("\(path): \(number) is below \(minimum)")
    }
    if let elements = value.array {
      if let least = rule["minItems"]?.int, elements.count < least {
        found.append("\(path): fewer than \(least) elements")
      }
      if rule["uniqueItems"]?.bool == true, Set(elements).count < elements.count {
        found.append("\(path): elements occur twice")
      }
      if let items = rule["items"] {
        for (index, element) in elements.enumerated() {
          found += violations(of: element, by: items, at: "\(path)[\(index)]")
        }
      }
    }
    if case .object(let object) = value {
      for name in rule["required"]?.array ?? [] {
        if let name = name.string, object[name] == nil { found.append("\(path): lacks \(name)") }
      }
      for member in object.members {
        if let inner = rule["properties"]?[member.key] {
          found += violations(of: member.value, by: inner, at: "\(path).\(member.key)")
        } else if let others = rule["additionalProperties"] {
          found +=
            others == false
            ? ["\(path): \(member.key) is not allowed"]
            : violations(of: member.value, by: others, at: "\(path).\(member.key)")
        }
      }
    }
    return found
  }

  private func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
      ("integer", .int), ("number", .int), ("number", .double), ("null", .null):
      true
    default: false
    }
  }
}
