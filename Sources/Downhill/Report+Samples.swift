import CaseFile

extension Report {
  /// Says of figures of probes and trials that they ran on a sample of the rows.
  mutating func tellTrials(ran sample: String) {
    for cause in causes.indices {
      for index in causes[cause].evidence.indices
      where [.probe, .trial].contains(causes[cause].evidence[index].basis) {
        let own = causes[cause].evidence[index].sample
        causes[cause].evidence[index].sample = [own, sample].compactMap(\.self)
          .joined(separator: ", ")
      }
    }
  }

  /// Says of figures that came from a script, which was not run, that they are of a sample.
  ///
  /// - Parameter knowsRows: whether the number of rows is known.
  mutating func tellSamples(knowsRows: Bool) {
    for cause in causes.indices {
      for index in causes[cause].evidence.indices
      where causes[cause].evidence[index].sample?.hasPrefix("all ") ?? false {
        let count = causes[cause].evidence[index].sample?.dropFirst(4) ?? ""
        causes[cause].evidence[index].sample =
          knowsRows ? "\(count) as the script makes them" : nil
      }
    }
  }
}
