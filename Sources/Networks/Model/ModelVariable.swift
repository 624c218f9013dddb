public import Tensors

/// A variable of a model.
public struct ModelVariable: Sendable {
  /// Its place among all variables of the model; the number of its parameter in graphs.
  public let number: Int
  /// The name of its layer; inside a nested model after that model's name and a slash.
  public let layer: String
  /// Where Keras keeps its layer's variables in `model.weights.h5`: `layers/dense_1`.
  public let layerPath: String
  /// Where Keras keeps its values a second time; `nil` for most.
  public let secondLayerPath: String?
  /// Its place among the variables of its layer.
  public let position: Int
  /// What the layer asked for: name, shape, initializer, regularizer, constraint.
  public let declaration: VariableDeclaration
  /// Whether training moves it: both it and its layer are trainable.
  public let isTrainable: Bool

  /// Its name within the layer: `kernel`.
  public var name: String { declaration.name }
  /// Its shape.
  public var shape: Shape { declaration.shape }
  /// Where Keras keeps it in `model.weights.h5`: `layers/dense_1/vars/0`.
  public var path: String { "\(layerPath)/vars/\(position)" }
}
