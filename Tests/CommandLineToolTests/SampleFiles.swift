import Archives
import Foundation
import JSON
import KerasFiles
import TestSupport

/// Files that tests hand to the program.
enum SampleFiles {
  /// The recorded run that `make demo` heals.
  static let sickRun = Fixtures.project.appending(path: "Examples/digits-rate-too-high").path
  /// A recorded run that is well.
  static let healthyRun =
    Fixtures.project.appending(path: "Book/sgd-half-is-stable/capture").path

  /// An `.npy` file of little-endian 32-bit floats.
  static func npy(_ shape: [Int], _ numbers: [Float]) -> [UInt8] {
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let body = numbers.flatMap { number in
      withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    }
    return npy(header: "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents))}", body)
  }

  /// An `.npy` file with a given header.
  static func npy(header: String, _ body: [UInt8]) -> [UInt8] {
    var text = Array(header.utf8)
    while (10 + text.count + 1) % 64 != 0 { text.append(0x20) }
    text.append(0x0A)
    let length = [UInt8(text.count & 0xFF), UInt8(text.count >> 8)]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + text + body
  }

  /// An `.npz` file.
  static func npz(_ arrays: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var writer = ZipWriter()
    for (name, bytes) in arrays { writer.add(name + ".npy", bytes) }
    return writer.archive()
  }

  /// Rows of features with labels from 0 to 9, one number spoilt if asked for.
  static func rows(_ count: Int, columns: Int, nan: Bool = false) -> [UInt8] {
    var features = (0..<count * columns).map { Float($0 * 7919 % 101) / 101 }
    if nan { features[columns + 1] = .nan }
    let labels = (0..<count).map { Float($0 % 10) }
    return npz([("x", npy([count, columns], features)), ("y", npy([count], labels))])
  }

  /// A copy of the sick run's model with its configuration changed.
  static func model(_ change: (inout JSONValue) -> Void) throws -> [UInt8] {
    var archive = try KerasArchive(path: sickRun + "/model.keras")
    change(&archive.configuration)
    return archive.archived()
  }
}
