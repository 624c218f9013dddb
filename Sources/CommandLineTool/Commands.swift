import ArgumentParser

/// The commands of the program; each is one file in `Commands/`.
enum Commands {
  /// Every command, in the order of the help page.
  static let all: [any ParsableCommand.Type] = [
    DiagnoseCommand.self,
    RunCommand.self,
    FixCommand.self,
    TrainCommand.self,
    ConvertCommand.self,
    HistoryCommand.self,
    ServeCommand.self,
    ExplainCommand.self,
    ScoreCommand.self,
  ]
}
