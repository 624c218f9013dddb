package import JSON
package import Tensors

/// `gain` on the diagonal of a matrix, 0 elsewhere.
package struct IdentityInitializer: Initializer {
  package static let className = "Identity"
  package static let names = ["identity", "IdentityInitializer"]
  package let gain: Double

  package init(configuration: Configuration) throws {
    gain = try configuration.double("gain", default: 1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("gain", gain, default: 1)
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    guard shape.rank == 2 else {
      throw ShapeError(subject: "initializer Identity", found: "\(shape)", expected: "a matrix")
    }
    var result = Tensor(repeating: 0, shape: shape)
    for index in 0..<min(shape[0], shape[1]) {
      result.scalars[index * shape[1] + index] = Float(gain)
    }
    return result
  }
}
