import JSON

/// A dictionary of losses as Python prints it: `{'loss': [0.69, 0.61], 'accuracy': [0.5, 0.7]}`, the
/// result of `print(history.history)`.
struct PythonHistory {
  /// The series; of a dictionary of single values each has one.
  let series: [String: [Double]]
  /// Whether it holds single values, as the logs of one epoch or batch do.
  let isSingle: Bool
  /// Where it ends.
  let end: Int

  /// Where such a dictionary begins in a text: a brace, and a quoted name behind it.
  static func beginning(in text: ArraySlice<UInt8>) -> Int? {
    var search = text.startIndex
    while let index = text[search...].firstIndex(of: UInt8(ascii: "{")) {
      search = index + 1
      var rest = text[search...]
      while let byte = rest.first, byte.isASCIISpace { rest.removeFirst() }
      if rest.first == UInt8(ascii: "u") { rest.removeFirst() }
      if let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
        return index
      }
    }
    return nil
  }

  /// Reads a dictionary at a position; `nil` unless it names a loss and holds numbers alone.
  init?(_ bytes: [UInt8], from position: Int) {
    var literal = PythonLiteral(bytes, from: position)
    guard let value = literal.value(), let series = PythonHistory.series(value) else { return nil }
    self.series = series
    isSingle = value.object?.members.allSatisfy { $0.value.array == nil } ?? false
    end = literal.position
  }

  /// The series of an object of lists of numbers, or of numbers; `nil` for anything else.
  static func series(_ value: JSONValue) -> [String: [Double]]? {
    guard let members = value.object?.members, !members.isEmpty else { return nil }
    var series: [String: [Double]] = [:]
    for member in members {
      let values = member.value.array ?? [member.value]
      guard !values.isEmpty else { continue }
      let numbers = values.compactMap(number)
      guard numbers.count == values.count else { return nil }
      series[SeriesName.canonical(member.key)] = numbers
    }
    return series.keys.contains { $0.hasSuffix("loss") } ? series : nil
  }

  /// A number, or what stands for one that is none: writers of JSON that may not write NaN put null,
  /// or a string.
  private static func number(_ value: JSONValue) -> Double? {
    if let number = value.double { return number }
    if value.isNull { return .nan }
    if let text = value.string {
      var rest = Array(text.utf8)[...]
      guard let number = LoggedNumber(&rest), rest.isEmpty else { return nil }
      return number.value
    }
    // A value that was logged as an array of one.
    if let only = value.array, only.count == 1 { return number(only[0]) }
    return nil
  }
}
