import Graphs
import Tensors

/// The states that layers hand on from batch to batch, while a graph is built.
struct CarriedStates: Sendable {
  /// What layers found before them, and where the states after them go.
  struct Taken {
    var layer: String
    var positions: Range<Int>
    /// The states before; `nil` if this pass starts afresh.
    var values: [Value]?
  }

  /// The model's states; while its shapes are followed, those met so far.
  private(set) var all: [CarriedState]
  /// The number of the first one's parameter; `nil` while shapes are followed.
  private let firstParameter: Int?
  /// The size of the batches whose states are kept; `nil`: none is fixed.
  private let batchSize: Int?
  /// What each state is after the calls so far, by its place in ``all``.
  private var latest: [Int: Value] = [:]
  /// The layer that is being built, and how many of its states were taken.
  private var layer = ""
  private var taken = 0

  /// None are met yet.
  init(batchSize: Int?) {
    all = []
    firstParameter = nil
    self.batchSize = batchSize
  }

  /// The known states of a model.
  init(_ all: [CarriedState], firstParameter: Int, batchSize: Int?) {
    self.all = all
    self.firstParameter = firstParameter
    self.batchSize = batchSize
  }

  /// New values by the number of the parameter.
  var updates: [Int: Value] {
    guard let firstParameter else { return [:] }
    return Dictionary(uniqueKeysWithValues: latest.map { (firstParameter + $0.key, $0.value) })
  }

  /// A layer begins: a shared one with the states that its last call left.
  mutating func begin(_ layer: String) {
    (self.layer, taken) = (layer, 0)
  }

  /// The states that a layer had after the batch before.
  ///
  /// - Throws: ``ShapeError`` if the model does not fix the size of a batch.
  mutating func take(_ shapes: [Shape], _ subject: String, in graph: inout Graph) throws -> Taken {
    let positions = taken..<taken + shapes.count
    taken = positions.upperBound
    var result = Taken(layer: layer, positions: positions)
    guard let batchSize else {
      throw ShapeError(
        subject: subject, found: "stateful=True and an input whose batch size is open",
        expected: "a fixed batch size, for which the state is kept",
        advice: "Give it to the input: Input(batch_shape=(32, …)).")
    }
    guard let firstParameter else {
      for (position, shape) in zip(positions, shapes) where place(position) == nil {
        let fixed = Shape([batchSize] + shape.extents.dropFirst())
        all.append(CarriedState(layer: layer, position: position, shape: fixed))
      }
      return result
    }
    let places = positions.compactMap { place($0) }
    guard places.map({ all[$0].shape }) == shapes else { return result }
    result.values = places.map { place in
      latest[place] ?? graph.parameter(firstParameter + place, shape: all[place].shape)
    }
    return result
  }

  /// Keeps the states after a batch for the next one.
  mutating func keep(_ values: [Value], _ taken: Taken) {
    guard taken.values != nil else { return }
    for (position, value) in zip(taken.positions, values) {
      if let place = place(position, of: taken.layer) { latest[place] = value }
    }
  }

  private func place(_ position: Int, of layer: String? = nil) -> Int? {
    all.firstIndex { $0.layer == layer ?? self.layer && $0.position == position }
  }
}
