/// Lines that stand in the output of nearly every Keras program and tell nothing of the losses.
///
/// They are known so that the count of lines that were not understood means something.
enum KnownLines {
  /// Whether a line is one of them.
  static func contains(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.text
    return beginnings.contains { line.hasPrefix($0) } || parts.contains { line.contains($0) }
      || isRule(text) || startsWithDate(text)
  }

  /// How such lines begin.
  private static let beginnings = [
    // Keras' and TensorFlow's own.
    "Train on ", "Using TensorFlow backend", "Using JAX backend", "Using Theano backend",
    "Model: ", "Layer (type)", "Total params", "Trainable params", "Non-trainable params",
    "Optimizer params", "Restoring model weights", "Downloading data from", "Found ", "WARNING",
    "INFO", "I0000 ", "W0000 ", "E0000 ", "I tensorflow", "W tensorflow", "E tensorflow",
    "Instructions for updating", "To enable the following instructions", "Fit for ", "Test ",
    "Epoch ", "/usr/", "  warnings.warn", "warnings.warn", "super().__init__",
    // Shells and notebooks.
    "$ ", ">>> ", "... ", "...", "…", "In [", "Out[", "[INFO]", "CPU times", "Wall time",
    "python ", "python3 ",
  ]

  /// What such lines contain.
  private static let parts = [
    "UserWarning", "FutureWarning", "DeprecationWarning", "tensorflow/", "xla/", "oneDNN", "cuda",
    "(Dense)", "(Conv2D)", "(Flatten)", "(Dropout)", "(InputLayer)", "[==", "step/s",
  ]

  /// A line of a table, or a ruler: hardly anything but lines and spaces.
  private static func isRule(_ text: ArraySlice<UInt8>) -> Bool {
    if let scalar = text.text.unicodeScalars.first, (0x2500...0x257F).contains(scalar.value) {
      return true
    }
    return text.allSatisfy { "-=_*#|+ ".utf8.contains($0) }
  }

  /// `2024-05-01 10:00:00.123456: I tensorflow/core/…`
  private static func startsWithDate(_ text: ArraySlice<UInt8>) -> Bool {
    let shape = text.prefix(10).map { $0.isASCIIDigit ? UInt8(ascii: "0") : $0 }
    return shape.elementsEqual("0000-00-00".utf8)
  }
}
