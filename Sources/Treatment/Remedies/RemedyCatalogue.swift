package import CaseFile
import Diagnosis

/// All kinds of remedies beside those that the causes name themselves.
package enum RemedyCatalogue {
  /// In the order in which they are tried.
  package static let all: [any RemedyRule] = [
    EarlyStoppingRemedy(),
    DropoutRemedy(),
    FewerUnitsRemedy(),
    MoreLayersRemedy(),
    ImageAugmentationRemedy(),
    MixUpRemedy(),
    TableNoiseRemedy(),
    SeriesAugmentationRemedy(),
    PlateauRemedy(),
    CosineDecayRemedy(),
    WarmUpRemedy(),
    LayerNormalizationRemedy(),
    RangeScalingRemedy(),
    RobustLossRemedy(),
  ]

  /// The remedies for a cause of a run.
  package static func remedies(for cause: String, of run: Run, _ facts: CaseFile) -> [Remedy] {
    all.filter { $0.causes.contains(cause) }.flatMap { $0.remedies(for: run, facts) }
  }
}

extension CaseFile {
  /// The end of the model; `nil` where it is not known.
  var head: Head? { model.flatMap(Head.init) }
}
