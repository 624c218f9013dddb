package import Tensors

/// Every element 1.
package struct OnesInitializer: Initializer {
  package static let className = "Ones"
  package static let names = ["ones"]

  package init(configuration: Configuration) {}

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    Tensor(repeating: 1, shape: shape)
  }
}
