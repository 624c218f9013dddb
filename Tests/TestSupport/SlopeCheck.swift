import Engine
public import Graphs
public import Testing

/// The gradients of a whole layer or model against central differences in double precision: what
/// the graph computes and what it says of its own slope must be of one piece.
public struct SlopeCheck {
  /// Half the distance of the two points that a difference is taken of: its error is about h² from
  /// the third derivative and 10⁻¹⁶ ÷ h from rounding, smallest together here.
  private static let h = 1e-5
  /// Of the larger of the slope and of the loss: four digits above that error.
  private static let tolerance = 1e-5

  /// The graph of the loss and of its gradients.
  public var graph: Graph
  /// A number.
  public var loss: Value
  /// The elements of every input and parameter, by their numbers.
  public var inputs: [[Float]], parameters: [[Float]]

  /// A check of one loss.
  public init(graph: Graph, loss: Value, inputs: [[Float]], parameters: [[Float]]) {
    (self.graph, self.loss) = (graph, loss)
    (self.inputs, self.parameters) = (inputs, parameters)
  }

  /// What is moved.
  public enum Source: Hashable {
    case input(Int)
    case parameter(Int)
  }

  /// Moves each source a little in a direction of its own and compares the change of the loss with
  /// the product of direction and gradient.
  public func check(_ gradients: [(Source, Value)], _ label: Comment) {
    let program = Program(graph: graph, outputs: [loss] + gradients.map(\.1))
    let evaluator = ReferenceEvaluator(seed: 7)
    let exact = (inputs.map { $0.map(Double.init) }, parameters.map { $0.map(Double.init) })
    let found = evaluator.evaluate(program, inputs: exact.0, parameters: exact.1).outputs
    let alone = Program(graph: graph, outputs: [loss])
    for (number, (source, _)) in gradients.enumerated() {
      let slope = zip(0..., found[number + 1]).reduce(0) { $0 + Self.direction($1.0) * $1.1 }
      let ends = [-Self.h, Self.h].map { step in
        var moved = exact
        switch source {
        case .input(let number): Self.move(&moved.0[number], by: step)
        case .parameter(let number): Self.move(&moved.1[number], by: step)
        }
        return evaluator.evaluate(alone, inputs: moved.0, parameters: moved.1).outputs[0][0]
      }
      let difference = (ends[1] - ends[0]) / (2 * Self.h)
      #expect(
        abs(slope - difference) <= Self.tolerance * max(1, abs(difference), abs(found[0][0])),
        "\(source) of \(label): \(slope), by differences \(difference)")
    }
  }

  private static func move(_ elements: inout [Double], by step: Double) {
    for place in elements.indices { elements[place] += step * direction(place) }
  }

  /// Numbers between −1 and 1 without a pattern: the fractional parts of multiples of the golden
  /// ratio.
  private static func direction(_ place: Int) -> Double {
    let multiple = Double(place + 1) * 0.618_033_988_749_894_9
    return 2 * (multiple - multiple.rounded(.down)) - 1
  }
}
