import FileAccess
import JSON

/// `History.history` saved as JSON, or `{"history": …}` around it.
struct JSONHistory: LogFormat {
  let name = "history in JSON"

  func recognises(_ beginning: LogBeginning) -> Bool {
    guard beginning.first == UInt8(ascii: "{") else { return false }
    guard beginning.isCut else {
      guard let value = try? JSONValue(parsing: beginning.bytes) else { return false }
      return JSONHistory.series(value) != nil
    }
    // Of a large file only the beginning is at hand: `{"loss": [0.5, …`.
    let text = beginning.bytes[...]
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[..<colon].contains("\"") else {
      return false
    }
    var rest = text[(colon + 1)...].trimmed
    guard rest.first == UInt8(ascii: "[") else { return false }
    rest = rest.dropFirst().trimmed
    return LoggedNumber(&rest) != nil
  }

  func read(_ bytes: [UInt8], name: String) throws(InputError) -> TrainingLog {
    let value = try JSONValue(parsing: bytes, of: name, at: [])
    guard let series = JSONHistory.series(value) else {
      throw InputError(LogProblem.notAHistory, in: name)
    }
    return TrainingLog(form: self.name, runs: [LoggedRun(series: series)])
  }

  /// The series of a history, or of the history that an object holds.
  private static func series(_ value: JSONValue) -> [String: [Double]]? {
    PythonHistory.series(value) ?? value["history"].flatMap(PythonHistory.series)
  }
}
