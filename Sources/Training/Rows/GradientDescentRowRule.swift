import Engine

/// Plain gradient descent: rows without a gradient stay where they are.
final class GradientDescentRowRule: RowRule {
  private var rate: Float = 0

  var mostAge: Int? { nil }

  func open(_ rows: TableRows, part: Int) { rows.find(part: part) }

  func settle(_ rows: TableRows, part: Int) {}

  func advance(rate: Float, number: Int) { self.rate = rate }

  func step(_ rows: TableRows, part: Int) { rows.gradientDescent(rate: rate, part: part) }
}
