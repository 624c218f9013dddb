import CaseFile

/// The causes that were examined and are not there: with their reasons those that the symptom makes one
/// think of, the others by name; reports in other forms have the reasons of all.
struct RuledOutSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    guard !report.ruledOut.isEmpty else { return [] }
    let usual = report.complaint.symptom.usualCauses
    let told = usual.flatMap { id in report.ruledOut.filter { $0.id == id } }
    let rest = report.ruledOut.filter { !usual.contains($0.id) }
    let heading = page.painted("Ruled out", .strong) + " (\(report.ruledOut.count))"
    let reasons = grouped(told.map { (key: $0.because, id: $0.id) }).flatMap { group in
      page.wrapped(
        group.ids.joined(separator: ", ") + ": " + group.key, first: "  ", rest: "      ")
    }
    guard !rest.isEmpty else { return [heading] + reasons }
    let names = rest.map(\.id).joined(separator: ", ")
    return [heading] + reasons
      + page.wrapped(
        (told.isEmpty ? "" : "and \(rest.count) more: ") + names
          + " (reasons: --format html or json)", first: "  ", rest: "      ")
  }
}

/// Ids that share a key, in the order in which the keys first occur.
func grouped(_ items: [(key: String, id: String)]) -> [(key: String, ids: [String])] {
  var groups: [(key: String, ids: [String])] = []
  var position: [String: Int] = [:]
  for item in items {
    if let index = position[item.key] {
      groups[index].ids.append(item.id)
    } else {
      position[item.key] = groups.count
      groups.append((item.key, [item.id]))
    }
  }
  return groups
}
