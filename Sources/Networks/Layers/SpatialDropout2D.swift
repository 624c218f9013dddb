/// Dropout of whole channels over the whole plane.
package struct SpatialDropout2D: SpatialDropoutLayer {
  package static let className = "SpatialDropout2D"
  package static let axisCount = 2
  package let arguments: DropoutArguments

  package init(configuration: Configuration) throws {
    try Self.requireChannelsLast(configuration)
    arguments = try DropoutArguments(configuration)
  }
}
