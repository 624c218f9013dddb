package import JSON
package import Networks

/// initial / (1 + rate · step / steps); with `staircase` the quotient is rounded down.
package struct InverseTimeDecay: Schedule {
  package static let className = "InverseTimeDecay"
  package let initial: Double
  package let steps: Double
  package let rate: Double
  package let isStaircase: Bool

  package init(configuration: Configuration) throws {
    initial = try configuration.required("initial_learning_rate")
    steps = try configuration.required("decay_steps")
    rate = try configuration.required("decay_rate")
    isStaircase = try configuration.bool("staircase", default: false)
    guard steps > 0 else {
      throw configuration.error(
        "decay_steps", found: .double(steps), expected: "a positive number")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result["initial_learning_rate"] = .double(initial)
    result["decay_steps"] = .double(steps)
    result["decay_rate"] = .double(rate)
    result.set("staircase", isStaircase, default: false)
    return result
  }

  package func learningRate(at step: Int) -> Double {
    let part = Double(step) / steps
    return initial / (1 + rate * (isStaircase ? part.rounded(.down) : part))
  }
}
