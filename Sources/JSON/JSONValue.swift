/// A JSON document as plain values, with two differences from Foundation's: objects keep the order
/// of their members, and `1` and `1.0` stay apart, because Keras refuses `"learning_rate": 1`.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// A number that was written with a fraction or an exponent; may be NaN or infinite, which Python
  /// writes as `NaN` and `Infinity`.
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The members of a JSON object in the order in which they were written.
public struct JSONObject: Hashable, Sendable {
  /// The members, in order. Keys are unique: of duplicates the last one read wins, as in Python.
  public private(set) var members: [Member] = []

  /// One key and its value.
  public struct Member: Hashable, Sendable {
    /// The name of the member.
    public var key: String
    /// What it holds.
    public var value: JSONValue
  }

  /// An object without members.
  public init() {}

  /// The value of `key`; setting `nil` removes the member, setting a new key appends it.
  ///
  /// - Complexity: O(*n*) in the number of members; objects in configurations are small.
  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// An object with the given members; of members with the same key the last one is kept, in the
  /// place of the first, as Python's dictionaries do.
  ///
  /// - Complexity: O(*n*).
  package init(keepingLast members: [Member]) {
    var places: [String: Int] = [:]
    self.members.reserveCapacity(members.count)
    for member in members {
      if let place = places[member.key] {
        self.members[place].value = member.value
      } else {
        places[member.key] = self.members.count
        self.members.append(member)
      }
    }
  }

  /// The keys in order.
  public var keys: [String] { members.map(\.key) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object with the given members, in the order of the literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    for (key, value) in elements { self[key] = value }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A number with a fraction.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object, members in the order of the literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    var object = JSONObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
}
