/// Named numbers of an epoch or an evaluation, in Keras' order: by the alphabet, then what callbacks
/// added.
public struct Logs: Hashable, Sendable {
  /// One of the numbers.
  public struct Entry: Hashable, Sendable {
    /// Its name: `loss`, `val_accuracy`.
    public let name: String
    /// The number, of single precision.
    public var value: Double
  }

  /// The numbers in order.
  public private(set) var entries: [Entry] = []

  /// No numbers.
  public init() {}

  /// Numbers in the order of the alphabet.
  init(_ values: [(name: String, value: Double)]) {
    entries = values.sorted { $0.name < $1.name }.map { Entry(name: $0.name, value: $0.value) }
  }

  /// The number with a name; setting one with a new name appends it.
  public subscript(name: String) -> Double? {
    get { entries.first { $0.name == name }?.value }
    set {
      let index = entries.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The names in order.
  public var names: [String] { entries.map(\.name) }
}
