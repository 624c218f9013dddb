import JSON
import Networks
import TestSupport

import Training

/// What of Keras can be run: the catalogues of the program against the names that Keras has.
struct Coverage {
  /// Names of Keras that belong together, and which of them can be run.
  struct Group {
    let title: String
    let names: [String]
    let runnable: Set<String>

    /// Without what is no thing of its own in Keras: bases that others are written on.
    var counted: [String] { names.filter { CoverageReasons.bases[$0] == nil } }
    var missing: [String] { counted.filter { !runnable.contains($0) } }
    var covered: Int { counted.count - missing.count }
  }

  let version: String
  let groups: [Group]

  /// The inventory that was taken of real Keras.
  init() throws {
    let inventory = try Golden.value("inventory.json")
    version = inventory["keras"]?.string ?? ""
    groups = (inventory["groups"]?.object?.members ?? []).map { member in
      let (title, names) = (member.key, (member.value.array ?? []).compactMap(\.string))
      return Group(
        title: title, names: names, runnable: Set(names.filter { Self.isRunnable($0, title) }))
    }
  }

  private static func isRunnable(_ name: String, _ title: String) -> Bool {
    switch title {
    case "Losses": LossCatalogue.all.contains { $0.className == name }
    case "Metrics": MetricCatalogue.all.contains { $0.className == name }
    case "Optimizers":
      OptimizerCatalogue.all.contains { $0.className == name } || name == "LossScaleOptimizer"
    case "Learning rate schedules": ScheduleCatalogue.all.contains { $0.className == name }
    case "Initializers": InitializerCatalogue.all.contains { $0.className == name }
    case "Regularizers": RegularizerCatalogue.all.contains { $0.className == name }
    case "Constraints": ConstraintCatalogue.all.contains { $0.className == name }
    case "Activations": ActivationCatalogue.all.contains { $0.isNamed(name) }
    default:
      LayerCatalogue.all.contains { $0.className == name }
        || CellCatalogue.all.contains { $0.className == name } || name == RNN.stackName
    }
  }

  /// All groups of layers as one.
  var layers: Group { Self.joined("Layers", groups.filter { $0.title.hasPrefix("Layers: ") }) }

  private static func joined(_ title: String, _ groups: [Group]) -> Group {
    Group(
      title: title, names: groups.flatMap(\.names),
      runnable: groups.reduce(into: []) { $0.formUnion($1.runnable) })
  }

  /// The page of the documentation.
  var markdown: String {
    var lines = [
      "# What of Keras can be run", "",
      "Made from the catalogues of the program and the public names of Keras \(version); a test keeps",
      "it up to date (`RECORD_SNAPSHOTS=1 swift test -c release --filter CoverageTests` renews it).",
      "What cannot be run can still be read: rules apply to such models, and the report says what was",
      "not examined.", "", "| kind | runnable | of |", "|---|---:|---:|",
    ]
    for group in [layers] + groups.filter({ !$0.title.hasPrefix("Layers: ") }) {
      lines.append("| \(group.title) | \(group.covered) | \(group.counted.count) |")
    }
    lines += [
      "",
      "Not counted are bases that others are written on, and what holds other things: "
        + CoverageReasons.bases.keys.sorted().map { "`\($0)`" }.joined(separator: ", ") + ".",
    ]
    for group in groups {
      lines += ["", "## \(group.title)", ""]
      let runnable = group.counted.filter(group.runnable.contains)
      if !runnable.isEmpty {
        lines.append(runnable.map { "`\($0)`" }.joined(separator: ", "))
      }
      guard !group.missing.isEmpty else { continue }
      lines += ["", "| not runnable | why |", "|---|---|"]
      for name in group.missing {
        lines.append("| `\(name)` | \(CoverageReasons.reason(name)) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
