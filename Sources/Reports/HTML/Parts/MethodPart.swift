import CaseFile

/// How the answer was found: versions, inputs, seeds, time.
struct MethodPart: HTMLPart {
  func html(of report: Report) -> String {
    var entries: [(String, String)] = [("program", "downhill \(DownhillVersion.current)")]
    if let environment = report.run?.environment {
      let parts = [
        environment.keras.map { "Keras \($0)" }, environment.backend,
        environment.python.map { "Python \($0)" },
      ]
      let text = parts.compactMap { $0 }.joined(separator: ", ")
      if !text.isEmpty { entries.append(("recorded under", text)) }
    }
    let seeds = Set(report.causes.flatMap(\.trials).map(\.seed)).sorted()
    if !seeds.isEmpty {
      entries.append(("seeds", seeds.map(String.init).joined(separator: ", ")))
    }
    if let fit = report.run?.fit {
      entries.append(("run", "\(fit.epochs) epochs, batches of \(fit.batchSize) rows"))
    }
    if let data = report.run?.data, let rows = data.features.first?.rows {
      let held = data.validationFeatures.first?.rows
      entries.append(("data", "\(rows) rows" + (held.map { ", \($0) to validate" } ?? "")))
    }
    if let replay = report.replay { entries.append(("replay", replay.summary)) }
    let timing = report.timing
    var times = ["rules \(NumberText.duration(seconds: timing.statics))"]
    if timing.probes > 0 { times.append("probes \(NumberText.duration(seconds: timing.probes))") }
    times.append(
      report.trialsRan ? "trials \(NumberText.duration(seconds: timing.trials))" : "no trials run")
    entries.append(("time", times.joined(separator: ", ")))
    let list = entries.map {
      "<dt>\(HTMLText.escaped($0.0))</dt><dd>\(HTMLText.escaped($0.1))</dd>\n"
    }
    let inputs = report.inputs.map { input in
      let hash = input.sha256.map { " <span class=\"hash\">sha256 \(HTMLText.escaped($0))</span>" }
      return "<dt>\(HTMLText.escaped(input.kind.rawValue))</dt>"
        + "<dd>\(HTMLText.escaped(input.path))\(hash ?? "")</dd>\n"
    }
    return section(
      "method", "How it was measured",
      "<dl>\n\((list + inputs).joined())</dl>\n")
  }
}
