import CaseFile
import Diagnosis
import Foundation

extension Report {
  /// What could not be examined of a script needs no model any more, but data to try remedies on.
  ///
  /// - Parameter knowsModel: whether the script tells the layers.
  mutating func askForData(knowsModel: Bool) {
    let data =
      "add the data that fit is given, so that a trial can tell: --data train.npz"
      + " (numpy.savez(\"train.npz\", x=x, y=y))"
    for index in notExamined.indices {
      var parts = notExamined[index].hint.components(separatedBy: "; ")
      if knowsModel { parts.removeAll { $0 == Need.model.hint } }
      let needsTrial = parts.contains(Need.trials.hint)
      parts.removeAll { $0 == Need.trials.hint || (needsTrial && $0 == Need.features.hint) }
      if needsTrial { parts.append(data) }
      if parts.isEmpty { parts = ["the script does not write it out"] }
      notExamined[index].hint = parts.joined(separator: "; ")
    }
  }
}
