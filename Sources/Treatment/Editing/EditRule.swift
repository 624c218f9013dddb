package import CaseFile

/// How one kind of edit is applied to a run.
package protocol EditRule: Sendable {
  /// The edit's target in words of its path, `*` for a name: `["layers", "*", "activation"]`; a last
  /// `**` takes whatever follows.
  var pattern: [String] { get }
  /// Where the edit takes effect.
  var place: EditPlace { get }
  /// Applies the edit.
  ///
  /// - Throws: ``EditError`` if the run has no such part.
  func apply(_ edit: Edit, _ path: [String], to run: inout Run) throws
}

/// Where an edit takes effect, which decides whether a model file can hold it.
package enum EditPlace: String, Sendable {
  /// In the model or its compile arguments: a `.keras` file holds it.
  case model
  /// In the data: the user's script must do it.
  case data
  /// In the arguments of `fit`: the user's script must do it.
  case fit
}

/// An edit that cannot be applied.
package enum EditError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No rule knows the target.
  case unknownTarget(String)
  /// The run has no such part.
  case missing(String)
  /// The value is not of the kind that the target takes.
  case unfit(target: String, value: String)

  package var description: String {
    switch self {
    case .unknownTarget(let target): "no edit is known for '\(target)'"
    case .missing(let part): "the run has no \(part)"
    case .unfit(let target, let value): "'\(target)' cannot be set to \(value)"
    }
  }
}
