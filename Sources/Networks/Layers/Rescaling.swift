package import Graphs
package import JSON
import Tensors

/// x · `scale` + `offset`; each is one number, or one for each channel.
package struct Rescaling: Layer {
  package static let className = "Rescaling"
  package static let supportsMasking = true
  package let scale: [Double]
  package let offset: [Double]

  package init(configuration: Configuration) throws {
    guard let scale = try configuration.doubles("scale") else {
      throw configuration.error("scale", found: nil, expected: "a number")
    }
    self.scale = scale
    offset = try configuration.doubles("offset") ?? [0]
  }

  package var configuration: JSONObject {
    // Keras reads both, the standard offset too.
    ["scale": json(scale), "offset": json(offset)]
  }

  private func json(_ numbers: [Double]) -> JSONValue {
    numbers.count == 1 ? .double(numbers[0]) : .array(numbers.map { .double($0) })
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    for numbers in [scale, offset] where numbers.count != 1 && numbers.count != shape[-1] {
      throw ShapeError(
        subject: "Rescaling", found: "\(numbers.count) numbers for the input \(shape)",
        expected: "1 or \(shape[-1]) of them")
    }
    let scaled = scope.graph.multiply(x, scope.graph.vector(scale))
    return scope.graph.add(scaled, scope.graph.vector(offset))
  }
}
