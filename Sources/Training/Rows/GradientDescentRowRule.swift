import Engine

/// Plain gradient descent: rows without a gradient stay where they are.
final class GradientDescentRowRule: RowRule {
  private var rate: Float = 0

  var mostAge: Int? { nil }

  func catchUp(_ rows: TableRows, columns: Range<Int>) {}

  func settle(_ rows: TableRows, columns: Range<Int>) {}

  func advance(rate: Float, number: Int) { self.rate = rate }

  func step(_ rows: TableRows, columns: Range<Int>) {
    rows.gradientDescent(rate: rate, columns: columns)
  }
}
