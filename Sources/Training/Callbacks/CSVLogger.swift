import Foundation
public import JSON
public import Networks

/// Writes the numbers of each epoch as a line of a CSV file, in Keras' form.
public struct CSVLogger: FileWritingCallback, Configurable {
  /// Keras' class.
  public static let className = "CSVLogger"
  /// The names in place of an object.
  public static let names = ["csv_logger"]
  private let path: String
  private let separator: String
  private let appends: Bool
  private var names: [String]?
  private var text = ""

  /// A log.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - separator: What stands between the columns.
  ///   - appends: Whether a file that is there is continued.
  public init(path: String, separator: String = ",", appends: Bool = false) {
    self.path = path
    self.separator = separator
    self.appends = appends
  }

  /// Reads the arguments.
  public init(configuration: Configuration) throws {
    guard let path = try configuration.string("filename") else {
      throw configuration.error("filename", found: nil, expected: "a path")
    }
    self.path = path
    separator = try configuration.string("separator", default: ",")
    appends = try configuration.bool("append", default: false)
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result: JSONObject = ["filename": .string(path)]
    result.set("separator", separator, default: ",")
    result.set("append", appends, default: false)
    return result
  }

  /// Starts anew.
  public mutating func trainingBegins(_ control: FitControl) throws {
    names = nil
    text = appends ? (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" : ""
  }

  /// Writes a line.
  public mutating func epochEnds(
    _ epoch: Int, _ logs: inout Logs, _ control: FitControl
  ) throws {
    let columns: [String]
    if let names {
      columns = names
    } else {
      columns = Self.columns(logs.names)
      names = columns
      if text.isEmpty {
        text += (["epoch"] + columns).joined(separator: separator) + "\r\n"
      }
    }
    let values = columns.map { name in logs[name].map(Self.python) ?? "NA" }
    text += (["\(epoch)"] + values).joined(separator: separator) + "\r\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The columns by the alphabet; without validation in the first epoch, columns for it besides.
  private static func columns(_ names: [String]) -> [String] {
    let sorted = names.sorted()
    if sorted.contains(where: { $0.hasPrefix("val_") }) { return sorted }
    return sorted + sorted.map { "val_" + $0 }
  }

  /// A number as Python prints it.
  private static func python(_ number: Double) -> String {
    number.isNaN ? "nan" : number.isInfinite ? (number < 0 ? "-inf" : "inf") : "\(number)"
  }
}
