import CaseFile

extension Report {
  /// Names the rows that a finding about labels is about, with what stands there and what is
  /// predicted.
  mutating func nameSuspectRows() {
    guard let rows = run?.measurements?.labelAudit?.rows, !rows.isEmpty else { return }
    for index in causes.indices where causes[index].id == Report.labelNoise {
      causes[index].suspectRows = rows
    }
  }

  private static let labelNoise = "label-noise"
}
