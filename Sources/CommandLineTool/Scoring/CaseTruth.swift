import JSON

/// What is known of a case in advance, for the scorer alone.
struct CaseTruth {
  /// The name of its folder.
  var id: String
  /// Whether the program is healthy.
  var isHealthy: Bool
  /// Causes of which any, ranked first, is right.
  var truth: [String]
  /// Causes that may stand beside it.
  var also: [String]

  /// Reads the members `kind`, `truth` and `also`; `nil` if one is missing.
  init?(id: String, document: JSONValue) {
    guard let kind = document["kind"]?.string, let truth = document["truth"]?.array else {
      return nil
    }
    self.id = id
    isHealthy = kind == "healthy"
    self.truth = truth.compactMap(\.string)
    also = (document["also"]?.array ?? []).compactMap(\.string)
  }
}
