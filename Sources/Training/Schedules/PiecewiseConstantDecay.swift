package import JSON
package import Networks

/// Value *i* up to and including boundary *i*, the last value beyond.
package struct PiecewiseConstantDecay: Schedule {
  package static let className = "PiecewiseConstantDecay"
  package let boundaries: [Double]
  package let rates: [Double]

  package init(configuration: Configuration) throws {
    boundaries = try configuration.doubles("boundaries") ?? []
    rates = try configuration.doubles("values") ?? []
    guard rates.count == boundaries.count + 1 else {
      throw configuration.error(
        "values", found: configuration.values["values"],
        expected: "one more number than boundaries, \(boundaries.count + 1)")
    }
  }

  package var configuration: JSONObject {
    // Whole numbers stay whole: Keras compares boundaries with the step's type.
    [
      "boundaries": .array(boundaries.map { Int(exactly: $0).map { .int($0) } ?? .double($0) }),
      "values": .array(rates.map { .double($0) }),
    ]
  }

  package func learningRate(at step: Int) -> Double {
    rates[boundaries.firstIndex { Double(step) <= $0 } ?? boundaries.count]
  }
}
