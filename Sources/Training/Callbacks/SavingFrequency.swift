import JSON
package import Networks

/// When a callback saves: after every epoch, or after so many batches.
public enum SavingFrequency: Hashable, Sendable {
  /// After every epoch.
  case epoch
  /// After every so many batches, counted through all epochs.
  case batches(Int)

  /// Reads `save_freq`.
  package init(_ configuration: Configuration) throws {
    guard let value = configuration.value("save_freq"), value.string != "epoch" else {
      self = .epoch
      return
    }
    guard let count = value.int, count > 0 else {
      throw configuration.error(
        "save_freq", found: value, expected: "'epoch' or a positive number of batches")
    }
    self = .batches(count)
  }

  /// As it stands in a configuration; `nil` for the standard.
  var json: JSONValue? {
    if case .batches(let count) = self { return .int(count) }
    return nil
  }

  /// Whether so many batches, all epochs together, call for saving.
  func isDue(afterBatches count: Int) -> Bool {
    if case .batches(let every) = self { return count % max(1, every) == 0 }
    return false
  }
}
