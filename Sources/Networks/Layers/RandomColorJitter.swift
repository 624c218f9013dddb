package import Graphs
package import JSON
package import Tensors

/// In training, changes brightness, contrast, saturation and hue of each image one after the other;
/// those that have no factor stay.
package struct RandomColorJitter: AugmentationLayer {
  package static let className = "RandomColorJitter"
  package let arguments: ImageArguments
  package let range: ValueRange
  package let brightness: RandomBrightness?
  package let contrast: RandomContrast?
  package let saturation: RandomSaturation?
  package let hue: RandomHue?

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    range = try ValueRange(configuration)
    func part<Part: AugmentationLayer>(_ key: String) throws -> Part? {
      guard let factor = configuration.value(key) else { return nil }
      var members = configuration.values
      members["factor"] = factor
      return try Part(
        configuration: Configuration(members, subject: "'\(key)' of \(configuration.subject)"))
    }
    brightness = try part("brightness_factor")
    contrast = try part("contrast_factor")
    saturation = try part("saturation_factor")
    hue = try part("hue_factor")
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result["brightness_factor"] = brightness?.factor.json
    result["contrast_factor"] = contrast?.factor.json
    result["saturation_factor"] = saturation?.factor.json
    result["hue_factor"] = hue?.factor.json
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  /// The layers that there are factors for, in the order in which they are applied.
  private var parts: [any AugmentationLayer] {
    let all: [(any AugmentationLayer)?] = [brightness, contrast, saturation, hue]
    return all.compactMap(\.self)
  }

  package func check(_ images: Shape) throws {
    for part in parts {
      do { try part.check(images) } catch let error as ShapeError {
        throw ShapeError(
          subject: Self.className, found: error.found,
          expected: "\(error.expected), for its \(type(of: part).className)")
      }
    }
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    try parts.reduce(x) { try $1.augmented($0, scope: &scope) }
  }
}
