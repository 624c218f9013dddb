/// A scaler or encoder of scikit-learn.
final class Transformer {
  /// The kinds.
  enum Kind: String {
    case standard = "StandardScaler"
    case minimumMaximum = "MinMaxScaler"
    case robust = "RobustScaler"
    case largest = "MaxAbsScaler"
    case labels = "LabelEncoder"
    case oneHot = "OneHotEncoder"
    case binarizer = "LabelBinarizer"
  }
  private let kind: Kind
  private let low: Double
  private let high: Double
  private let isSparse: Bool
  private var offset: NDArray?
  private var scale: NDArray?
  private var categories: [Double]?

  init(_ kind: Kind, _ arguments: CallArguments) {
    self.kind = kind
    let range = arguments.value(0, "feature_range")?.elements?.compactMap(\.double) ?? []
    (low, high) = range.count == 2 ? (range[0], range[1]) : (0, 1)
    isSparse = false
  }

  /// Calls one of its functions.
  func call(_ name: String, _ arguments: CallArguments) -> Value {
    guard let value = arguments.positional.first?.value else { return .unknown }
    let array = ArrayConversion.array(value)
    switch name {
    case "fit":
      if let array { fit(array) } else { forget() }
      return .transformer(self)
    case "fit_transform":
      guard let array else {
        forget()
        return .unknown
      }
      fit(array)
      return ArrayFunctions.result(transform(array))
    case "transform": return ArrayFunctions.result(array.flatMap(transform))
    default: return .unknown
    }
  }

  private func forget() { (offset, scale, categories) = (nil, nil, nil) }

  private func fit(_ array: NDArray) {
    forget()
    if [.labels, .oneHot, .binarizer].contains(kind) {
      categories = Set(Transformer.codes(array).data).sorted()
      return
    }
    guard array.texts == nil, array.shape.count == 2 else { return }
    func column(_ body: ([Double]) -> Double) -> NDArray? { array.reduced(axis: 0, body) }
    switch kind {
    case .standard:
      offset = column { $0.reduce(0, +) / Double($0.count) }
      scale = column { ArrayFunctions.variance($0).squareRoot() }
    case .minimumMaximum:
      offset = column { $0.min() ?? 0 }
      scale = column { ($0.max() ?? 0) - ($0.min() ?? 0) }
    case .robust:
      offset = column { ArrayFunctions.quantile($0.sorted(), 0.5) }
      scale = column {
        let sorted = $0.sorted()
        return ArrayFunctions.quantile(sorted, 0.75) - ArrayFunctions.quantile(sorted, 0.25)
      }
    default:
      offset = column { _ in 0 }
      scale = column { $0.map { abs($0) }.max() ?? 1 }
    }
    scale = scale?.map { $0 == 0 ? 1 : $0 }
  }

  private func transform(_ array: NDArray) -> NDArray? {
    switch kind {
    case .labels:
      guard let categories else { return nil }
      let places = Dictionary(
        categories.enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first })
      return Transformer.codes(array).map(.int) { places[$0] ?? 0 }
    case .oneHot, .binarizer:
      guard let categories, array.data.count == array.rows else { return nil }
      if kind == .binarizer, categories.count == 2 {
        return Transformer.codes(array).map(.int) { $0 == categories[1] ? 1 : 0 }
          .reshaped([array.fullShape.first ?? 0, 1])
      }
      let places = Dictionary(
        categories.enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first })
      return KerasFunctions.oneHot(
        Transformer.codes(array).map(.int) { places[$0] ?? 0 }, classes: categories.count)
    default:
      guard let offset, let scale, array.texts == nil,
        let centred = NDArray.joined(array, offset, kind: .float, -),
        let scaled = NDArray.joined(centred, scale, kind: .float, /)
      else { return nil }
      guard kind == .minimumMaximum else { return scaled }
      return scaled.map { [low, high] in low + $0 * (high - low) }
    }
  }

  /// Texts as numbers in their order; numbers as they are.
  private static func codes(_ array: NDArray) -> NDArray {
    guard let texts = array.texts else { return array }
    let places = Dictionary(
      Set(texts).sorted().enumerated().map { ($1, Double($0)) },
      uniquingKeysWith: { first, _ in first })
    var result = NDArray(array.shape, texts.map { places[$0] ?? 0 }, .int, isDrawn: array.isDrawn)
    (result.unknown, result.origin) = (array.unknown, array.origin)
    return result
  }
}
