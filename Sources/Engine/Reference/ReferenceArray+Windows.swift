import Graphs
import Tensors

// Windows and lookups by their definitions.
extension ReferenceArray {
  /// The position of an element in row-major order.
  private static func position(_ place: [Int], in shape: Shape) -> Int {
    zip(place, shape.strides).map(*).reduce(0, +)
  }

  /// Every cell of a window at every place that stands inside the array: where the place is, the
  /// cell, and where the element is.
  private static func meetings(
    _ window: Window, places: ArraySlice<Int>, extents: ArraySlice<Int>
  ) -> [(place: [Int], cell: [Int], element: [Int])] {
    let (places, extents) = (Array(places), Array(extents))
    return Shape(places).places.flatMap { place in
      Shape(window.sizes).places.compactMap { cell in
        let element = place.indices.compactMap {
          window.element($0, place: place[$0], cell: cell[$0], of: extents[$0])
        }
        return element.count == place.count ? (place, cell, element) : nil
      }
    }
  }

  /// Σ input·kernel·output over everything that meets, without the array that is asked for.
  static func convolution(
    _ form: ConvolutionForm, _ operands: [ReferenceArray], _ window: Window, groups: Int,
    _ shape: Shape
  ) -> ReferenceArray {
    var result = ReferenceArray(shape, [Double](repeating: 0, count: shape.count))
    let (input, kernel, output) =
      switch form {
      case .output: (operands[0].shape, operands[1].shape, shape)
      case .input: (shape, operands[1].shape, operands[0].shape)
      case .kernel: (operands[0].shape, shape, operands[1].shape)
      }
    let meetings = meetings(
      window, places: output.extents.dropFirst().dropLast(),
      extents: input.extents.dropFirst().dropLast())
    let (depth, filters) = (kernel[-2], kernel[-1] / groups)
    for batch in 0..<input[0] {
      for (place, cell, element) in meetings {
        // Where the channels of what meets begin.
        let firstInput = position([batch] + element + [0], in: input)
        let firstKernel = position(cell + [0, 0], in: kernel)
        let firstOutput = position([batch] + place + [0], in: output)
        for channel in 0..<kernel[-1] {
          for inner in 0..<depth {
            let i = firstInput + channel / filters * depth + inner
            let k = firstKernel + inner * kernel[-1] + channel
            let o = firstOutput + channel
            switch form {
            case .output: result.elements[o] += operands[0].elements[i] * operands[1].elements[k]
            case .input: result.elements[i] += operands[0].elements[o] * operands[1].elements[k]
            case .kernel: result.elements[k] += operands[0].elements[i] * operands[1].elements[o]
            }
          }
        }
      }
    }
    return result
  }

  /// One of the functions of windows.
  static func windowed(
    _ function: WindowFunction, _ operands: [ReferenceArray], _ window: Window, _ shape: Shape
  ) -> ReferenceArray {
    let goesBack = [.spread, .place].contains(function)
    let (source, places) = goesBack ? (shape, operands[0].shape) : (operands[0].shape, shape)
    let meetings = Dictionary(
      grouping: meetings(
        window, places: places.extents.dropFirst().dropLast(),
        extents: source.extents.dropFirst().dropLast()),
      by: \.place)
    var result = ReferenceArray(shape, [Double](repeating: 0, count: shape.count))
    for batch in 0..<places[0] {
      for place in Shape(Array(places.extents.dropFirst().dropLast())).places {
        let seen = meetings[place] ?? []
        for channel in 0..<places[-1] {
          let at = position([batch] + place + [channel], in: places)
          let elements = seen.map { position([batch] + $0.element + [channel], in: source) }
          let cells = seen.map { Double(position($0.cell, in: Shape(window.sizes))) }
          let x = operands[0].elements
          switch function {
          case .mean:
            result.elements[at] = elements.map { x[$0] }.reduce(0, +) / Double(elements.count)
          case .spread:
            for element in elements { result.elements[element] += x[at] / Double(elements.count) }
          case .maximum:
            result.elements[at] = elements.map { x[$0] }.reduce(-.infinity) {
              BinaryOperation.maximum($0, $1)
            }
          case .position:
            var best = 0
            for (number, element) in elements.enumerated() where !x[elements[best]].isNaN {
              if x[element] > x[elements[best]] || x[element].isNaN { best = number }
            }
            result.elements[at] = cells.isEmpty ? -1 : cells[best]
          case .pick:
            for (element, cell) in zip(elements, cells) where cell == operands[1].elements[at] {
              result.elements[at] = x[element]
            }
          case .place:
            for (element, cell) in zip(elements, cells) where cell == operands[1].elements[at] {
              result.elements[element] += x[at]
            }
          }
        }
      }
    }
    return result
  }

  /// Rows of a table by their numbers, or added to a table.
  static func lookup(
    _ operation: Operation, _ operands: [ReferenceArray], _ shape: Shape
  ) -> ReferenceArray {
    let isGather = operation == .gather
    let table = isGather ? operands[0].shape : shape
    let width = table[1]
    var result = ReferenceArray(shape, [Double](repeating: 0, count: shape.count))
    for (place, number) in operands[1].elements.enumerated() {
      let row = row(number, of: table[0])
      for column in 0..<width {
        if isGather {
          result.elements[place * width + column] =
            row.map { operands[0].elements[$0 * width + column] } ?? .nan
        } else if let row {
          result.elements[row * width + column] += operands[0].elements[place * width + column]
        }
      }
    }
    return result
  }

  /// The row that a number names: cut to a whole number, from the end if negative.
  private static func row(_ number: Double, of count: Int) -> Int? {
    guard abs(number) < Double(count) + 1 else { return nil }
    let whole = Int(number)
    let row = whole < 0 ? whole + count : whole
    return (0..<count).contains(row) ? row : nil
  }
}
