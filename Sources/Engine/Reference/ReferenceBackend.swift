public import Graphs
import Tensors

/// A backend that computes each operation by its definition, one element after the other. Slow;
/// it exists so that fast backends can be compared with something obviously right.
public struct ReferenceBackend: Backend {
  /// The backend.
  public init() {}

  /// Prepares a program for running.
  public func compile(_ program: Program, layout: ParameterLayout) -> any Executable {
    ReferenceExecutable(program, layout: layout)
  }
}

/// A program together with the memory of its inputs and outputs.
private final class ReferenceExecutable: Executable {
  private let program: Program
  private let layout: ParameterLayout
  private let inputs: [UnsafeMutableBufferPointer<Float>]
  private let outputs: [UnsafeMutableBufferPointer<Float>]

  init(_ program: Program, layout: ParameterLayout) {
    self.program = program
    self.layout = layout
    inputs = program.inputShapes.map { shape in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: shape.count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    outputs = program.outputs.map { value in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(
        capacity: program.graph.shape(value).count)
      buffer.initialize(repeating: 0)
      return buffer
    }
  }

  deinit {
    for buffer in inputs + outputs { buffer.deallocate() }
  }

  func input(_ number: Int) -> UnsafeMutableBufferPointer<Float> { inputs[number] }

  func output(_ number: Int) -> UnsafeBufferPointer<Float> { UnsafeBufferPointer(outputs[number]) }

  func run(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>?, seed: UInt64,
    step: UInt64
  ) {
    let evaluator = ReferenceEvaluator(precision: .single, seed: seed, step: step)
    let results = evaluator.evaluate(
      program, inputs: inputs.map { $0.map(Double.init) },
      parameters: layout.slots.map { slot in slot.range.map { Double(parameters[$0]) } })
    for (buffer, elements) in zip(outputs, results.outputs) {
      _ = buffer.update(fromContentsOf: elements.map(Float.init))
    }
    for (number, elements) in results.gradients {
      precondition(
        layout.slots[number].isTrainable, "parameter \(number) is not trainable, yet has a gradient"
      )
      guard let gradients else { preconditionFailure("no memory for the program's gradients") }
      for (place, element) in zip(layout.slots[number].range, elements) {
        gradients[place] = Float(element)
      }
    }
    for (number, elements) in results.updates {
      for (place, element) in zip(layout.slots[number].range, elements) {
        parameters[place] = Float(element)
      }
    }
  }
}
