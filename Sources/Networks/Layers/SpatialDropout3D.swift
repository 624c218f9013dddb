/// Dropout of whole channels over the whole volume.
package struct SpatialDropout3D: SpatialDropoutLayer {
  package static let className = "SpatialDropout3D"
  package static let axisCount = 3
  package let arguments: DropoutArguments

  package init(configuration: Configuration) throws {
    try Self.requireChannelsLast(configuration)
    arguments = try DropoutArguments(configuration)
  }
}
