import Charts

/// The curves of the trials with and without the remedy: the medians, with the spread over seeds.
struct ProofPicture {
  let proof: Proof

  var figure: Figure {
    let kinds: [(curves: [[Double]], name: String, tone: Tone)] = [
      (proof.baseline, Proof.columns[0], .bad), (proof.remedied, Proof.columns[1], .good),
    ]
    var marks: [any Mark] = []
    for kind in kinds {
      if kind.curves.count > 1 {
        marks.append(Band(Band.spread(of: kind.curves), tone: kind.tone))
      }
      marks += kind.curves.map { Line(Point.counted($0), tone: kind.tone, isThin: true) }
    }
    for kind in kinds {
      let isOne = kind.curves.count == 1
      marks.append(
        Line(
          Point.counted(Proof.medianCurve(kind.curves)),
          name: isOne ? kind.name : "\(kind.name), median", tone: kind.tone))
    }
    let healed = proof.remedied.joined().filter(\.isFinite).max()
    let ends = [proof.baseline, proof.remedied].map { curves in
      Proof.median(curves.map(\.last)).map { NumberText.short($0) } ?? "-"
    }
    let title = "\(proof.series == "loss" ? "Loss" : proof.series) of the trials"
    let seeds = proof.seeds.count == 1 ? "1 seed" : "\(proof.seeds.count) seeds"
    let text =
      "over \(seeds) \(proof.series) ends at \(ends[0]) as it was and at \(ends[1]) with the remedy"
    return Figure(
      Chart(
        title, description: text.asSentence, x: .counting("epoch"),
        y: Axis(proof.series, ceiling: healed.map { $0 * LossChart.ceilingFactor }), marks: marks),
      caption: text + (proof.seeds.count > 1 ? "; the bands reach from the best to the worst" : ""))
  }
}
