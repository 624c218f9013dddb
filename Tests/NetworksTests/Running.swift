import Engine
import Graphs
import Tensors

/// Runs a graph once and hands back what is asked of it.
func run(
  _ graph: Graph, _ values: [Value], inputs: [Tensor] = [], parameters: [Tensor] = [],
  seed: UInt64 = 0, step: UInt64 = 0, on backend: any Backend = ReferenceBackend()
) throws -> [Tensor] {
  let layout = ParameterLayout(parameters.map { ($0.shape, true) })
  let executable = try backend.compile(Program(graph: graph, outputs: values), layout: layout)
  let fed = Program(graph: graph, outputs: values).inputShapes
  for (number, tensor) in inputs.enumerated() where number < fed.count {
    if fed[number].count == tensor.scalars.count {
      _ = executable.input(number).update(fromContentsOf: tensor.scalars)
    }
  }
  var arena = parameters.flatMap(\.scalars)
  arena.withUnsafeMutableBufferPointer { buffer in
    var none: Float = 0
    withUnsafeMutablePointer(to: &none) { spare in
      executable.run(
        parameters: buffer.baseAddress ?? spare, gradients: nil, seed: seed, step: step)
    }
  }
  return values.enumerated().map { number, value in
    Tensor(shape: graph.shape(value), scalars: Array(executable.output(number)))
  }
}

/// Σ value · cotangent, whose gradient the golden files hold.
func weighted(_ value: Value, by cotangent: Value, in graph: inout Graph) -> Value {
  graph.sum(graph.multiply(value, cotangent))
}
