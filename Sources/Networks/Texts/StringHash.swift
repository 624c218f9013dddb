package import JSON

/// The hash by which Keras puts strings into bins: FarmHash, or SipHash where a salt is given.
package struct StringHash: Hashable, Sendable {
  /// The key of SipHash; `nil`: FarmHash.
  package let salt: [Int]?

  /// Reads `salt`: nothing, one number for both halves of the key, or two.
  package init(_ configuration: Configuration) throws {
    guard let numbers = try configuration.ints("salt") else {
      salt = nil
      return
    }
    guard (1...2).contains(numbers.count) else {
      throw configuration.error(
        "salt", found: configuration.value("salt"), expected: "one whole number, or two")
    }
    salt = numbers.count == 1 ? [numbers[0], numbers[0]] : numbers
  }

  /// The salt as it stands in files.
  package var json: JSONValue? { salt.map { .array($0.map { .int($0) }) } }

  /// The bin of a string among several: TensorFlow's `to_hash_bucket_fast` and `…_strong`.
  package func bin(_ bytes: UnsafeBufferPointer<UInt8>, of count: Int) -> Int {
    let hash =
      if let salt {
        SipHash.hash(
          bytes,
          key: (UInt64(truncatingIfNeeded: salt[0]), UInt64(truncatingIfNeeded: salt[1])))
      } else {
        FarmHash64.hash(bytes)
      }
    return Int(hash % UInt64(count))
  }
}
