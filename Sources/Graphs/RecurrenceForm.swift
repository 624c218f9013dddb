/// What is computed of a recurrent cell over a whole sequence; see ``Recurrence``.
public enum RecurrenceForm: String, Hashable, Sendable, CaseIterable {
  /// The state before the first and after each step, `[states, steps + 1, batch, units]`, from
  /// `projected [steps, batch, gates · units]`, `kernel [units, gates · units]`, the initial state
  /// `[states, batch, units]`, the bias of the state `[gates · units]` if the cell has one, and, if
  /// given, `counts [steps, batch]`: where it is 0 the state stays as it was.
  case states
  /// What the way back needs besides, side by side as `[steps, batch, kept · units]`, from the same
  /// operands. Of a `lstm` σ(z_i), σ(z_f), tanh(z_g), σ(z_o) and tanh(c), of a `gru` z, r, c and u_c, of a
  /// `gruResetBefore` z, r and c.
  case gates
  /// The gradient of `projected` from the gradient of the states, the states, the gates (the states
  /// again if nothing is kept), the kernel and the counts: `[steps + 1, batch, gates · units]`. What
  /// stands before the first step is the gradient of the initial state and zeros.
  case gradient
  /// The gradient of the product of the state and its bias, where it is not that of `projected`:
  /// `[steps + 1, batch, gates · units]` from the same operands; zeros before the first step.
  case stateGradient
  /// The gradient of the kernel, `[units, gates · units]`, from the same operands, where it is no
  /// product with the gradient of `projected`: that of a `gruResetBefore`.
  case kernelGradient
}
