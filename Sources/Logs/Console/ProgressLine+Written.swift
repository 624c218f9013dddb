extension ProgressLine {
  /// No program takes as many steps.
  private static let largestCount = 1_000_000_000_000

  /// Lines that programs print themselves, in their loops and callbacks:
  ///
  ///     Epoch [3/10], Loss: 0.5, Val Loss: 0.6
  ///     epoch 3 loss=0.5 acc=0.9
  ///     Step 100: loss 0.31
  ///     {'epoch': 3, 'loss': 0.5}
  ///
  /// A line counts if it names an epoch or a step, and a loss with its value.
  init?(written text: ArraySlice<UInt8>, isCut: Bool) {
    var pairs: [(name: String, number: LoggedNumber, of: Int?)] = []
    var words: [String] = []
    var rest = text
    while let byte = rest.first {
      // A number counts if a name stands before it.
      if byte.isASCIIDigit || byte == 45 || byte == 43 || byte == 46 || byte | 32 == 110
        || byte | 32 == 105, let last = words.last, !last.isEmpty
      {
        var probe = rest
        if let number = LoggedNumber(&probe), !(probe.first.map { $0.isASCIILetter } ?? false) {
          var planned: Int?
          if probe.first == UInt8(ascii: "/") {
            probe.removeFirst()
            planned = ConsoleLine.wholeNumber(&probe)
          }
          if !(probe.isEmpty && isCut) {
            pairs.append((words.joined(separator: "_"), number, planned))
          }
          words = []
          rest = probe
          continue
        }
      }
      if byte.isNamePart || byte > 127 {
        let word = rest.prefix { $0.isNamePart || $0 > 127 || $0 == UInt8(ascii: "/") }
        rest = rest.dropFirst(max(1, word.count))
        words.append(word.text.lowercased())
        // More words than a name has are a sentence.
        if words.count > 3 { words.removeFirst() }
      } else {
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ";") {
          words = []
        }
        rest.removeFirst()
      }
    }
    entries = []
    for (index, pair) in pairs.enumerated() {
      // What counts nothing is taken as no number at all.
      let whole = Int(exactly: pair.number.value)
        .flatMap { (0...ProgressLine.largestCount).contains($0) ? $0 : nil }
      switch pair.name {
      case "epoch", "epochs":
        guard epoch == nil else { return nil }
        (epoch, planned) = (whole, pair.of ?? planned)
      case "step", "iter", "iteration", "batch":
        (step, total) = (whole, pair.of ?? total)
      case "of":
        if index > 0, planned == nil { planned = whole }
      default:
        entries.append(Entry(name: SeriesName.canonical(pair.name), number: pair.number))
      }
    }
    guard epoch != nil || step != nil, entries.contains(where: { $0.name.hasSuffix("loss") })
    else { return nil }
    isUnderWay = epoch != nil && step != nil && step != total
  }
}
