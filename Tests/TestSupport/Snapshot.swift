public import Foundation

/// Printed output that is compared with a file of its own, so that a change of it is seen in review.
///
/// `RECORD_SNAPSHOTS=1` in the environment writes the files anew instead.
public enum Snapshot {
  /// Compares a text with `Snapshots/NAME` in the folder of the test that calls.
  ///
  /// - Returns: `nil` if they agree, otherwise what to tell the reader of the test's log.
  public static func difference(
    of text: String, from name: String, besides file: String = #filePath
  ) -> String? {
    let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Snapshots")
    return difference(of: text, from: folder.appending(path: name))
  }

  /// Compares a text with a file, for pages of the documentation that are made from the program.
  ///
  /// - Returns: `nil` if they agree, otherwise what to tell the reader of the test's log.
  public static func difference(of text: String, from place: URL) -> String? {
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place)
        return nil
      } catch {
        return "\(place.path) cannot be written: \(error)"
      }
    }
    guard let data = try? Data(contentsOf: place) else {
      return "\(place.path) is missing; RECORD_SNAPSHOTS=1 writes it"
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard expected != text else { return nil }
    return """
      \(place.lastPathComponent) differs; RECORD_SNAPSHOTS=1 renews it.
      --- expected
      \(expected)
      --- found
      \(text)
      """
  }
}
