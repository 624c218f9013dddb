/// A grid of dots behind letters: two by four dots a Braille letter, or one dot a star in ASCII.
struct DotCanvas {
  private let width: Int
  private let height: Int
  private let usesUnicode: Bool
  private let dotsAcross: Int
  private let dotsDown: Int
  /// The Braille bits (or 1) of each letter, row by row.
  private var cells: [UInt8]
  /// Signs that stand instead of dots, by letter.
  private var marks: [Int: Character] = [:]

  /// The bits of a Braille letter, by column and row of its dots (Unicode standard, chapter 21.1).
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  init(width: Int, height: Int, usesUnicode: Bool) {
    self.width = width
    self.height = height
    self.usesUnicode = usesUnicode
    dotsAcross = usesUnicode ? width * 2 : width
    dotsDown = usesUnicode ? height * 4 : height
    cells = [UInt8](repeating: 0, count: width * height)
  }

  /// Draws a curve over the whole width; epochs without a height are marked on top.
  mutating func draw(_ curve: [Double], scale: LossScale) {
    var previous: (x: Int, y: Int)?
    for (epoch, value) in curve.enumerated() {
      let share = curve.count > 1 ? Double(epoch) / Double(curve.count - 1) : 0
      let x = Int((share * Double(dotsAcross - 1)).rounded())
      if let mark = mark(for: value, scale: scale) {
        if let previous, value > scale.ceiling { line(from: previous, to: (x, 0)) }
        marks[usesUnicode ? x / 2 : x] = mark
        previous = nil
        continue
      }
      let y = Int(((1 - scale.height(of: value)) * Double(dotsDown - 1)).rounded())
      line(from: previous ?? (x, y), to: (x, y))
      previous = (x, y)
    }
  }

  /// The sign of a value that has no height on a scale.
  private func mark(for value: Double, scale: LossScale) -> Character? {
    if value.isNaN { return usesUnicode ? "✕" : "N" }
    if value.isInfinite { return usesUnicode ? "∞" : "I" }
    return value > scale.ceiling ? (usesUnicode ? "↑" : "^") : nil
  }

  /// The rows, the upper one first.
  var lines: [String] {
    (0..<height).map { row in
      String((0..<width).map { column in letter(at: row * width + column) })
    }
  }

  private func letter(at index: Int) -> Character {
    if let mark = marks[index] { return mark }
    let bits = cells[index]
    guard bits != 0 else { return " " }
    guard usesUnicode, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { return "*" }
    return Character(scalar)
  }

  /// All dots of a straight line, by Bresenham's steps along its longer side.
  private mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let (across, down) = (end.x - start.x, end.y - start.y)
    let steps = max(abs(across), abs(down))
    guard steps > 0 else { return dot(end.x, end.y) }
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      dot(
        start.x + Int((share * Double(across)).rounded()),
        start.y + Int((share * Double(down)).rounded()))
    }
  }

  private mutating func dot(_ x: Int, _ y: Int) {
    if usesUnicode {
      cells[(y / 4) * width + x / 2] |= DotCanvas.bits[x % 2][y % 4]
    } else {
      cells[y * width + x] = 1
    }
  }
}
