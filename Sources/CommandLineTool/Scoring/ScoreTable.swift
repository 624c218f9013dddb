import CaseFile
import JSON
import Reports

/// The score as a table for people, and as JSON for programs.
struct ScoreTable {
  let scores: [CaseScore]
  let totals: ScoreTotals

  init(_ scores: [CaseScore]) {
    self.scores = scores
    totals = ScoreTotals(scores)
  }

  /// The columns of the table.
  private static let header = [
    "", "case", "truth", "first cause", "proven", "time", "wrong extras",
  ]

  /// A line a case, then the totals, then how far confidences can be believed.
  var text: String {
    let rows = [ScoreTable.header] + scores.map(row)
    let widths = ScoreTable.header.indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    var lines = rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    lines += ["", "right first cause   \(share(totals.right, of: totals.sick)), sick"]
    lines += ["called healthy      \(share(totals.recognised, of: totals.healthy)), healthy"]
    lines += ["accused             \(share(totals.accused, of: totals.healthy)), healthy"]
    lines += ["undetermined        \(totals.undetermined)", "failed              \(totals.failed)"]
    lines += ["proven              \(share(totals.proven, of: totals.curable)), sick with data"]
    lines += ["wrong extras        \(NumberText.printed(totals.extrasPerCase, "%.2f")) a case"]
    lines += [
      "time                \(NumberText.duration(seconds: totals.meanSeconds)) a case, "
        + "\(NumberText.duration(seconds: totals.longestSeconds)) at most"
    ]
    if totals.diagnosedTwice > 0 {
      lines += [
        "the same twice      \(share(totals.repeated, of: totals.diagnosedTwice)), times aside"
      ]
      lines += scores.filter { $0.isRepeated == false }.map { "  differs: \($0.truth.id)" }
    }
    if totals.compared > 0 {
      lines += [
        "beats random search \(share(totals.ahead, of: totals.compared)), same number of runs"
      ]
    }
    if !totals.calibration.isEmpty {
      lines += ["", "confidence  cases  mean  right"]
      lines += totals.calibration.map { bin in
        NumberText.printed(bin.range.lowerBound, "%.2f") + "-"
          + NumberText.printed(min(bin.range.upperBound, 1), "%.2f")
          + NumberText.printed(Double(bin.count), "%8.0f")
          + NumberText.printed(bin.confidence / Double(bin.count), "%6.2f")
          + NumberText.printed(Double(bin.right) / Double(bin.count), "%7.2f")
      }
    }
    return lines.map(SafeText.escaped).joined(separator: "\n") + "\n"
  }

  private func row(_ score: CaseScore) -> [String] {
    [
      score.isRight ? "right" : "WRONG",
      score.truth.id,
      score.truth.truth.joined(separator: "|"),
      score.error ?? (score.verdict == "fault" ? score.causes.first?.id ?? "-" : score.verdict),
      score.truth.isHealthy ? "" : score.isProven ? "yes" : "no",
      NumberText.duration(seconds: score.seconds),
      score.extras.joined(separator: " "),
    ]
  }

  private func share(_ part: Int, of whole: Int) -> String {
    let percent = whole > 0 ? " (\(percentage(Double(part) / Double(whole))))" : ""
    return "\(part) of \(whole)\(percent)"
  }

  /// The same figures for programs.
  var document: JSONValue {
    let cases = scores.map { score -> JSONValue in
      [
        "id": .string(score.truth.id),
        "kind": score.truth.isHealthy ? "healthy" : "sick",
        "truth": .array(score.truth.truth.map { .string($0) }),
        "right": .bool(score.isRight),
        "verdict": .string(score.verdict),
        "first": score.causes.first.map { .string($0.id) } ?? .null,
        "confidence": score.causes.first.map { .double($0.confidence) } ?? .null,
        "proven": .bool(score.isProven),
        "extras": .array(score.extras.map { .string($0) }),
        "seconds": .double(score.seconds),
        "error": score.error.map { .string($0) } ?? .null,
      ]
    }
    let calibration = totals.calibration.map { bin -> JSONValue in
      [
        "from": .double(bin.range.lowerBound),
        "to": .double(min(bin.range.upperBound, 1)),
        "cases": .int(bin.count),
        "mean_confidence": .double(bin.confidence / Double(bin.count)),
        "share_right": .double(Double(bin.right) / Double(bin.count)),
      ]
    }
    return [
      "schema": "downhill.score/1",
      "cases": .array(cases),
      "totals": [
        "sick": .int(totals.sick), "right": .int(totals.right),
        "healthy": .int(totals.healthy), "recognised": .int(totals.recognised),
        "accused": .int(totals.accused), "undetermined": .int(totals.undetermined),
        "failed": .int(totals.failed), "curable": .int(totals.curable),
        "proven": .int(totals.proven), "extras_per_case": .double(totals.extrasPerCase),
        "mean_seconds": .double(totals.meanSeconds),
        "longest_seconds": .double(totals.longestSeconds),
        "diagnosed_twice": .int(totals.diagnosedTwice), "same_twice": .int(totals.repeated),
        "compared_with_random": .int(totals.compared), "ahead_of_random": .int(totals.ahead),
      ],
      "calibration": .array(calibration),
    ]
  }
}
