// How much trials that run side by side cost each other: one trial of a recorded run alone, and one
// for each core at once, in turns. Prints the seconds of each, one line a round.
//
//     BenchmarkTrials FOLDER [ROUNDS]
import CaseFile
import Downhill
import Engine
import Foundation
import Treatment

let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first else {
  FileHandle.standardError.write(Data("usage: BenchmarkTrials FOLDER [ROUNDS]\n".utf8))
  exit(64)
}
let rounds = arguments.dropFirst().first.flatMap { Int($0) } ?? 5
/// A round should outlast what the scheduler does to single milliseconds.
let shortest = 1.0

let recorded = try TrainingRun(RunRequest(paths: [folder]))
guard let model = recorded.model, let data = recorded.data,
  var run = try Run(model, data: data, fit: recorded.fit, environment: nil)
else {
  FileHandle.standardError.write(Data("\(folder): nothing to train\n".utf8))
  exit(65)
}
let runner = TrialRunner(backend: CPUBackend())
run.fit.epochs = 1

func seconds(trials count: Int) throws -> Double {
  let jobs = (0..<count).map { TrialRunner.Job(run: run, seed: $0) }
  let start = ContinuousClock.now
  for outcome in runner.outcomes(jobs) { _ = try outcome.get() }
  return start.duration(to: .now) / .seconds(1)
}

while try seconds(trials: 1) < shortest, run.fit.epochs < 1 << 12 { run.fit.epochs *= 2 }
let cores = ProcessInfo.processInfo.activeProcessorCount
for _ in 0..<rounds {
  print(cores, try seconds(trials: 1), try seconds(trials: cores))
}
