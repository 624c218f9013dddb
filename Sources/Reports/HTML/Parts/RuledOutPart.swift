import CaseFile

/// The causes that were examined and are not there; those with the same reason share a row.
struct RuledOutPart: HTMLPart {
  func html(of report: Report) -> String {
    guard !report.ruledOut.isEmpty else { return "" }
    let groups = grouped(report.ruledOut.map { (key: $0.because, id: $0.id) })
    return section(
      "ruled-out", "Ruled out (\(report.ruledOut.count))",
      HTMLText.table(
        "Causes that were examined and are not there", head: ["cause", "why"],
        rows: groups.map { [$0.ids.joined(separator: ", "), $0.key] }))
  }
}
