/// A recurrent cell that is computed over a whole sequence as one operation.
///
/// With x = projected, the part of a step's sums that does not need the state, U the kernel of the
/// state, and blocks of columns named by an index:
///
/// - `simple`: h = tanh(x + h₋₁·U)
/// - `lstm`, with z = x + h₋₁·U in blocks i, f, g, o:
///   c = σ(z_f) · c₋₁ + σ(z_i) · tanh(z_g),  h = σ(z_o) · tanh(c)
/// - `gru`, with u = h₋₁·U + b and blocks z, r, c:
///   z = σ(x_z + u_z),  r = σ(x_r + u_r),  c = tanh(x_c + r · u_c),  h = z · h₋₁ + (1 − z) · c
/// - `gruResetBefore`, the same without b and with c = tanh(x_c + (r · h₋₁)·U_c)
///
/// The steps are one operation, and not some ten or twenty for each, so that a backend can keep the
/// state of a row and the kernel in its nearest memory for the whole sequence.
public enum Recurrence: String, Hashable, Sendable, CaseIterable {
  case simple, lstm, gru, gruResetBefore

  /// Blocks of columns in the kernel.
  public var gates: Int {
    switch self {
    case .simple: 1
    case .lstm: 4
    case .gru, .gruResetBefore: 3
    }
  }

  /// Arrays that the state has: h, and with some cells c.
  public var stateCount: Int { self == .lstm ? 2 : 1 }

  /// Numbers of a unit that the way back needs besides the states.
  public var keptCount: Int {
    switch self {
    case .simple: 0
    case .lstm: 5
    case .gru: 4
    case .gruResetBefore: 3
    }
  }

  /// Whether a bias is added to the product of the state, so that what flows back to that product is
  /// not what flows back to the projection.
  public var hasStateBias: Bool { self == .gru }
}
