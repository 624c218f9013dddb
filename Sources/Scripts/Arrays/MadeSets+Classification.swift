extension MadeSets {
  /// scikit-learn's `make_classification`: clusters of normally distributed rows around corners of a
  /// hypercube, columns that mix those, and columns of noise.
  ///
  /// Source: Guyon, "Design of experiments for the NIPS 2003 variable selection benchmark" (2003), as
  /// scikit-learn documents it.
  static func classification(
    _ arguments: CallArguments, _ evaluator: Evaluator
  ) throws -> Value {
    guard let rows = count(arguments, "n_samples", 0, 100),
      let columns = count(arguments, "n_features", 1, 20),
      let informative = count(arguments, "n_informative", 2, 2),
      let classes = count(arguments, "n_classes", 5, 2),
      let clusters = count(arguments, "n_clusters_per_class", 6, 2),
      informative <= columns, columns <= Draws.sampleLimit,
      clusters * classes <= 1 << min(informative, 20),
      clusters * classes <= Draws.sampleLimit / max(1, informative * informative)
    else { return .unknown }
    let redundant = min(
      arguments.value(3, "n_redundant")?.int ?? 2, columns - informative)
    let repeated = min(
      arguments.value(4, "n_repeated")?.int ?? 0, columns - informative - max(0, redundant))
    guard redundant >= 0, repeated >= 0 else { return .unknown }
    let flip = arguments.value("flip_y")?.double ?? 0.01
    let separation = arguments.value("class_sep")?.double ?? 1
    let given = arguments.value("weights")
    let shares = shares(given, classes: classes)
    // What the script says in a way that is not followed here.
    let isFollowed =
      ["shift", "scale", "hypercube"].allSatisfy { arguments.value($0) == nil }
      && (given == nil || given?.isNone == true || shares != nil)
    if !isFollowed { evaluator.usesStandIns = true }

    // Of a very large set a sample of its rows is drawn.
    let work = informative * (informative + redundant)
    let stored = min(
      rows, max(1, Draws.sampleLimit / columns), max(1, workLimit / max(1, work)))
    let labels = clusterOfRow(
      stored, shares: shares ?? [Double](repeating: 1 / Double(classes), count: classes),
      clusters: clusters, &evaluator.draws)
    let corners = corners(
      clusters * classes, of: informative, at: separation, &evaluator.draws)
    let spreads = corners.map { _ in
      (0..<informative * informative).map { _ in 2 * evaluator.draws.uniform() - 1 }
    }
    let mixing = (0..<informative * redundant).map { _ in 2 * evaluator.draws.uniform() - 1 }
    let copied = (0..<repeated).map { _ in evaluator.draws.below(informative + redundant) }
    let places = evaluator.draws.permutation(columns)
    var numbers = [Double](repeating: 0, count: stored * columns)
    for (row, cluster) in labels.enumerated() {
      let point = (0..<informative).map { _ in evaluator.draws.normal() }
      var values = (0..<informative).map { column in
        corners[cluster][column]
          + point.indices.reduce(0) { $0 + point[$1] * spreads[cluster][$1 * informative + column] }
      }
      values += (0..<redundant).map { column in
        (0..<informative).reduce(0) { $0 + values[$1] * mixing[$1 * redundant + column] }
      }
      values += copied.map { values[$0] }
      values += (values.count..<columns).map { _ in evaluator.draws.normal() }
      for (column, value) in values.enumerated() {
        numbers[row * columns + places[column]] = value
      }
    }
    let y = labels.map { cluster in
      Double(
        evaluator.draws.uniform() < flip ? evaluator.draws.below(classes) : cluster % classes)
    }
    var features = NDArray([stored, columns], numbers, .float, isDrawn: true)
    var targets = NDArray([stored], y, .int, isDrawn: true)
    if stored < rows { (features.declaredRows, targets.declaredRows) = (rows, rows) }
    if given != nil, given?.isNone == false, shares == nil { targets.unknown = ["shares"] }
    return pair(features, targets, evaluator)
  }

  /// So many multiplications take a tenth of a second.
  private static let workLimit = 50_000_000

  /// The shares of the classes that the argument `weights` gives, the last one filled up; `nil` where it
  /// gives none.
  private static func shares(_ weights: Value?, classes: Int) -> [Double]? {
    guard let weights, !weights.isNone, let array = ArrayConversion.array(weights) else {
      return nil
    }
    var shares = array.data
    if shares.count == classes - 1 { shares.append(1 - shares.reduce(0, +)) }
    return shares.count == classes && shares.allSatisfy { $0 >= 0 } ? shares : nil
  }

  /// The cluster of each row in a random order; cluster k belongs to class k modulo their number.
  private static func clusterOfRow(
    _ rows: Int, shares: [Double], clusters: Int, _ draws: inout Draws
  ) -> [Int] {
    let number = shares.count * clusters
    var sizes = (0..<number).map {
      Int(Double(rows) * shares[$0 % shares.count] / Double(clusters))
    }
    for cluster in 0..<max(0, rows - sizes.reduce(0, +)) { sizes[cluster % number] += 1 }
    let ordered = sizes.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    return draws.permutation(rows).map { ordered[$0] }
  }

  /// Different corners of a hypercube around the origin.
  private static func corners(
    _ count: Int, of dimensions: Int, at distance: Double, _ draws: inout Draws
  ) -> [[Double]] {
    var taken: Set<[Double]> = []
    var corners: [[Double]] = []
    while corners.count < count {
      let corner = (0..<dimensions).map { _ in draws.uniform() < 0.5 ? -distance : distance }
      if taken.insert(corner).inserted || distance == 0 { corners.append(corner) }
    }
    return corners
  }
}
