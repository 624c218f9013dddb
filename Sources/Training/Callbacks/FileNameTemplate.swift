import Foundation

/// A file name with places for numbers, in the form of Python's `str.format`:
/// `model-{epoch:02d}-{val_loss:.4f}.keras`.
struct FileNameTemplate: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case text(String)
    case number(name: String, format: Format)
  }

  /// `[0][width][.precision][type]`, the part of Python's format language that numbers need.
  private struct Format: Hashable, Sendable {
    var width = 0
    var hasZeros = false
    var precision: Int?
    var type: Character?
  }

  private let pieces: [Piece]

  /// Takes a name apart; `nil` for braces that do not match and formats that are not for numbers.
  init?(_ template: String) {
    var pieces: [Piece] = []
    var text = ""
    var rest = Substring(template)
    while let character = rest.popFirst() {
      if character == "{" || character == "}", rest.first == character {
        text.append(character)
        rest.removeFirst()
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let parts = rest[..<end].split(
          separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty,
          let format = Self.format(parts.count > 1 ? parts[1] : "")
        else { return nil }
        pieces += [.text(text), .number(name: String(name), format: format)]
        text = ""
        rest = rest[rest.index(after: end)...]
      } else if character == "}" {
        return nil
      } else {
        text.append(character)
      }
    }
    self.pieces = pieces + [.text(text)]
  }

  private static func format(_ text: Substring) -> Format? {
    var (result, rest) = (Format(), text)
    if rest.first == "0" {
      result.hasZeros = true
      rest.removeFirst()
    }
    func digits() -> Int? {
      let found = rest.prefix(while: \.isNumber)
      rest = rest.dropFirst(found.count)
      return Int(found)
    }
    result.width = digits() ?? 0
    if rest.first == "." {
      rest.removeFirst()
      guard let precision = digits() else { return nil }
      result.precision = precision
    }
    result.type = rest.popFirst()
    let known: [Character?] = [nil, "d", "f", "F", "e", "E", "g", "G"]
    guard rest.isEmpty, known.contains(result.type) else { return nil }
    // No file name needs more; a wider one would only fill memory.
    guard result.width < 100, result.precision ?? 0 < 100 else { return nil }
    return result
  }

  /// The name with its numbers.
  ///
  /// - Parameters:
  ///   - counts: Whole numbers: `epoch`, `batch`, counted from 1.
  ///   - logs: What the epoch came to.
  /// - Returns: The name, or that of a number that is not there.
  func filled(counts: [String: Int], logs: Logs) -> (name: String, missing: String?) {
    var name = ""
    for piece in pieces {
      switch piece {
      case .text(let text): name += text
      case .number(let key, let format):
        if let count = counts[key] {
          name += Self.text(count, format)
        } else if let value = logs[key] {
          name += Self.text(value, format)
        } else {
          return ("", key)
        }
      }
    }
    return (name, nil)
  }

  private static func text(_ count: Int, _ format: Format) -> String {
    guard format.type == nil || format.type == "d" else { return text(Double(count), format) }
    return padded("\(count)", format)
  }

  private static func text(_ number: Double, _ format: Format) -> String {
    guard number.isFinite else {
      return padded(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf", Format(width: format.width))
    }
    let type = format.type ?? "g"
    if format.type == nil, format.precision == nil { return padded("\(number)", format) }
    return padded(
      String(format: "%.\(format.precision ?? 6)\(type == "d" ? "f" : type)", number), format)
  }

  private static func padded(_ text: String, _ format: Format) -> String {
    let gap = max(0, format.width - text.count)
    guard format.hasZeros else { return String(repeating: " ", count: gap) + text }
    let sign = text.hasPrefix("-") ? "-" : ""
    return sign + String(repeating: "0", count: gap) + text.dropFirst(sign.count)
  }
}
