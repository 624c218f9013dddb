public import Foundation

/// Where the files lie that tests read.
public enum Fixtures {
  /// The folder of the project.
  public static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// Golden numbers that real Keras computed.
  public static let goldens = project.appending(path: "Tests/Goldens")
  /// Files that real Keras wrote.
  public static let samples = project.appending(path: "Tests/Samples")
}
