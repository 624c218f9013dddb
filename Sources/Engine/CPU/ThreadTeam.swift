import CKernels

/// Threads that share the large pieces of work of one run.
///
/// The pieces do not depend on the number of threads, so neither do the results. If the threads are
/// at work for another run, the caller does the work alone.
final class ThreadTeam: Sendable {
  /// The C side guards itself.
  nonisolated(unsafe) let team: OpaquePointer?

  /// How many threads there are, the caller's among them.
  let threads: Int

  /// A team of so many threads, the caller's among them.
  init(threads: Int) {
    self.threads = max(1, threads)
    team = threads > 1 ? dh_team_create(Int32(clamping: threads)) : nil
  }

  deinit { dh_team_destroy(team) }

  /// Calls the body for every piece, side by side.
  func work(pieces: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { pointer in
        dh_team_work(
          team, Int32(pieces),
          { argument, piece, _ in
            argument?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(piece))
          }, pointer)
      }
    }
  }
}
