package import JSON
package import Tensors

/// Every element the same number.
package struct ConstantInitializer: Initializer {
  package static let className = "Constant"
  package static let names = ["constant"]
  package let value: Double

  package init(configuration: Configuration) throws {
    value = try configuration.double("value", default: 0)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("value", value, default: 0)
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    Tensor(repeating: Float(value), shape: shape)
  }
}
