/// A number as a log prints it.
struct LoggedNumber: Hashable, Sendable {
  /// The number.
  var value: Double
  /// By how much the true number may differ: half a unit of the last digit.
  var resolution: Double
  /// The digits behind the decimal separator.
  var decimals: Int

  /// The words for what is no finite number, in the forms of Python, C and R.
  private static let words: [(word: [UInt8], value: Double)] = [
    ("nan", Double.nan), ("infinity", .infinity), ("inf", .infinity), ("na", .nan),
  ].map { (Array($0.0.utf8), $0.1) }

  /// Reads a number at the beginning of a text and moves the text past it; `nil` leaves it where it is.
  ///
  /// A comma between digits is a decimal comma: Keras groups no digits.
  init?(_ text: inout ArraySlice<UInt8>) {
    var rest = text
    var isNegative = false
    if let sign = rest.first, sign == 45 || sign == 43 {
      isNegative = sign == 45
      rest.removeFirst()
    }
    for (word, value) in LoggedNumber.words {
      guard rest.count >= word.count, zip(rest, word).allSatisfy({ $0 | 32 == $1 }),
        !(rest.dropFirst(word.count).first?.isNamePart ?? false)
      else { continue }
      text = rest.dropFirst(word.count)
      (self.value, resolution, decimals) = (isNegative ? -value : value, 0, 0)
      return
    }
    var digits: [UInt8] = isNegative ? [45] : []
    var (whole, fraction) = (0, 0)
    while let byte = rest.first, byte.isASCIIDigit {
      digits.append(byte)
      whole += 1
      rest.removeFirst()
    }
    if let byte = rest.first, byte == 46 || (byte == 44 && whole > 0),
      byte == 46 || (rest.dropFirst().first?.isASCIIDigit ?? false)
    {
      var tail = rest.dropFirst()
      digits.append(46)
      while let byte = tail.first, byte.isASCIIDigit {
        digits.append(byte)
        fraction += 1
        tail.removeFirst()
      }
      if fraction == 0 { digits.append(48) }
      rest = tail
    }
    guard whole + fraction > 0, whole + fraction < LoggedNumber.longest else { return nil }
    var exponent = 0
    if let byte = rest.first, byte | 32 == 101 {
      var tail = rest.dropFirst()
      var power: [UInt8] = [101]
      if let sign = tail.first, sign == 45 || sign == 43 {
        power.append(sign)
        tail.removeFirst()
      }
      let before = power.count
      while let byte = tail.first, byte.isASCIIDigit, power.count < 8 {
        power.append(byte)
        tail.removeFirst()
      }
      if power.count > before {
        digits += power
        exponent = Int(String(decoding: power.dropFirst(), as: UTF8.self)) ?? 0
        rest = tail
      }
    }
    if digits.first == 46 || digits.starts(with: [45, 46]) {
      digits.insert(48, at: isNegative ? 1 : 0)
    }
    guard let value = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
    self.value = value
    decimals = fraction
    resolution = 0.5 * LoggedNumber.power(exponent - fraction)
    text = rest
  }

  /// Ten to a power.
  private static func power(_ exponent: Int) -> Double {
    Double("1e\(Swift.max(-400, Swift.min(400, exponent)))") ?? 0
  }

  /// Longer rows of digits are no losses.
  private static let longest = 400
}
