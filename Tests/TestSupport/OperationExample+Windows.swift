import Graphs
import Tensors

// Windows over one to three axes, with all that changes the way they are worked on; and tables.
extension OperationExample {
  /// What a convolution is asked for.
  private struct Case {
    var name: String
    var extents: [Int]
    var channels: Int
    var filters: Int
    var window: Window
    var high: [Int]?
    var groups = 1
    var batch = 2
  }

  private static let cases: [Case] = [
    Case(
      name: "along one axis", extents: [9], channels: 2, filters: 3,
      window: Window(sizes: [3], strides: [1])),
    Case(
      name: "along one axis, causal and dilated", extents: [8], channels: 3, filters: 2,
      window: Window(sizes: [3], strides: [1], dilations: [2], low: [4])),
    Case(
      name: "along a long axis", extents: [300], channels: 1, filters: 2,
      window: Window(sizes: [2], strides: [1]), batch: 1),
    Case(
      name: "over a plane", extents: [5, 6], channels: 2, filters: 4,
      window: Window(sizes: [3, 2], strides: [1, 1])),
    Case(
      name: "over a plane with margins", extents: [4, 5], channels: 3, filters: 9,
      window: Window(sizes: [3, 3], strides: [1, 1], low: [1, 1]), high: [1, 1]),
    Case(
      name: "to many filters", extents: [4, 4], channels: 5, filters: 21,
      window: Window(sizes: [2, 2], strides: [1, 1]), batch: 1),
    Case(
      name: "from many channels", extents: [3, 5], channels: 18, filters: 2,
      window: Window(sizes: [2, 2], strides: [1, 2]), batch: 1),
    Case(
      name: "with strides", extents: [7, 8], channels: 2, filters: 3,
      window: Window(sizes: [3, 3], strides: [2, 3], low: [1, 0]), high: [1, 2]),
    Case(
      name: "with strides beyond its size", extents: [7, 5], channels: 2, filters: 3,
      window: Window(sizes: [2, 1], strides: [3, 2])),
    Case(
      name: "with strides and dilations", extents: [9, 9], channels: 2, filters: 2,
      window: Window(sizes: [3, 2], strides: [2, 2], dilations: [3, 2], low: [2, 1]),
      high: [2, 1]),
    Case(
      name: "that leaves out the first elements", extents: [6, 6], channels: 2, filters: 2,
      window: Window(sizes: [2, 2], strides: [2, 1], low: [-1, -2])),
    Case(
      name: "in groups", extents: [4, 5], channels: 6, filters: 4,
      window: Window(sizes: [2, 2], strides: [1, 1], low: [1, 0]), groups: 2),
    Case(
      name: "in groups with strides", extents: [7], channels: 6, filters: 9,
      window: Window(sizes: [3], strides: [2]), groups: 3),
    Case(
      name: "of each channel", extents: [5, 6], channels: 11, filters: 11,
      window: Window(sizes: [3, 3], strides: [1, 1], low: [1, 1]), high: [1, 1], groups: 11),
    Case(
      name: "of each channel to several", extents: [6, 5], channels: 5, filters: 10,
      window: Window(sizes: [2, 3], strides: [2, 1], low: [0, 1]), high: [1, 1], groups: 5),
    Case(
      name: "over a space", extents: [3, 4, 4], channels: 2, filters: 3,
      window: Window(sizes: [2, 2, 3], strides: [1, 2, 1], low: [0, 1, 1]), high: [0, 0, 1]),
    Case(
      name: "of single pixels", extents: [3, 4], channels: 3, filters: 5,
      window: Window(sizes: [1, 1], strides: [1, 1])),
    Case(
      name: "of single pixels with strides", extents: [4, 5], channels: 3, filters: 2,
      window: Window(sizes: [1, 1], strides: [2, 2])),
    Case(
      name: "of the whole", extents: [3, 2], channels: 2, filters: 4,
      window: Window(sizes: [3, 2], strides: [1, 1])),
  ]

  static let convolutions: [OperationExample] = cases.flatMap { one in
    let input = Shape([one.batch] + one.extents + [one.channels])
    let kernel = Shape(one.window.sizes + [one.channels / one.groups, one.filters])
    let places = one.window.places(
      on: one.extents, high: one.high ?? one.extents.map { _ in 0 })
    return [
      OperationExample("convolution \(one.name)", [input, kernel]) {
        $0.convolution(
          $1[0], $1[1], window: one.window, high: one.high, groups: one.groups)
      },
      OperationExample(
        "transposed convolution \(one.name)", [Shape([one.batch] + places + [one.filters]), kernel]
      ) {
        $0.transposedConvolution(
          $1[0], $1[1], window: one.window, extents: one.extents, groups: one.groups)
      },
      OperationExample(
        "convolution \(one.name) with bias and ReLU", [input, kernel, [one.filters]]
      ) {
        let result = $0.convolution(
          $1[0], $1[1], window: one.window, high: one.high, groups: one.groups)
        return $0.unary(.relu, $0.add(result, $1[2]))
      },
    ]
  }

  static let pooling: [OperationExample] = {
    let cases: [(extents: [Int], channels: Int, window: Window, high: [Int]?)] = [
      ([7], 3, Window(sizes: [2]), nil),
      ([7], 9, Window(sizes: [3], strides: [2], low: [1]), [1]),
      ([6, 5], 2, Window(sizes: [2, 2]), nil),
      ([5, 7], 17, Window(sizes: [3, 2], strides: [1, 2], low: [1, 0]), [1, 1]),
      ([9, 8], 1, Window(sizes: [2, 3], strides: [2, 1], dilations: [3, 2]), nil),
      ([3, 4, 5], 2, Window(sizes: [2, 2, 2], strides: [1, 2, 2], low: [0, 0, 1]), [0, 0, 1]),
    ]
    return cases.flatMap { extents, channels, window, high in
      let shape = Shape([2] + extents + [channels])
      return [
        OperationExample("means in windows of \(window.sizes) over \(shape)", [shape]) {
          $0.windowMean($1[0], window: window, high: high)
        },
        OperationExample("maxima in windows of \(window.sizes) over \(shape)", [shape]) {
          $0.windowMaximum($1[0], window: window, high: high)
        },
        OperationExample(
          "maxima of ReLUs in windows of \(window.sizes) over \(shape)", [shape, [channels]]
        ) {
          let positive = $0.unary(.relu, $0.add($1[0], $1[1]))
          return $0.windowMaximum(positive, window: window, high: high)
        },
      ]
    }
  }()

  static let lookups: [OperationExample] = [
    OperationExample("rows of a table", [[4, 3], [2, 3]], in: -4...3.9) {
      $0.gather($1[0], at: $0.unary(.floor, $1[1]))
    },
    OperationExample("rows of a wide table", [[3, 21], [5]], in: 0...2.9) {
      $0.gather($1[0], at: $0.unary(.floor, $1[1]))
    },
    OperationExample("rows added to a table", [[2, 3, 5], [2, 3]], in: -4...3.9) {
      $0.scatterAdd($1[0], at: $0.unary(.floor, $1[1]), rows: 4)
    },
    OperationExample("reverse of columns", [[3, 5]]) { $0.reversed($1[0], axes: [1]) },
    OperationExample("reverse along two of three axes", [[3, 4, 2]]) {
      $0.reversed($1[0], axes: [0, -1])
    },
    OperationExample("reverse of a reverse", [[3, 4]]) {
      $0.reversed($0.reversed($1[0], axes: [0, 1]), axes: [1])
    },
  ]
}
