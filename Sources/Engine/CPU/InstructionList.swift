import CKernels

/// The instructions of a plan and all that they point to, owned together.
final class InstructionList {
  private var owned: [UnsafeMutableRawPointer] = []
  private(set) var instructions: [dh_instruction] = []

  deinit {
    for memory in owned { memory.deallocate() }
  }

  /// Copies values to memory that lives as long as the list.
  func keep<T: BitwiseCopyable>(_ values: [T]) -> UnsafePointer<T> {
    let memory = UnsafeMutableBufferPointer<T>.allocate(capacity: max(1, values.count))
    _ = memory.initialize(from: values)
    guard let base = memory.baseAddress else { preconditionFailure("no memory for \(T.self)") }
    owned.append(UnsafeMutableRawPointer(base))
    return UnsafePointer(base)
  }

  private func append<T: BitwiseCopyable>(_ kind: dh_kind, _ details: T) {
    instructions.append(
      dh_instruction(kind: Int64(kind.rawValue), details: UnsafeRawPointer(keep([details]))))
  }

  func append(_ details: dh_tile) { append(DH_KIND_TILE, details) }
  func append(_ details: dh_matrix_product) { append(DH_KIND_MATRIX_PRODUCT, details) }
  func append(_ details: dh_reduce) { append(DH_KIND_REDUCE, details) }
  func append(_ details: dh_move) { append(DH_KIND_MOVE, details) }
  func append(_ details: dh_one_hot) { append(DH_KIND_ONE_HOT, details) }
  func append(_ details: dh_random) { append(DH_KIND_RANDOM, details) }
  func append(_ details: dh_convolution) { append(DH_KIND_CONVOLUTION, details) }
  func append(_ details: dh_window) { append(DH_KIND_WINDOW, details) }
  func append(_ details: dh_lookup) { append(DH_KIND_LOOKUP, details) }
  func append(_ details: dh_recurrence) { append(DH_KIND_RECURRENCE, details) }

  /// How many floats of scratch memory the neediest instructions ask for: together, and for each
  /// thread besides.
  var scratchCounts: (shared: Int, own: Int) {
    instructions.reduce(into: (shared: 0, own: 0)) { largest, instruction in
      let size = withUnsafePointer(to: instruction) { dh_scratch_size($0) }
      largest = (max(largest.shared, size.shared), max(largest.own, size.own))
    }
  }
}
