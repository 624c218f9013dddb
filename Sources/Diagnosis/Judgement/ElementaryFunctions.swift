#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm.
package func logarithm(_ x: Double) -> Double { log(x) }
/// e to the power of x.
package func exponential(_ x: Double) -> Double { exp(x) }
