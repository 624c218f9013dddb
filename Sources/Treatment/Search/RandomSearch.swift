import CaseFile
import Diagnosis
import JSON
import Tensors

/// Blind search at the budget that a diagnosis took: what a diagnosis must beat to be worth its trials.
///
/// Draws what a person would turn at random: optimizer, rate, batch size, the activations and
/// initialisers of all hidden layers, and whether features are standardised. The best of the draws on
/// held-out rows is then repeated over the same seeds as the cure.
struct RandomSearch {
  /// The run as the user has it.
  let run: Run
  /// The layers whose activation is drawn.
  let hidden: [String]

  /// The rates lie between these powers of ten, which hold every rate in use.
  private static let exponents = -5.0...0.0
  private static let optimizers = ["SGD", "Adam", "RMSprop"]
  private static let activations = ["relu", "tanh", "elu", "selu"]
  private static let initializers = ["he_normal", "glorot_uniform"]
  private static let batchSizes = [8, 16, 32, 64, 128]

  /// The hidden layers are those with an activation that are not the model's end.
  init(run: Run, facts: CaseFile) {
    self.run = run
    let model = facts.model
    let end = model.flatMap(Head.init)?.unitsLayer
    hidden = (model?.layers ?? []).filter {
      ["Dense", "Conv1D", "Conv2D"].contains($0.className) && $0.name != end && $0.activation != nil
    }.map(\.name)
  }

  /// The run with the settings of a draw; `nil` if they cannot be applied.
  func draw(_ number: Int) -> Run? {
    let numbers = RandomNumbers(seed: UInt64(number), purpose: .probing, stream: 11).uniform(6)
      .map(Double.init)
    func pick<T>(_ choices: [T], _ number: Double) -> T {
      choices[min(choices.count - 1, Int(number * Double(choices.count)))]
    }
    let range = RandomSearch.exponents
    let power = range.lowerBound + (range.upperBound - range.lowerBound) * numbers[0]
    let rate = exponential(power * logarithm(10))
    var edits = [
      Edit(
        target: "optimizer",
        to: [
          "class_name": .string(pick(RandomSearch.optimizers, numbers[1])),
          "config": ["learning_rate": .double(rate)],
        ]),
      Edit(target: "fit.batch_size", to: .int(pick(RandomSearch.batchSizes, numbers[2]))),
    ]
    for layer in hidden {
      edits.append(
        Edit(
          target: "layers.\(layer).activation",
          to: .string(pick(RandomSearch.activations, numbers[3]))))
      edits.append(
        Edit(
          target: "layers.\(layer).kernel_initializer",
          to: .string(pick(RandomSearch.initializers, numbers[4]))))
    }
    if numbers[5] < 0.5 { edits.append(Edit(target: "data.x.scale", to: "standardise")) }
    return try? run.applying(edits)
  }
}

extension Search {
  /// How a cure compares with blind search at the number of runs that finding it took; `nil` unless it
  /// was asked for.
  mutating func randomSearch(
    _ cure: CureCriterion, isComparable: Bool, measure: Suspicion.Measure = .overall
  ) -> Evidence? {
    guard options.comparesWithRandomSearch else { return nil }
    say("searching at random with the same budget")
    // Both are confirmed by the same number of runs, which count for neither.
    let count = max(1, Int(spentRuns.rounded()) - 2 * confirmingSeeds.count)
    let search = RandomSearch(run: run, facts: facts)
    let runs = (1...count).compactMap { search.draw($0) }
    func level(_ outcomes: [Outcome]) -> Double {
      CureCriterion(
        baseline: [], remedied: outcomes, isComparable: isComparable, measure: measure
      ).after
    }
    let tried = outcomes(runs, seeds: [Search.firstSeed])
    guard let best = tried.indices.max(by: { level(tried[$0]) < level(tried[$1]) }) else {
      return nil
    }
    // Where the loss of the run says nothing of the task, no setting of these makes it say so.
    let reached = isComparable ? level(outcomes([runs[best]], seeds: confirmingSeeds)[0]) : 0
    return Evidence(
      "random search with as many runs explains \(percentage(reached)), the remedy"
        + " \(percentage(cure.after))", value: cure.after - reached, basis: .trial,
      sample: "random search, \(count) runs")
  }
}
