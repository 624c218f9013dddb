import CaseFile
import Diagnosis
import JSON
import Tensors
import Training

/// Shifted and turned images, and flipped ones as a second choice: flips change what letters and
/// digits mean.
struct ImageAugmentationRemedy: RemedyRule {
  let causes: Set<String> = ["overfitting", "too-little-data"]

  /// The largest shift as a share of the side, and the largest turn as a share of a whole one: what
  /// photographs of the same thing differ by.
  private static let shift = 0.1
  private static let turn = 0.05
  /// Smaller images are turned into something else by a shift of one pixel.
  private static let smallestSide = 8

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    guard let input = facts.model?.layers.first, run.data.training.inputs.count == 1,
      let shape = run.data.training.inputs.first?.shape, shape.rank == 4,
      shape.extents[1] >= Self.smallestSide, shape.extents[2] >= Self.smallestSide,
      [1, 3].contains(shape.extents[3])
    else { return [] }
    let moves: [JSONValue] = [
      [
        "class_name": "RandomTranslation",
        "config": ["height_factor": .double(Self.shift), "width_factor": .double(Self.shift)],
      ], ["class_name": "RandomRotation", "config": ["factor": .double(Self.turn)]],
    ]
    let flip: JSONValue = ["class_name": "RandomFlip", "config": ["mode": "horizontal"]]
    func remedy(_ layers: [JSONValue], _ summary: String) -> Remedy {
      Remedy(
        edits: [Edit(target: "layers.\(input.name).insert_after", to: .array(layers))],
        summary: summary)
    }
    return [
      remedy(moves, "images shifted and turned while training"),
      remedy([flip] + moves, "images flipped, shifted and turned while training"),
    ]
  }
}
