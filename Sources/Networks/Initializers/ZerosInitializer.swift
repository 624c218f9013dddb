package import Tensors

/// Every element 0.
package struct ZerosInitializer: Initializer {
  package static let className = "Zeros"
  package static let names = ["zeros"]

  package init(configuration: Configuration) {}

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    Tensor(repeating: 0, shape: shape)
  }
}
