public import FileAccess

/// Why an image is refused.
public enum ImageProblem: InputProblem, Hashable {
  /// Neither PNG nor JPEG by its first bytes; what it is, if that can be told.
  case unknownKind(String?)
  /// It ends before the image does.
  case cutShort
  /// More pixels than are accepted.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// A part that contradicts the format; which, and how.
  case malformed(String)
  /// The decoder's words for what it did not like.
  case undecodable(String)

  /// What was found, against what was expected.
  public var finding: String {
    switch self {
    case .unknownKind(let kind): "\(kind ?? "no image"), where PNG or JPEG is read"
    case .cutShort: "the image ends before its last row"
    case .tooLarge(let width, let height, let limit):
      "\(width) × \(height) pixels, where at most \(limit) are accepted"
    case .malformed(let text): text
    case .undecodable(let text): "a JPEG that cannot be decoded: \(text)"
    }
  }

  /// What to do next.
  public var advice: String {
    switch self {
    case .unknownKind: "Save it as PNG or JPEG, or take it out of the folder."
    case .cutShort, .malformed, .undecodable:
      "The file is damaged; copy or download it again, or take it out of the folder."
    case .tooLarge: "Save it smaller: training sees it in the model's size anyway."
    }
  }
}
