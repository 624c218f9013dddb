public import Foundation

/// One run in the history: what it was, how it ended, and what was found.
public struct RunRecord: Hashable, Sendable, Identifiable {
  /// Which command made it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case diagnose, fix, train, run
  }

  /// How far a run is.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It is under way.
    case running
    /// It came to its end.
    case finished
    /// The user stopped it.
    case interrupted
    /// An error ended it.
    case failed
    /// Its process is gone, and nobody wrote down how it ended.
    case vanished
  }

  /// Its number, by which commands name it; numbers are never used twice.
  public var id: Int64
  /// Which command made it.
  public var kind: Kind
  /// What it was run on, as the user wrote it.
  public var subject: String
  /// When it began.
  public var started: Date
  /// When it was last heard of.
  public var updated: Date
  /// How far it is.
  public var status: Status
  /// The verdict's word, for diagnoses.
  public var verdict: String?
  /// The verdict in one sentence, or an error's message.
  public var headline: String?
  /// The first cause.
  public var cause: String?
  /// The last loss.
  public var loss: Double?
  /// The version of the program that wrote it.
  public var version: String
  /// The arguments of compile and fit, by name.
  public var settings: [String: String]
}

/// What is known of a run as it begins.
public struct NewRun: Sendable {
  /// Which command makes it.
  public var kind: RunRecord.Kind
  /// What it is run on, as the user wrote it.
  public var subject: String
  /// The version of the program.
  public var version: String
  /// The arguments of compile and fit, by name.
  public var settings: [String: String]

  /// A run that begins now.
  public init(
    kind: RunRecord.Kind, subject: String, version: String, settings: [String: String] = [:]
  ) {
    self.kind = kind
    self.subject = subject
    self.version = version
    self.settings = settings
  }
}

/// Which runs are wanted.
public struct RunFilter: Hashable, Sendable {
  /// Words that all occur in subject, headline or cause; empty for any.
  public var text = ""
  /// Which command made it.
  public var kind: RunRecord.Kind?
  /// The verdict's word.
  public var verdict: String?
  /// Only runs with a smaller number, for the pages of a long list.
  public var before: Int64?
  /// How many at most, the latest first.
  public var limit = 50

  /// A filter that lets everything pass.
  public init() {}
}
