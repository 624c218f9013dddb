public import JSON
public import Networks

/// Puts the moving averages of the weights in the place of the weights while the validation data is
/// looked at, or between the epochs.
public struct SwapEMAWeights: Callback, Configurable {
  /// Keras' class.
  public static let className = "SwapEMAWeights"
  private let swapsOnEpoch: Bool
  private var isSwapped = false

  /// A swap.
  ///
  /// - Parameter swapsOnEpoch: Whether the averages also stand in the model after each epoch, for
  ///   callbacks that save it.
  public init(swapsOnEpoch: Bool = false) { self.swapsOnEpoch = swapsOnEpoch }

  /// Reads the arguments.
  public init(configuration: Configuration) throws {
    swapsOnEpoch = try configuration.bool("swap_on_epoch", default: false)
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result = JSONObject()
    result.set("swap_on_epoch", swapsOnEpoch, default: false)
    return result
  }

  /// Checks that there are averages.
  public mutating func trainingBegins(_ control: FitControl) throws {
    isSwapped = false
    guard control.hasAverages else {
      throw TrainingError.argument(
        name: "callbacks", found: "SwapEMAWeights beside an optimizer without use_ema",
        expected: "an optimizer with use_ema=True")
    }
  }

  /// Brings the weights back.
  public mutating func epochBegins(_ epoch: Int, _ control: FitControl) {
    if swapsOnEpoch { swap(to: false, control) }
  }

  /// Takes the averages.
  public mutating func validationBegins(_ control: FitControl) { swap(to: true, control) }

  /// Brings the weights back.
  public mutating func validationEnds(_ logs: Logs, _ control: FitControl) {
    swap(to: false, control)
  }

  /// Takes the averages, if they are to stand in the model between the epochs.
  public mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    guard swapsOnEpoch, !isSwapped else { return }
    swap(to: true, control)
    // The run ends by taking the averages: they have to be the averages by then.
    if epoch == control.epochs - 1 { control.copyParametersToAverages() }
  }

  private mutating func swap(to averages: Bool, _ control: FitControl) {
    guard isSwapped != averages else { return }
    control.swapAverages()
    isSwapped = averages
  }
}
