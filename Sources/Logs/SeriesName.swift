/// The names of series, which differ by version and by program.
enum SeriesName {
  /// What later versions of Keras call a series.
  private static let aliases = [
    "acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate",
    "train_loss": "loss", "training_loss": "loss", "trainloss": "loss",
    "validation_loss": "val_loss", "valid_loss": "val_loss", "test_loss": "val_loss",
    "train_acc": "accuracy", "train_accuracy": "accuracy", "training_accuracy": "accuracy",
    "validation_accuracy": "val_accuracy", "valid_accuracy": "val_accuracy",
    "valid_acc": "val_accuracy", "validation_acc": "val_accuracy",
  ]

  /// The name as Keras 3 has it: `acc` → `accuracy`, `train/loss` → `loss`, `val/loss` → `val_loss`,
  /// `epoch_loss` → `loss`.
  static func canonical(_ name: String) -> String {
    var name = name
    var isValidation = false
    let parts = name.split(separator: "/")
    if parts.count > 1, let last = parts.last {
      isValidation = parts.dropLast().contains { part in
        ["val", "valid", "validation", "test", "eval"].contains(part.lowercased())
      }
      name = String(last)
    }
    if name.hasPrefix("epoch_") { name.removeFirst("epoch_".count) }
    let lower = name.lowercased()
    if let alias = aliases[lower] {
      name = alias
    } else if lower == "loss" || lower == "val_loss" {
      name = lower
    }
    return isValidation && !name.hasPrefix("val_") ? "val_" + name : name
  }
}
