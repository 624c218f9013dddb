import CaseFile
import JSON

/// Reports of every kind, as a diagnosis would make them.
enum SampleReports {
  /// Names are those of the snapshots.
  static let all: [(name: String, report: Report)] = [
    ("fault-proven", faultProven),
    ("fault-by-rule", faultByRule),
    ("healthy", healthy),
    ("healthy-explained", healthyExplained),
    ("undetermined", undetermined),
    ("nan-curves", nanCurves),
    ("hostile-names", hostileNames),
  ]

  /// A decaying or growing curve of the form `start * ratio^epoch + floor`.
  private static func curve(_ start: Double, _ ratio: Double, floor: Double = 0, epochs: Int = 15)
    -> [Double]
  {
    var value = start
    return (0..<epochs).map { _ in
      defer { value *= ratio }
      return value + floor
    }
  }

  static let faultProven = Report(
    inputs: [
      InputSource(kind: .model, path: "model.keras", sha256: String(repeating: "0a", count: 32)),
      InputSource(kind: .data, path: "digits.npz", sha256: String(repeating: "f1", count: 32)),
    ],
    verdict: .fault,
    headline: "the learning rate 0.1 is beyond the stability limit 0.0131; 0.006 cures it (proven)",
    complaint: Complaint(
      symptom: .rising, sinceStep: 1, text: "The loss rises 3.6× every epoch from epoch 1 on."),
    causes: [
      CauseFinding(
        id: "learning-rate-high", confidence: 0.98, isProven: true,
        summary: "The learning rate 0.1 is 7.6 times the stability limit 0.0131.",
        evidence: [
          Evidence(
            "largest Hessian eigenvalue λ = 152.4, so SGD is unstable above 2/λ = 0.0131",
            value: 152.4, basis: .probe, sample: "all 1797 rows"),
          Evidence("the loss grows by a constant factor of 3.55", value: 3.55, basis: .log),
        ],
        remedy: Remedy(
          summary: "learning rate 0.006, half the measured limit",
          edits: [Edit(target: "optimizer.learning_rate", from: 0.1, to: 0.006)],
          python: ["model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.006),", "    …)"]),
        trials: (1...3).map { seed in
          let shift = Double(seed) / 50
          return TrialPair(
            seed: seed,
            baseline: ["loss": curve(2.3 + shift, 1.9), "val_loss": curve(2.4, 1.9)],
            remedied: [
              "loss": curve(2.1, 0.7, floor: 0.05 + shift), "val_loss": curve(2.1, 0.72),
            ])
        }),
      CauseFinding(
        id: "feature-scale", confidence: 0.21,
        summary: "The columns of x reach 16, which a rate of 0.1 does not stand.",
        evidence: [Evidence("largest standard deviation 6.5", value: 6.5)],
        advice: "Divide the pixels by 16 before training."),
    ],
    ruledOut: [
      RuledOut(id: "label-range", because: "labels 0…9 fit the 10 units of the output layer"),
      RuledOut(id: "output-units", because: "labels 0…9 fit the 10 units of the output layer"),
      RuledOut(
        id: "initialization",
        because: "the kernels' standard deviations are within 20 % of glorot_uniform's"),
    ],
    notExamined: [
      NotExamined(id: "overfitting", needs: ["validation data"], hint: "add --validation FILE"),
      NotExamined(id: "validation-leak", needs: ["validation data"], hint: "add --validation FILE"),
    ],
    trialsRan: true, timing: Report.Timing(statics: 0.021, probes: 0.4, trials: 3.1),
    curve: curve(2.3, 1.9))

  static let faultByRule = Report(
    inputs: [InputSource(kind: .capture, path: "capture")],
    verdict: .fault, headline: "labels run from 1 to 10, but the output layer has 10 units: 0…9",
    complaint: Complaint(symptom: .nan, sinceStep: 1, text: "The loss is NaN from epoch 1 on."),
    causes: [
      CauseFinding(
        id: "label-range", confidence: 0.99, isProven: true,
        summary: "The labels 1…10 do not fit 10 output units, which count from 0.",
        evidence: [Evidence("180 of 1797 rows have label 10", value: 180, unit: "rows")],
        location: SourceLocation(path: "train.py", line: 14, column: 5),
        remedy: Remedy(
          summary: "subtract 1 from the labels",
          edits: [Edit(target: "data.y.offset", to: .int(-1))], python: ["y = y - 1"]))
    ],
    ruledOut: [RuledOut(id: "from-logits", because: "softmax output, from_logits is off")],
    notExamined: [], trialsRan: false, timing: Report.Timing(statics: 0.004))

