public import FileAccess

/// Why an `.npy` file, or a member of an `.npz`, is refused.
public enum NPYProblem: InputProblem, Hashable {
  /// It does not begin as `.npy` files do.
  case notNPY
  /// A version of the format that is not known.
  case version(Int, Int)
  /// The header does not follow the grammar; what was found.
  case header(String)
  /// Python objects, which could only be read by running what the file says.
  case pickled
  /// An element type that is no plain number or string.
  case unsupported(String)
  /// The body has not the bytes that shape and element type ask for.
  case size(shape: [Int], type: String, expected: Int, found: Int)
  /// The shape asks for more bytes than can be counted.
  case shapeTooLarge([Int])

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .notNPY: "its first bytes are not those of an .npy file"
    case .version(let major, let minor):
      "version \(major).\(minor) of the format, where 1 to 3 are known"
    case .header(let text):
      "the header holds \(text), where NumPy writes descr, fortran_order, shape"
    case .pickled: "an array of Python objects, which only running the file could restore"
    case .unsupported(let type): "elements of type \(type), where plain numbers or strings are read"
    case .size(let shape, let type, let expected, let found):
      "\(found) bytes of elements, where \(pythonTuple(shape)) of \(type) takes \(expected)"
    case .shapeTooLarge(let shape): "the shape \(pythonTuple(shape)), which no file can hold"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .notNPY, .version, .header: "Save it again with numpy.save(\"x.npy\", x)."
    case .pickled:
      "Save it again as numbers: numpy.save(\"x.npy\", numpy.asarray(x.tolist(), dtype=\"float32\"));"
        + " texts as x.astype(str)."
    case .unsupported: "Save it again as numbers: numpy.save(\"x.npy\", x.astype(\"float32\"))."
    case .size, .shapeTooLarge: "The file was cut short or changed; save it again with numpy.save."
    }
  }
}

/// A shape as Python prints it.
func pythonTuple(_ extents: [Int]) -> String {
  extents.count == 1
    ? "(\(extents[0]),)" : "(" + extents.map(String.init).joined(separator: ", ") + ")"
}
