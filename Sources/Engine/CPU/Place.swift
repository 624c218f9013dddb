import CKernels

/// Where an array begins: a memory that is known only when the program runs, and an offset in floats.
struct Place: Hashable {
  /// The memories of a run.
  enum Memory: Int64 {
    case arena = 0
    case parameters = 1
    case gradients = 2
  }

  var memory: Memory
  var offset: Int

  /// The place as the kernels write it.
  var forKernels: dh_place { dh_place(base: memory.rawValue, offset: Int64(offset)) }

  /// The place some floats further on.
  static func + (place: Place, offset: Int) -> Place {
    Place(memory: place.memory, offset: place.offset + offset)
  }
}
