public import JSON

extension JSONError: InputProblem {
  /// What was found, against what was expected.
  public var finding: String { problem }
  /// What to do next.
  public var advice: String { "Save it again as JSON; Python's json.dump does." }
}

extension JSONValue {
  /// Reads the JSON document in a file.
  ///
  /// - Throws: ``InputError`` if it cannot be read or is no JSON, with line and column.
  public init(contentsOf path: String, limits: Limits = Limits()) throws(InputError) {
    let bytes = try ReadableFile(path: path).allBytes(limit: limits.bytes)
    try self.init(parsing: bytes, of: path, at: [], limits: limits)
  }

  /// Reads a JSON document that is part of a file.
  ///
  /// - Throws: ``InputError`` with line and column.
  public init(
    parsing bytes: [UInt8], of subject: String, at place: [String], limits: Limits = Limits()
  ) throws(InputError) {
    do {
      try self.init(parsing: bytes, limits: limits)
    } catch {
      throw InputError(
        error, in: subject, at: place + ["line \(error.line), column \(error.column)"])
    }
  }
}
