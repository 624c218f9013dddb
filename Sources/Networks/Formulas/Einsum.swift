package import Graphs
import Tensors

/// Einstein's summation over one or two operands: `ab,bc->ac`. `...` stands for all axes that are
/// not named.
package struct Einsum: Sendable {
  /// The labels of each operand's axes; `nil` stands for `...`.
  package let inputs: [[Character?]]
  /// The labels of the result's axes.
  package let output: [Character?]
  private let equation: String
  private let subject: String

  /// Reads an equation.
  ///
  /// - Throws: ``ShapeError`` for anything but one or two operands, each label once in each.
  package init(_ equation: String, subject: String) throws {
    self.equation = equation
    self.subject = subject
    let sides = equation.filter { $0 != " " }.split(
      separator: "->", omittingEmptySubsequences: false)
    let operands = sides.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    func labels(_ text: Substring) -> [Character?] {
      text.replacing("...", with: ".").map { $0 == "." ? nil : $0 }
    }
    inputs = operands.map(labels)
    output = sides.count == 2 ? labels(sides[1]) : []
    let isPlain = (inputs + [output]).allSatisfy { Set($0).count == $0.count }
    let known = Set(inputs.flatMap(\.self))
    guard sides.count == 2, (1...2).contains(inputs.count), isPlain,
      output.allSatisfy(known.contains)
    else {
      throw ShapeError(
        subject: subject, found: "the equation '\(equation)'",
        expected: "one or two operands and a result, like 'ab,bc->ac'")
    }
  }

  /// A label of an axis: by name, or by its place among those of `...`, counted from the last.
  private enum Axis: Hashable {
    case named(Character)
    case other(Int)
  }

  private func axes(
    _ labels: [Character?], rank: Int, found: String
  ) throws -> [Axis] {
    let free = rank - labels.count(where: { $0 != nil })
    guard free == 0 || (free > 0 && labels.contains(nil)) else {
      throw ShapeError(
        subject: subject, found: found,
        expected: "the axes of '\(equation)'")
    }
    return labels.flatMap { label in
      label.map { [.named($0)] } ?? (0..<free).reversed().map { .other($0) }
    }
  }

  /// Builds the sum.
  ///
  /// - Throws: ``ShapeError`` for operands that the equation does not fit.
  package func apply(_ operands: [Value], in graph: inout Graph) throws -> Value {
    guard operands.count == inputs.count else {
      throw ShapeError(
        subject: subject, found: "\(operands.count) operands",
        expected: "\(inputs.count) for '\(equation)'")
    }
    var labels: [[Axis]] = []
    var extents: [Axis: Int] = [:]
    for (operand, input) in zip(operands, inputs) {
      let shape = graph.shape(operand)
      let axes = try axes(input, rank: shape.rank, found: "an operand of shape \(shape)")
      for (axis, extent) in zip(axes, shape.extents) {
        guard extents[axis] ?? extent == extent else {
          throw ShapeError(
            subject: subject,
            found: operands.map { "\(graph.shape($0))" }.joined(separator: " and "),
            expected: "shapes that fit '\(equation)'")
        }
        extents[axis] = extent
      }
      labels.append(axes)
    }
    let wanted = try axes(
      output,
      rank: output.count - 1 + (labels.map { $0.count(where: isOther) }.max() ?? 0)
        + (output.contains(nil) ? 0 : 1),
      found:
        "operands of shapes \(operands.map { "\(graph.shape($0))" }.joined(separator: " and "))")
    var values = operands
    for number in values.indices {
      let rest = labels.enumerated().filter { $0.offset != number }.flatMap(\.element)
      let kept = labels[number].filter { wanted.contains($0) || rest.contains($0) }
      let summed = labels[number].indices.filter { !kept.contains(labels[number][$0]) }
      if !summed.isEmpty { values[number] = graph.sum(values[number], axes: summed) }
      labels[number] = kept
    }
    guard values.count == 2 else {
      return arranged(values[0], from: labels[0], to: wanted, in: &graph)
    }
    let both = labels[0].filter { labels[1].contains($0) }
    let batch = both.filter { wanted.contains($0) }
    let inner = both.filter { !wanted.contains($0) }
    let left = labels[0].filter { !both.contains($0) }
    let right = labels[1].filter { !both.contains($0) }
    func count(_ axes: [Axis]) -> Int { axes.compactMap { extents[$0] }.reduce(1, *) }
    let lead = batch.isEmpty ? [] : [count(batch)]
    let a = graph.reshape(
      arranged(values[0], from: labels[0], to: batch + left + inner, in: &graph),
      to: Shape(lead + [count(left), count(inner)]))
    let b = graph.reshape(
      arranged(values[1], from: labels[1], to: batch + inner + right, in: &graph),
      to: Shape(lead + [count(inner), count(right)]))
    let made = batch + left + right
    let product = graph.reshape(
      graph.matrixProduct(a, b), to: Shape(made.compactMap { extents[$0] }))
    return arranged(product, from: made, to: wanted, in: &graph)
  }

  private func isOther(_ axis: Axis) -> Bool {
    if case .other = axis { return true }
    return false
  }

  private func arranged(
    _ value: Value, from labels: [Axis], to order: [Axis], in graph: inout Graph
  ) -> Value {
    graph.transpose(value, order.compactMap { labels.firstIndex(of: $0) })
  }
}
