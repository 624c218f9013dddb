package import JSON

extension Edit {
  /// The statements of Python that add altered copies of the rows as `data.augment` says.
  ///
  /// - Parameters:
  ///   - map: What the edit sets: `copies`, and any of `mix_up`, `scaling` and `jitter`.
  ///   - x: The name of the features.
  ///   - y: The name of the targets.
  ///   - np: The name of NumPy.
  package static func augmentation(
    _ map: JSONValue, x: String, y: String, np: String
  ) -> [String] {
    var lines = [
      "rng = \(np).random.default_rng(0)",
      "rows = \(np).tile(\(np).arange(len(\(x))), \(map["copies"]?.int ?? 1))",
      "more_x, more_y = \(x)[rows], \(y)[rows]",
    ]
    let axes = "(len(rows),) + (1,) * (more_x.ndim - 1)"
    if let kind = map["mix_up"]?.string {
      let group =
        switch kind {
        case "labels": "more_y.reshape(-1)"
        case "one-hot": "more_y.argmax(axis=-1)"
        default: "\(np).zeros(len(rows))"
        }
      lines += [
        "group = \(group)",
        "order = \(np).lexsort((rng.random(len(rows)), group))",
        "mate = \(np).empty_like(order)", "mate[order] = \(np).roll(order, -1)",
        "mate = \(np).where(group[mate] == group, mate, \(np).arange(len(rows)))",
        "share = rng.random(\(axes))",
        "more_x = share * more_x + (1 - share) * more_x[mate]",
      ]
      if kind == "all" {
        lines.append("share = share.reshape((len(rows),) + (1,) * (more_y.ndim - 1))")
        lines.append("more_y = share * more_y + (1 - share) * more_y[mate]")
      }
    }
    if let spread = map["scaling"]?.double {
      lines.append("more_x = more_x * (1 + \(spread) * rng.normal(size=\(axes)))")
    }
    if let spread = map["jitter"]?.double {
      lines.append(
        "more_x = more_x + \(spread) * \(x).std(axis=0) * rng.normal(size=more_x.shape)")
    }
    lines.append(
      "\(x), \(y) = \(np).concatenate([\(x), more_x]), \(np).concatenate([\(y), more_y])")
    return lines
  }
}
