/// What a run of `fit` recorded: one set of numbers for each epoch.
public struct History: Hashable, Sendable {
  /// The numbers of the epochs, the first one first.
  public internal(set) var epochs: [Logs] = []
  /// The number of the first epoch.
  public internal(set) var firstEpoch = 0
  /// Why the run ended.
  public internal(set) var ending = Ending.finished
  /// What callbacks said, in Keras' words.
  public internal(set) var messages: [String] = []

  /// Why a run ended.
  public enum Ending: String, Hashable, Sendable {
    /// All epochs were done.
    case finished
    /// A callback, or whoever watched the run, ended it.
    case stopped
    /// It was cancelled from outside.
    case cancelled
  }

  /// Nothing.
  public init() {}

  /// The names of the numbers, in order.
  public var names: [String] {
    var result: [String] = []
    for logs in epochs { result += logs.names.filter { !result.contains($0) } }
    return result
  }

  /// The numbers with a name, one for each epoch that has it.
  public subscript(name: String) -> [Double] { epochs.compactMap { $0[name] } }
}
