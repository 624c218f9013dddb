import CKernels
import COpenBLAS

/// One pass over a range of the parameter arena for each kind of optimizer, with Keras' formulas.
///
/// The arrays are parts of arenas: parameters `w`, gradients `g`, and slots of the same length. No
/// two may overlap. What belongs to a whole optimizer (schedules, bias correction, which parameters
/// decay) is the caller's.
public enum OptimizerKernels {
  /// The parameters, gradients and slots that a pass works on.
  public typealias Floats = UnsafeMutablePointer<Float>

  /// Plain gradient descent: w −= rate·g.
  public static func gradientDescent(
    _ w: Floats, _ g: UnsafePointer<Float>, count: Int, rate: Float
  ) {
    dh_sgd(w, g, count, rate)
  }

  /// Gradient descent with momentum: m = momentum·m − rate·g, then w += m, or with Nesterov's form
  /// w += momentum·m − rate·g.
  public static func momentum(
    _ w: Floats, _ g: UnsafePointer<Float>, m: Floats, count: Int, rate: Float, momentum: Float,
    nesterov: Bool
  ) {
    dh_sgd_momentum(w, g, m, count, rate, momentum, nesterov ? 1 : 0)
  }

  /// RMSprop: v = rho·v + (1 − rho)·g², w −= rate·g ÷ √(v + epsilon).
  ///
  /// - Parameters:
  ///   - mean: The slot of the mean gradient for the centered form, whose square is taken from v.
  ///   - m: The slot of momentum: m = momentum·m + step, w −= m. Needed if `momentum` is not 0.
  public static func rootMeanSquarePropagation(
    _ w: Floats, _ g: UnsafePointer<Float>, v: Floats, mean: Floats?, m: Floats?, count: Int,
    rate: Float, rho: Double, momentum: Float, epsilon: Float
  ) {
    precondition(momentum == 0 || m != nil, "momentum \(momentum) without a slot for it")
    dh_rmsprop(
      w, g, v, mean, m, count, rate, Float(rho), Float(1 - rho), momentum, epsilon)
  }

  /// Adam: m += (g − m)(1 − β₁), v += (g² − v)(1 − β₂), w −= α·m ÷ (√v + epsilon).
  ///
  /// - Parameters:
  ///   - largest: The slot of the largest v so far, taken in its place (AMSGrad).
  ///   - alpha: rate·√(1 − β₂ᵗ) ÷ (1 − β₁ᵗ) for the step number t ≥ 1.
  public static func adam(
    _ w: Floats, _ g: UnsafePointer<Float>, m: Floats, v: Floats, largest: Floats?, count: Int,
    alpha: Float, beta1: Double, beta2: Double, epsilon: Float
  ) {
    // In double: 1 − 0.999 as floats is off by 5·10⁻⁵.
    dh_adam(w, g, m, v, largest, count, alpha, Float(1 - beta1), Float(1 - beta2), epsilon)
  }

  /// Σx², summed in double precision.
  public static func sumOfSquares(_ x: UnsafePointer<Float>, count: Int) -> Double {
    dh_sum_of_squares(x, count)
  }

  /// x ×= factor.
  public static func scale(_ x: Floats, count: Int, by factor: Float) {
    dh_scale(x, count, factor)
  }

  /// Every element into −limit ... limit; NaN stays.
  public static func clip(_ x: Floats, count: Int, to limit: Float) {
    dh_clip(x, count, limit)
  }

  /// w −= w·decay·rate, the decoupled weight decay that Keras applies before the step itself.
  public static func decay(_ w: Floats, count: Int, decay: Float, rate: Float) {
    dh_scale(w, count, 1 - decay * rate)
  }

  /// The matrix product `[rows, inner] × [inner, columns]`, row by row; with a flag the right one is
  /// stored as `[columns, inner]`.
  public static func product(
    _ left: [Float], _ right: [Float], rows: Int, inner: Int, columns: Int,
    transposesRight: Bool = false
  ) -> [Float] {
    precondition(
      left.count == rows * inner && right.count == inner * columns,
      "\(left.count) and \(right.count) elements for [\(rows), \(inner)] × [\(inner), \(columns)]")
    CPUBackend.pinOpenBLAS
    var result = [Float](repeating: 0, count: rows * columns)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, transposesRight ? CblasTrans : CblasNoTrans, Int32(rows),
      Int32(columns), Int32(inner), 1, left, Int32(inner), right,
      Int32(transposesRight ? inner : columns), 0, &result, Int32(columns))
    return result
  }

  /// How many elements are NaN or infinite.
  public static func countNotFinite(_ x: UnsafePointer<Float>, count: Int) -> Int {
    dh_count_not_finite(x, count)
  }
}
