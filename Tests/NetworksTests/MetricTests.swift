import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct MetricTests {
  @Test func resultsAreKerasBatchAfterBatch() throws {
    var covered: Set<String> = []
    for entry in try Golden.entries("metrics.json") {
      let identifier = try #require(entry["identifier"])
      let resolved = try #require(entry["resolved"]?.string)
      let config = identifier["config"]
      covered.insert(resolved)
      let function = try MetricFunction(configuration: identifier)
      let label = "\(identifier.abbreviated) \(entry["name"]?.string ?? "")"
      if config?["name"] != nil || identifier.string != nil {
        #expect(function.name == entry["name"]?.string, "\(label)")
      }
      let y = try #require(entry["y_true"]?.tensor)
      let p = try #require(entry["y_pred"]?.tensor)
      let weights = entry["sample_weight"]?.tensor
      var totals: [Double] = []
      var start = 0
      for (size, wanted) in zip(
        (entry["batch_sizes"]?.array ?? []).compactMap(\.int), entry["values"]?.tensors ?? [])
      {
        let rows = start..<start + size
        start += size
        let batch = [y.rows(rows), p.rows(rows)] + (weights.map { [$0.rows(rows)] } ?? [])
        var graph = Graph()
        let values = batch.enumerated().map { graph.input($0.offset, shape: $0.element.shape) }
        let metric = try function.metric(target: values[0], prediction: values[1], in: graph)
        #expect(type(of: metric).className == resolved, "\(label)")
        let statistics = try metric.statistics(
          target: values[0], prediction: Prediction(value: values[1], numerics: .clipped),
          weights: values.count > 2 ? values[2] : nil, in: &graph)
        let numbers = try run(graph, statistics, inputs: batch).flatMap {
          $0.scalars.map(Double.init)
        }
        totals = totals.isEmpty ? numbers : zip(totals, numbers).map(+)
        #expect(
          deviation(metric.results(totals).map(Float.init), wanted.scalars) < 2e-5,
          "\(label) \(rows)")
        // What is written means the same metric.
        let again = try MetricCatalogue.metric(
          ObjectReference(
            ["class_name": .string(resolved), "config": .object(metric.configuration)],
            kind: "metric"))
        #expect(
          again.results(totals) == metric.results(totals) || totals.contains(where: \.isNaN)
            || metric.results(totals).contains(where: \.isNaN), "\(label)")
      }
    }
    let missing = Set(MetricCatalogue.all.map { type in type.className }).subtracting(covered)
    #expect(missing == ["huber"])
  }
}
