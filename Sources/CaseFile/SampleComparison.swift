/// Whether two sets of rows may come from one population, column by column (Kolmogorov and Smirnov).
public struct SampleComparison: Codable, Hashable, Sendable {
  /// How many columns were compared.
  public var columns: Int
  /// How many of them differ beyond chance, at a level that is divided by the number of columns.
  public var differing: Int
  /// The column that differs most.
  public var farthest: Int
  /// The largest distance between both distribution functions there, from 0 to 1.
  public var distance: Double
  /// The median of that distance over the columns.
  public var typicalDistance: Double

  /// How far two sets of rows are apart.
  public init(
    columns: Int, differing: Int, farthest: Int, distance: Double, typicalDistance: Double
  ) {
    self.columns = columns
    self.differing = differing
    self.farthest = farthest
    self.distance = distance
    self.typicalDistance = typicalDistance
  }
}
