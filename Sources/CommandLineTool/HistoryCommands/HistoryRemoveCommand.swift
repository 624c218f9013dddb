import ArgumentParser
import History
import Reports

/// `downhill history rm`: removes earlier runs.
struct HistoryRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Removes earlier runs from the history.")

  @Argument(help: "The numbers of the runs.")
  var ids: [Int64]

  @OptionGroup(title: "The history")
  var options: HistoryOptions

  func run() throws {
    let store = try options.existing()
    for id in ids { _ = try store.known(id) }
    let count = try store.remove(ids)
    Messages.say(count == 1 ? "1 run is removed" : "\(count) runs are removed")
  }
}
