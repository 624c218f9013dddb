import ArgumentParser

/// `--class-weight 0=1,1=9.5`: how much the rows of each class count.
struct ClassWeightArgument: ExpressibleByArgument {
  /// The weight by class number.
  var weights: [Int: Double]

  init?(argument: String) {
    var weights: [Int: Double] = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let number = Int(sides[0]), number >= 0, weights[number] == nil,
        let weight = Double(sides[1]), weight.isFinite, weight >= 0
      else { return nil }
      weights[number] = weight
    }
    self.weights = weights
  }
}
