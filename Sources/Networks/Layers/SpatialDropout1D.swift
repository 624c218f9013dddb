/// Dropout of whole channels over all steps.
package struct SpatialDropout1D: SpatialDropoutLayer {
  package static let className = "SpatialDropout1D"
  package static let axisCount = 1
  package let arguments: DropoutArguments

  package init(configuration: Configuration) throws {
    arguments = try DropoutArguments(configuration)
  }
}
