import ArgumentParser
import Reports

/// What describes how a diagnosis is made and shown.
struct DiagnosisOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("How long probes and trials may take.", valueName: "seconds"))
  var budget: Double?

  @Option(
    help: ArgumentHelp(
      "How many seeds each trial is repeated with; proof takes at least 3.", valueName: "n"))
  var seeds: Int?

  @Flag(help: "Apply rules only: no training, an answer in milliseconds.")
  var quick = false

  @Flag(help: "Compare the remedy with random search at the same number of runs.")
  var againstRandom = false

  @Flag(help: "Exit with 2 if something could not be examined and no fault was found.")
  var strict = false

  func validate() throws {
    if let budget, !(budget > 0 && budget.isFinite) {
      throw ValidationError("--budget is \(budget); it takes more than 0 seconds.")
    }
    if let seeds, seeds < 1 { throw ValidationError("--seeds is \(seeds); it starts at 1.") }
  }
}
