public import Graphs

/// Something that can run programs: the processor, later others.
public protocol Backend: Sendable {
  /// Prepares a program for running; done once for each batch size.
  func compile(_ program: Program, layout: ParameterLayout) throws -> any Executable

  /// Calls the body for parts of `0 ..< count` that together make it up, perhaps side by side: for
  /// passes over the arena, such as an optimizer's, in which each element stands for itself.
  func inParts(_ count: Int, _ body: (Range<Int>) -> Void)

  /// How many pieces of some work can go side by side.
  var threads: Int { get }

  /// Calls the body for every piece of some work, perhaps side by side.
  func inPieces(_ count: Int, _ body: (Int) -> Void)
}

extension Backend {
  /// Calls the body once, for everything.
  public func inParts(_ count: Int, _ body: (Range<Int>) -> Void) { body(0..<count) }

  /// One piece after the other.
  public var threads: Int { 1 }

  /// Calls the body for one piece after the other.
  public func inPieces(_ count: Int, _ body: (Int) -> Void) {
    for piece in 0..<count { body(piece) }
  }
}

/// A program made ready to run, with its own memory. Not for use by two threads at once: trials that
/// run side by side compile their own.
public protocol Executable: AnyObject {
  /// The memory of an input, to be filled before ``run(parameters:gradients:seed:step:)``.
  func input(_ number: Int) -> UnsafeMutableBufferPointer<Float>
  /// The result of an output, valid until the next run.
  func output(_ number: Int) -> UnsafeBufferPointer<Float>
  /// Computes outputs, gradients and updates.
  ///
  /// - Parameters:
  ///   - parameters: The arena of all parameters; updates are written into it.
  ///   - gradients: The arena of the trainable parameters' gradients, laid out as the first
  ///     ``ParameterLayout/trainableCount`` elements of `parameters`; `nil` for a program without.
  ///   - seed: The seed of the random numbers.
  ///   - step: The number of the step; the same seed and step give the same random numbers.
  func run(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>?, seed: UInt64,
    step: UInt64)
}
