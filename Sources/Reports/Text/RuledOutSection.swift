import CaseFile

/// The causes that were examined and are not there; those with the same reason share a line.
struct RuledOutSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    guard !report.ruledOut.isEmpty else { return [] }
    let groups = grouped(report.ruledOut.map { (key: $0.because, id: $0.id) })
    let heading = page.painted("Ruled out", .strong) + " (\(report.ruledOut.count))"
    return [heading]
      + groups.flatMap { group in
        page.wrapped(
          group.ids.joined(separator: ", ") + ": " + group.key, first: "  ", rest: "      ")
      }
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
