import CaseFile

extension Statistics {
  /// The root of the mean of the squares: √(mean² + standard deviation²).
  var rootMeanSquare: Double { (mean * mean + standardDeviation * standardDeviation).squareRoot() }
}
