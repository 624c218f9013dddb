import CaseFile
import JSON

/// The arguments of `fit` as facts.
enum FitReading {
  /// The facts; `nil` where an argument that matters is not known.
  static func facts(_ site: CallSite) -> FitFacts? {
    var facts = FitFacts()
    func given(_ name: String) -> Value? {
      site.value(name).flatMap { $0.isNone ? nil : $0 }
    }
    if let value = given("epochs") {
      guard let number = value.int, number > 0 else { return nil }
      facts.epochs = number
    }
    if let value = given("batch_size") {
      guard let number = value.int, number > 0 else { return nil }
      facts.batchSize = number
    }
    if let value = given("validation_split") {
      guard let number = value.double, (0..<1).contains(number) else { return nil }
      facts.validationSplit = number
    }
    if let value = given("shuffle") {
      if value.string != nil { return nil }
      guard let flag = value.truth else { return nil }
      facts.shuffle = flag
    }
    if let value = given("initial_epoch"), let number = value.int { facts.initialEpoch = number }
    if case .dictionary(let box)? = given("class_weight") {
      for (key, value) in box.members {
        guard let label = key.int, let weight = value.double else { return nil }
        facts.classWeight[label] = weight
      }
    }
    let callbacks = given("callbacks")
    for callback in callbacks?.elements ?? (callbacks.map { [$0] } ?? []) {
      switch callback {
      case .object(let object) where object.unknownArguments.isEmpty:
        facts.callbacks.append(object.document)
      case .object(let object): facts.callbacks.append(.string(object.className))
      case .library(let name): facts.callbacks.append(.string(lastPart(name)))
      default: facts.callbacks.append("a callback")
      }
    }
    return facts
  }
}
