/// What is computed of a long short-term memory over a whole sequence.
///
/// With z = projected + h₋₁ · kernel in blocks i, f, g, o at each step:
///
///     c = σ(z_f) · c₋₁ + σ(z_i) · tanh(z_g),  h = σ(z_o) · tanh(c)
///
/// The steps are one operation, and not some twenty for each, so that a backend can keep the state of
/// a row and the kernel in its nearest memory for the whole sequence.
public enum LSTMForm: String, Hashable, Sendable, CaseIterable {
  /// h and c before the first and after each step, `[2, steps + 1, batch, units]`, from `projected
  /// [steps, batch, 4 · units]`, `kernel [units, 4 · units]` and the initial h and c, `[2, batch,
  /// units]`.
  case states
  /// What the way back needs besides: σ(z_i), σ(z_f), tanh(z_g), σ(z_o) and tanh(c), side by side as
  /// `[steps, batch, 5 · units]`, from the same operands.
  case gates
  /// The gradient of `projected` from the gradient of the states, the states, the gates and the
  /// kernel: `[steps + 1, batch, 4 · units]`. What stands before the first step is the gradient of
  /// the initial h and c and two blocks of zeros.
  case gradient
}
