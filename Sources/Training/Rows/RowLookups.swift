import Engine
import Graphs
import Tensors

/// The tables of an objective that a batch reads by row alone, and where its lookups lie.
struct RowLookups {
  /// One table.
  struct Table {
    /// The number of the parameter.
    let parameter: Int
    /// The lookups, in the order in which their gradients are added up.
    let lookups: [TableRows.Lookups]
  }

  /// The tables.
  let tables: [Table]
  /// The places of the other trainable parameters in the arena.
  let rest: [Range<Int>]
}

/// What is asked of a program so that some tables are trained by row.
struct RowTraining {
  /// The gradients by row, by the number of the parameter.
  private let gradients: [(parameter: Int, parts: [RowGradient])]
  /// The number of the first output that holds what flows back.
  private let firstOutput: Int

  /// Turns gradients of a program into gradients by row wherever lookups alone read a table.
  ///
  /// - Parameter candidates: The numbers of parameters that may be trained by row.
  init?(_ program: inout Program, candidates: [Int]) {
    let tables = program.tables(among: Set(candidates))
    if tables.isEmpty { return nil }
    let simplified = program.simplified()
    let found = tables.compactMap { number -> (Int, [RowGradient])? in
      guard let parts = simplified.rowGradients(ofParameter: number),
        parts.allSatisfy({ simplified.inputNumber(of: $0.numbers) != nil })
      else { return nil }
      return (number, parts)
    }
    if found.isEmpty { return nil }
    firstOutput = program.outputs.count
    program = simplified
    for (number, parts) in found {
      program.gradients[number] = nil
      program.outputs += parts.map(\.values)
    }
    gradients = found
    inputs = found.flatMap { $0.1.compactMap { simplified.inputNumber(of: $0.numbers) } }
  }

  /// The number of the input that holds the numbers of each part.
  private let inputs: [Int]

  /// Where the lookups lie once the program is compiled.
  func lookups(in executable: any Executable, layout: ParameterLayout) -> RowLookups {
    var number = 0
    let tables = gradients.map { parameter, parts in
      RowLookups.Table(
        parameter: parameter,
        lookups: parts.compactMap { part in
          defer { number += 1 }
          guard let values = executable.output(firstOutput + number).baseAddress else { return nil }
          return TableRows.Lookups(
            numbers: UnsafeBufferPointer(executable.input(inputs[number])), values: values,
            repeats: part.repeats)
        })
    }
    let own = Set(gradients.map(\.parameter))
    var rest: [Range<Int>] = []
    for (number, slot) in layout.slots.enumerated() where slot.isTrainable && !own.contains(number)
    {
      if let last = rest.last, last.upperBound == slot.range.lowerBound {
        rest[rest.count - 1] = last.lowerBound..<slot.range.upperBound
      } else {
        rest.append(slot.range)
      }
    }
    return RowLookups(tables: tables, rest: rest)
  }
}

extension Program {
  /// The parameters among some that the graph looks rows up in.
  fileprivate func tables(among candidates: Set<Int>) -> [Int] {
    let found = graph.nodes.compactMap { node -> Int? in
      guard node.operation == .gather,
        case .parameter(let number) = graph.operation(node.operands[0])
      else { return nil }
      return candidates.contains(number) ? number : nil
    }
    return Set(found).sorted()
  }

  /// The number of the input that a value is, by whatever shape.
  fileprivate func inputNumber(of value: Value) -> Int? {
    switch graph.operation(value) {
    case .input(let number): number
    case .reshape: inputNumber(of: graph.nodes[value.index].operands[0])
    default: nil
    }
  }
}
