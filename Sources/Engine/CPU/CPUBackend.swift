import CKernels
import COpenBLAS
public import Graphs

/// Runs programs on the processor, one thread for each.
///
/// Compiling simplifies the program, joins element-wise operations into chains that are worked on
/// piece by piece in the nearest cache, lets matrix products take in bias and activation, and gives
/// every array a place in one memory. The same program, inputs, seed and step give the same bits.
public struct CPUBackend: Backend {
  /// The backend.
  public init() {}

  /// Prepares a program for running.
  public func compile(_ program: Program, layout: ParameterLayout) -> any Executable {
    Self.pinOpenBLAS
    return CPUExecutable(Plan(program, layout: layout))
  }

  /// Workers of OpenBLAS spin on the cores that other trials need, and make sums depend on the
  /// number of threads.
  private static let pinOpenBLAS: Void = openblas_set_num_threads(1)
}
