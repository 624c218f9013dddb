import CKernels
import COpenBLAS
public import Graphs

/// Runs programs on the processor.
///
/// Compiling simplifies the program, joins element-wise operations into chains that are worked on
/// piece by piece in the nearest cache, lets matrix products take in bias and activation, and gives
/// every array a place in one memory. The same program, inputs, seed and step give the same bits,
/// whatever the number of threads.
public struct CPUBackend: Backend {
  private let team: ThreadTeam
  private let kernels: Kernels

  /// A backend that gives each run the given number of threads. Runs that go side by side, such as
  /// trials, do best with one each; a run that has the machine to itself can use all cores.
  public init(threads: Int = 1) { self.init(threads: threads, kernels: .best) }

  /// Kinds of kernels, each better than the one before.
  package enum Kernels: Int, CaseIterable, Sendable {
    case portable, avx2, best
  }

  /// A backend that uses no better kernels than these, even if the processor can run them.
  package init(threads: Int, kernels: Kernels) {
    team = ThreadTeam(threads: threads)
    self.kernels = kernels
  }

  /// Prepares a program for running.
  public func compile(_ program: Program, layout: ParameterLayout) -> any Executable {
    Self.pinOpenBLAS
    return CPUExecutable(Plan(program, layout: layout), team: team, kernels: kernels)
  }

  /// Calls the body for parts of the range that together make it up, side by side if it is long
  /// and there are threads.
  public func inParts(_ count: Int, _ body: (Range<Int>) -> Void) {
    let pieces = max(1, min(count / Self.partCount, Self.mostParts))
    if pieces == 1 { return body(0..<count) }
    team.work(pieces: pieces) { piece in
      // Parts begin at whole lines of the cache, so that no two threads write to the same.
      let bounds = [piece, piece + 1].map { number in
        number == pieces ? count : count * number / pieces / 16 * 16
      }
      body(bounds[0]..<bounds[1])
    }
  }

  /// How many threads a run has.
  public var threads: Int { team.threads }

  /// Calls the body for every piece, side by side if there are threads.
  public func inPieces(_ count: Int, _ body: (Int) -> Void) {
    if count == 1 { return body(0) }
    team.work(pieces: count, body)
  }

  /// Elements that are worth a part of their own: an optimizer takes about 50 µs for them, against
  /// the few that handing them to another thread takes.
  private static let partCount = 65536
  private static let mostParts = 16

  /// Workers of OpenBLAS spin on the cores that other trials need, and make sums depend on the
  /// number of threads.
  static let pinOpenBLAS: Void = openblas_set_num_threads(1)
}
