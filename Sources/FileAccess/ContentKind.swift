/// What the bytes of a file show of its kind, whatever its name says.
public enum ContentKind: Hashable, Sendable {
  /// A zip archive: `.keras` and `.npz` are such.
  case zip
  /// An HDF5 file.
  case hdf5
  /// Pickled Python objects.
  case pickle
  /// A NumPy array.
  case npy
  /// JSON, as far as its beginning tells: a model, a history, a notebook.
  case json
  /// Python: a script or a piece of one.
  case python
  /// Something else.
  case other

  /// So many bytes decide.
  public static let beginning = 1 << 16

  /// The kind of bytes, by the first ``beginning`` of them.
  public init(_ bytes: some Collection<UInt8>) {
    let head = Array(bytes.prefix(ContentKind.beginning))
    func begins(_ magic: [UInt8]) -> Bool { head.starts(with: magic) }
    if begins([0x50, 0x4B, 3, 4]) || begins([0x50, 0x4B, 5, 6]) {
      self = .zip
    } else if begins([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .hdf5
    } else if begins([0x93] + Array("NUMPY".utf8)) {
      self = .npy
    } else if head.count > 1, head[0] == 0x80, (2...5).contains(head[1]) {
      self = .pickle
    } else if ContentKind.isPython(String(decoding: head, as: UTF8.self)) {
      self = .python
    } else if let first = head.first(where: { ![9, 10, 13, 32].contains($0) }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    {
      self = .json
    } else {
      self = .other
    }
  }

  /// Whether a line of a text is a statement of Python as programs with Keras have them, at its left
  /// margin: what a traceback quotes is indented.
  private static func isPython(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      statements.contains { line.hasPrefix($0) } || isCall(line)
    }
  }

  /// How statements begin that hardly stand in the output of a program.
  private static let statements = [
    "import ", "from keras", "from tensorflow", "from sklearn", "from numpy", "def ", "class ",
    "@tf.function", "model.add(", "model.compile(", "model.fit(", "model.fit_generator(",
    "#!/usr/bin/env python", "#!/usr/bin/python",
  ]

  /// `model = Sequential()`, `history = model.fit(…)`: a name, an equals sign, a call.
  private static func isCall(_ line: Substring) -> Bool {
    guard let sign = line.firstIndex(of: "=") else { return false }
    let name = line[..<sign].filter { $0 != " " }
    guard let first = name.first, first.isLetter || first == "_",
      name.allSatisfy({ $0.isLetter || $0.isNumber || "_.,".contains($0) })
    else { return false }
    let value = line[line.index(after: sign)...]
    return ["Sequential(", "Model(", ".fit(", "keras.", "layers.", "np.", "Dense("]
      .contains { value.contains($0) }
  }
}
