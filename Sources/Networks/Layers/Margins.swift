package import Graphs
package import JSON
package import Tensors

/// How many elements are added to, or cut off, the two ends of the axes between batch and channels.
package struct Margins: Hashable, Sendable {
  /// Wider margins than any input has.
  private static let largest = 1 << 20

  package let low: [Int]
  package let high: [Int]

  /// Reads margins: a number for all, a number for each axis, or a pair for each.
  package init(_ key: String, _ configuration: Configuration, axes: Int, default: Int) throws {
    let value = configuration.value(key) ?? .int(`default`)
    var pairs: [[Int]] = []
    if let number = value.int {
      pairs = [[Int]](repeating: [number, number], count: axes)
    } else if axes == 1 {
      pairs = [value.array?.compactMap(\.int) ?? []]
    } else {
      pairs = (value.array ?? []).map { axis in
        axis.int.map { [$0, $0] } ?? axis.array?.compactMap(\.int) ?? []
      }
    }
    guard pairs.count == axes,
      pairs.allSatisfy({ $0.count == 2 && $0.allSatisfy { (0...Self.largest).contains($0) } })
    else {
      throw configuration.error(
        key, found: value, expected: "two numbers from 0 to \(Self.largest) for each axis")
    }
    low = pairs.map { $0[0] }
    high = pairs.map { $0[1] }
  }

  /// The margins as Keras writes them.
  package var json: JSONValue {
    let pairs = zip(low, high).map { JSONValue.array([.int($0), .int($1)]) }
    return pairs.count == 1 ? pairs[0] : .array(pairs)
  }

  /// One end with nothing at batch and channels.
  package static func around(_ values: [Int]) -> [Int] { [0] + values + [0] }

  /// What is left of a shape without the margins.
  ///
  /// - Throws: ``ShapeError`` if nothing is.
  package func inside(_ shape: Shape, layer: String) throws -> [Int] {
    var extents = shape.extents
    for axis in low.indices { extents[axis + 1] -= low[axis] + high[axis] }
    guard extents.allSatisfy({ $0 > 0 }) else {
      throw ShapeError(
        subject: layer, found: "input of shape \(shape)",
        expected: "more elements than are cropped (\(json.abbreviated))")
    }
    return extents
  }
}

/// A layer that takes edges off planes.
package protocol CroppingLayer: PlaneLayer {
  /// What is cut off.
  var margins: Margins { get }
}

extension CroppingLayer {
  package var configuration: JSONObject {
    var result: JSONObject = ["cropping": margins.json]
    order.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let kept = try margins.inside(scope.graph.shape(x), layer: Self.className)
    return scope.graph.slice(x, starts: Margins.around(margins.low), sizes: kept)
  }
}

/// A layer that puts zeros around planes.
package protocol PaddingLayer: PlaneLayer {
  /// What is added.
  var margins: Margins { get }
}

extension PaddingLayer {
  package var configuration: JSONObject {
    var result: JSONObject = ["padding": margins.json]
    order.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    scope.graph.pad(x, low: Margins.around(margins.low), high: Margins.around(margins.high))
  }
}
