import Graphs
import Networks
import Tensors
import Training

extension Run {
  /// What the model computes for one row of data: multiplications, and elements of results in between.
  func costOfOneRow(_ model: Model) -> (multiplications: Double, elements: Double) {
    var graph = Graph()
    let inputs = data.training.inputs.enumerated().map { number, input in
      let row = input.shape.rank == 1 ? [1] : input.shape.extents.dropFirst()
      return graph.input(number, shape: Shape([1] + row))
    }
    guard (try? model.buildForward(graph: &graph, inputs: inputs, training: true)) != nil else {
      return (Double(model.parameterCount), 0)
    }
    return (Double(graph.multiplicationCount), Double(graph.elementCount))
  }
}
