package import Graphs
package import JSON
import Tensors

/// The axes of each row in another order; axis 1 is the first after the batch.
package struct Permute: Layer {
  package static let className = "Permute"
  package let order: [Int]

  package init(configuration: Configuration) throws {
    order = try configuration.ints("dims") ?? []
    guard order.sorted() == Array(1..<order.count + 1) else {
      throw configuration.error(
        "dims", found: configuration.values["dims"], expected: "each number from 1 on once")
    }
  }

  package var configuration: JSONObject { ["dims": .array(order.map { .int($0) })] }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(order.count + 1...order.count + 1, scope.graph.shape(x))
    return scope.graph.transpose(x, [0] + order)
  }
}
