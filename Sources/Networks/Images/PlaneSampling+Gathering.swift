package import Graphs
import Tensors

extension PlaneSampling {
  /// The most pixels of a batch whose numbers a float can tell apart.
  private static let mostPixels = 1 << 24

  /// Images whose pixels are looked up at other places.
  ///
  /// - Parameters:
  ///   - images: `[batch, rows, columns, channels]`
  ///   - rows: For each pixel of the result in which row it stands in the image, `[batch, new rows,
  ///     new columns]`.
  ///   - columns: The same of the columns.
  /// - Throws: ``ShapeError`` for more pixels than can be numbered.
  package func sampled(
    _ images: Value, rows: Value, columns: Value, layer: String, in graph: inout Graph
  ) throws -> Value {
    let shape = graph.shape(images)
    let (batch, height, width) = (shape[0], shape[1], shape[2])
    guard batch * height * width <= Self.mostPixels else {
      throw ShapeError(
        subject: layer, found: "a batch of shape \(shape)",
        expected: "at most \(Self.mostPixels) pixels", advice: "Take smaller batches.")
    }
    let table = graph.reshape(images, to: [batch * height * width, shape[3]])
    let first = graph.scale(
      graph.reshape(graph.counting(batch), to: [batch, 1, 1]), by: Double(height * width))
    let vertical = taps(rows, in: &graph)
    let horizontal = taps(columns, in: &graph)
    var parts: [Value] = []
    for row in vertical {
      for column in horizontal {
        let y = inside(row.index, extent: height, in: &graph)
        let x = inside(column.index, extent: width, in: &graph)
        // Beyond the edges something has to be read too; it does not count.
        let place = graph.add(
          graph.scale(graph.clip(y, 0, Double(height - 1)), by: Double(width)),
          graph.clip(x, 0, Double(width - 1)))
        var pixels = graph.gather(table, at: graph.add(place, first))
        let target = Shape(graph.shape(place).extents + [1])
        if fillMode == .constant {
          let isInside = graph.both(
            isPlace(y, of: height, in: &graph), isPlace(x, of: width, in: &graph))
          pixels = graph.select(
            graph.reshape(isInside, to: target), pixels, graph.constant(fillValue))
        }
        let weight = graph.multiply(row.weight, column.weight)
        parts.append(graph.multiply(pixels, graph.reshape(weight, to: target)))
      }
    }
    return parts.dropFirst().reduce(parts[0]) { graph.add($0, $1) }
  }

  private func isPlace(_ index: Value, of extent: Int, in graph: inout Graph) -> Value {
    graph.both(
      graph.binary(.greaterOrEqual, index, graph.constant(0)),
      graph.isLess(index, Double(extent)))
  }
}

/// The factors of `x′ = xx · x + xy · y`, `y′ = yx · x + yy · y`, each `[batch, 1, 1]`.
package struct PlaneTurn {
  package var xx: Value
  package var xy: Value
  package var yx: Value
  package var yy: Value

  /// Factors.
  package init(xx: Value, xy: Value, yx: Value, yy: Value) {
    (self.xx, self.xy, self.yx, self.yy) = (xx, xy, yx, yy)
  }

  /// Images whose pixels are looked up where the factors take them, around a middle.
  package func applied(
    to images: Value, around middle: (x: Double, y: Double), sampling: PlaneSampling,
    layer: String, in graph: inout Graph
  ) throws -> Value {
    let shape = graph.shape(images)
    let y = graph.reshape(
      graph.add(graph.counting(shape[1]), -middle.y), to: [1, shape[1], 1])
    let x = graph.reshape(
      graph.add(graph.counting(shape[2]), -middle.x), to: [1, 1, shape[2]])
    let columns = graph.add(graph.multiply(xx, x), graph.multiply(xy, y))
    let rows = graph.add(graph.multiply(yx, x), graph.multiply(yy, y))
    return try sampling.sampled(
      images, rows: graph.add(rows, middle.y), columns: graph.add(columns, middle.x),
      layer: layer, in: &graph)
  }
}
