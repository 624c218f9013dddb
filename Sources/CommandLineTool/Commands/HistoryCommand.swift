import ArgumentParser

/// `downhill history`: what was diagnosed, mended and trained before.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Lists, shows, compares and removes earlier runs.",
    discussion: """
      Every diagnosis, fix and training is kept in one SQLite file: by default \
      downhill/history.sqlite in $XDG_DATA_HOME or ~/.local/share. --no-history leaves a run out.
      """,
    subcommands: [
      HistoryListCommand.self, HistoryShowCommand.self, HistoryCompareCommand.self,
      HistoryRemoveCommand.self,
    ],
    defaultSubcommand: HistoryListCommand.self)
}
