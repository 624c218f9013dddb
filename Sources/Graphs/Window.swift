/// How a window walks over the axes between batch and channels of `[batch, …, channels]`.
///
/// At place *p* of an axis its cell *k* stands on the element `p·stride + k·dilation − low`. A cell
/// outside the array sees nothing: it counts neither as a zero in a mean nor in a maximum, and adds
/// nothing to a convolution. How many places there are, the shape of the result says.
public struct Window: Hashable, Sendable {
  /// How many cells the window has along each axis.
  public let sizes: [Int]
  /// How far it moves from place to place.
  public let strides: [Int]
  /// How far its cells stand apart.
  public let dilations: [Int]
  /// How far it starts before the first element.
  public let low: [Int]

  /// A window; all four have a number for each axis, of which there are one to three.
  ///
  /// - Parameters:
  ///   - strides: The size itself by default, so that windows stand side by side.
  ///   - dilations: 1 by default.
  ///   - low: 0 by default.
  public init(
    sizes: [Int], strides: [Int]? = nil, dilations: [Int]? = nil, low: [Int]? = nil
  ) {
    self.sizes = sizes
    self.strides = strides ?? sizes
    self.dilations = dilations ?? sizes.map { _ in 1 }
    self.low = low ?? sizes.map { _ in 0 }
    precondition(
      (1...3).contains(sizes.count)
        && [self.strides, self.dilations, self.low].allSatisfy { $0.count == sizes.count },
      "a window of \(sizes) with strides \(self.strides), dilations \(self.dilations)")
    precondition(
      (sizes + self.strides + self.dilations).allSatisfy { $0 > 0 },
      "a window of \(sizes) with strides \(self.strides), dilations \(self.dilations)")
  }

  /// Over how many axes it moves.
  public var axisCount: Int { sizes.count }

  /// How many cells it has.
  public var cellCount: Int { sizes.reduce(1, *) }

  /// How many places the window takes along each axis of an array, if it may stand `high` elements
  /// over the end.
  public func places(on extents: [Int], high: [Int]) -> [Int] {
    sizes.indices.map { axis in
      let span = (sizes[axis] - 1) * dilations[axis] + 1
      let room = extents[axis] + low[axis] + high[axis] - span
      return room < 0 ? 0 : room / strides[axis] + 1
    }
  }

  /// The element under a cell at a place of an axis; `nil` outside the array.
  package func element(_ axis: Int, place: Int, cell: Int, of extent: Int) -> Int? {
    let element = place * strides[axis] + cell * dilations[axis] - low[axis]
    return (0..<extent).contains(element) ? element : nil
  }
}
