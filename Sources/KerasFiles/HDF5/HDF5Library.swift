import CHDF5
import Synchronization

/// The HDF5 library, which most builds of it let only one thread use at a time.
enum HDF5Library {
  private static let isPrepared = Mutex(false)

  /// Runs a body while no other thread uses the library, with its messages and plugins off.
  static func use<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try isPrepared.withLock { (prepared: inout Bool) throws(Failure) -> Result in
      if !prepared { prepared = chdf5_prepare() >= 0 }
      return try body()
    }
  }
}
