package import Graphs
package import Tensors

// Colours of images `[batch, rows, columns, channels]`, as `keras.ops.image` computes them.
extension Graph {
  /// The channels of images, each with its axis.
  package mutating func channels(_ images: Value) -> [Value] {
    let extents = shape(images).extents
    return (0..<extents[extents.count - 1]).map { channel in
      var starts = [Int](repeating: 0, count: extents.count)
      starts[extents.count - 1] = channel
      return slice(images, starts: starts, sizes: Array(extents.dropLast() + [1]))
    }
  }

  /// The brightness `[batch, rows, columns, 1]` of red, green and blue.
  package mutating func grayscale(_ images: Value) -> Value {
    let colours = channels(images)
    if colours.count == 1 { return images }
    let parts = zip(colours, [0.2989, 0.5870, 0.1140]).map { scale($0, by: $1) }
    return parts.dropFirst().reduce(parts[0]) { add($0, $1) }
  }

  /// Hue (0 to 1), saturation (0 to 1) and value of red, green and blue.
  package mutating func hueSaturationValue(_ images: Value) -> [Value] {
    // Keras takes anything below the precision of a float for 0.
    let isTiny = isLess(unary(.absolute, images), Double(Float.ulpOfOne))
    let colours = channels(select(isTiny, constant(0), images))
    let (red, green, blue) = (colours[0], colours[1], colours[2])
    let value = binary(.maximum, binary(.maximum, red, green), blue)
    let least = binary(.minimum, binary(.minimum, red, green), blue)
    let range = subtract(value, least)
    let one = constant(1)
    let hasValue = isGreater(value, 0)
    let hasRange = isGreater(range, 0)
    let saturation = select(
      hasValue, divide(range, select(hasValue, value, one)), constant(0))
    let sixth = divide(one, scale(select(hasRange, range, one), by: 6))
    let fromGreen = add(multiply(sixth, subtract(blue, red)), 2 / 6.0)
    let fromBlue = add(multiply(sixth, subtract(red, green)), 4 / 6.0)
    let fromRed = multiply(sixth, subtract(green, blue))
    let other = select(binary(.equal, value, green), fromGreen, fromBlue)
    let turn = select(binary(.equal, value, red), fromRed, other)
    let hue = select(hasRange, turn, constant(0))
    return [add(hue, isLess(hue, 0)), saturation, value]
  }

  /// Red, green and blue of hue, saturation and value.
  package mutating func redGreenBlue(_ hue: Value, _ saturation: Value, _ value: Value) -> Value {
    let turn = scale(subtract(hue, unary(.floor, hue)), by: 6)
    func away(_ place: Double) -> Value { unary(.absolute, add(turn, -place)) }
    let shares = [
      clip(add(away(3), -1), 0, 1), clip(subtract(2, away(2)), 0, 1),
      clip(subtract(2, away(4)), 0, 1),
    ]
    let rest = subtract(1, saturation)
    let colours = shares.map { multiply(value, add(rest, multiply(saturation, $0))) }
    return concatenate(colours, axis: shape(value).rank - 1)
  }
}

extension PlaneLayer {
  /// Checks that images `[batch, rows, columns, channels]` have red, green and blue.
  package func requireColours(_ shape: Shape, orGray: Bool = false) throws {
    guard shape[-1] == 3 || (orGray && shape[-1] == 1) else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(shape), images of \(shape[-1]) channels",
        expected: orGray ? "1 or 3 channels" : "3 channels (red, green, blue)")
    }
  }
}
