import JSON
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct InitializerTests {
  @Test func statisticsAreKeras() throws {
    var covered: Set<String> = []
    for (number, entry) in try Golden.entries("initializers.json").enumerated() {
      let name = try #require(entry["class_name"]?.string)
      covered.insert(name)
      // Keras' own configuration of an Identity forgets its gain.
      if name == "Identity" { continue }
      let json: JSONValue = [
        "class_name": .string(name), "config": entry["config"] ?? [:],
      ]
      let initializer = try InitializerCatalogue.initializer(json)
      let shape = Shape((entry["shape"]?.array ?? []).compactMap(\.int))
      let random = RandomNumbers(seed: 11, purpose: .initialization, stream: number)
      let values = try initializer.values(for: shape, random: random).scalars.map(Double.init)
      #expect(try initializer.values(for: shape, random: random).scalars.map(Double.init) == values)
      let label = Comment(rawValue: "\(name) \(shape)")
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
      let wanted = entry["std"]?.double ?? 0
      // Five standard errors of either draw; the extremes of short draws say little.
      let slack = 5 * 2.0.squareRoot() * wanted / count.squareRoot() + 1e-6
      #expect(abs(mean - (entry["mean"]?.double ?? 0)) < slack, "mean of \(label)")
      #expect(abs(spread - wanted) < slack, "spread of \(label)")
      let isOpen =
        ["RandomNormal", "Orthogonal"].contains(name)
        || entry["config"]?["distribution"]?.string == "untruncated_normal"
      if count >= 1000, !isOpen {
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        #expect(abs(low - (entry["min"]?.double ?? 0)) < 0.1 * max(wanted, 1e-6) + 1e-6, label)
        #expect(abs(high - (entry["max"]?.double ?? 0)) < 0.1 * max(wanted, 1e-6) + 1e-6, label)
      }
    }
    let missing = Set(InitializerCatalogue.all.map { type in type.className })
      .subtracting(covered)
    #expect(missing.isEmpty, "\(missing)")
  }

  @Test func orthogonalMatricesAreOrthogonal() throws {
    let initializer = try InitializerCatalogue.initializer("orthogonal")
    for shape in [[6, 4], [4, 6], [5, 5]] as [Shape] {
      let random = RandomNumbers(seed: 2, purpose: .initialization)
      let q = try initializer.values(for: shape, random: random)
      let (rows, columns) = (shape[0], shape[1])
      for a in 0..<min(rows, columns) {
        for b in 0..<min(rows, columns) {
          let product = (0..<max(rows, columns)).reduce(0.0) { sum, k in
            let (i, j) =
              rows >= columns
              ? (k * columns + a, k * columns + b) : (a * columns + k, b * columns + k)
            return sum + Double(q.scalars[i]) * Double(q.scalars[j])
          }
          #expect(abs(product - (a == b ? 1 : 0)) < 1e-5)
        }
      }
    }
  }
}
