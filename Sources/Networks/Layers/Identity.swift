package import Graphs

/// What comes in goes out.
package struct Identity: Layer {
  package static let className = "Identity"
  package static let supportsMasking = true

  package init(configuration: Configuration) {}

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try single(inputs)
  }
}