  static let healthy = Report(
    inputs: [InputSource(kind: .capture, path: "capture")],
    verdict: .healthy, headline: "no fault found: all 17 checks ran",
    complaint: Complaint(symptom: .none, text: "The loss falls from 2.17 to 0.16 in 15 epochs."),
    ruledOut: [RuledOut(id: "learning-rate-high", because: "the rate is 0.3 of the limit")],
    trialsRan: true, timing: Report.Timing(statics: 0.004, probes: 0.1, trials: 1.2),
    curve: curve(2.1, 0.8, floor: 0.1))

  static let healthyExplained = Report(
    inputs: [InputSource(kind: .capture, path: "capture")],
    verdict: .healthy, headline: "nothing is broken: dropout is off while validating",
    complaint: Complaint(symptom: .none, text: "The loss falls from 2.1 to 0.4."),
    causes: [
      CauseFinding(
        id: "reading-the-number", confidence: 0.9, isProven: true,
        summary: "The training loss stands above the validation loss because of dropout.",
        advice: "Compare with evaluate(x, y) on the training rows.")
    ], trialsRan: true, timing: Report.Timing(statics: 0.004, probes: 0.1, trials: 1.2))

  static let undetermined = Report(
    inputs: [InputSource(kind: .model, path: "model.keras")],
    verdict: .undetermined, headline: "cannot tell without the data",
    complaint: Complaint(symptom: .none, text: ""),
    notExamined: [
      NotExamined(id: "label-range", needs: ["labels"], hint: "add --data FILE"),
      NotExamined(id: "feature-scale", needs: ["features"], hint: "add --data FILE"),
    ], timing: Report.Timing(statics: 0.002))

  static let nanCurves = Report(
    inputs: [InputSource(kind: .capture, path: "capture")],
    verdict: .fault, headline: "the rate 10 makes the loss overflow",
    complaint: Complaint(
      symptom: .nan, sinceStep: 6, text: "The loss grows, and is NaN from epoch 6 on."),
    causes: [
      CauseFinding(
        id: "learning-rate-high", confidence: 0.9, isProven: true, summary: "The rate 10 is huge.",
        remedy: Remedy(
          summary: "learning rate 0.1",
          edits: [Edit(target: "optimizer.learning_rate", from: 10.0, to: 0.1)]),
        trials: (1...3).map { seed in
          TrialPair(
            seed: seed,
            baseline: ["loss": curve(1, 1e6, epochs: 5) + [.infinity] + [.nan, .nan, .nan, .nan]],
            remedied: ["loss": curve(1, 0.8, epochs: 10)])
        })
    ],
    trialsRan: true, timing: Report.Timing(statics: 0.004, probes: 0.1, trials: 75))

  static let hostileNames = Report(
    inputs: [InputSource(kind: .model, path: "a\u{1b}[2Jb.keras")],
    verdict: .fault, headline: "layer \u{1b}]0;owned\u{7}dense\u{9b}31m has NaN\nHEALTHY",
    complaint: Complaint(symptom: .stuck, text: "\u{202e}reversed\u{202c} <b>&amp;</b>"),
    causes: [
      CauseFinding(
        id: "bad-weights", confidence: 0.99, isProven: true, summary: "a\rb\u{8}c",
        evidence: [Evidence("tab\tand \u{7f} and \u{2028}")],
        remedy: Remedy(
          summary: "\u{1b}[31mred", edits: [Edit(target: "layers.\u{1b}[0m.kernel", to: 0)],
          python: ["x = '\u{1b}[31m'"]),
        advice: "\u{1b}c")
    ],
    ruledOut: [RuledOut(id: "from-logits", because: "\u{1b}[1A")],
    notExamined: [NotExamined(id: "label-range", needs: ["\u{1b}"], hint: "\u{1b}")])
}
