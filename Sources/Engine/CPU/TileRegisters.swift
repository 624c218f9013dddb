/// Hands out the registers of one element-wise unit: operands first, then constants, then results,
/// then temporaries, which are used again once nothing reads them any more.
struct TileRegisters {
  private var numbers: [DataFlow.Access: Int] = [:]
  private var results: [Int: Int] = [:]
  private var temporaries: [Int: Int] = [:]
  private var free: [Int] = []
  private let firstTemporary: Int
  private(set) var temporaryCount = 0

  init(operands: [DataFlow.Access], constants: [Double], results wanted: [Int]) {
    for (number, access) in operands.enumerated() { numbers[access] = number }
    for (number, constant) in constants.enumerated() {
      numbers[.constant(constant)] = operands.count + number
    }
    for (number, node) in wanted.enumerated() {
      results[node] = operands.count + constants.count + number
    }
    firstTemporary = operands.count + constants.count + wanted.count
  }

  /// The register that holds what is read.
  func register(of access: DataFlow.Access) -> UInt8 {
    let own = access.source.flatMap { results[$0] ?? temporaries[$0] }
    guard let number = own ?? numbers[access] else {
      preconditionFailure("\(access) is in no register")
    }
    return UInt8(number)
  }

  /// Takes back the register of a node that nothing reads any more.
  mutating func release(_ node: Int) {
    if let number = temporaries.removeValue(forKey: node) { free.append(number) }
  }

  /// The register that a node's result goes to.
  mutating func claim(_ node: Int) -> UInt8 {
    if let number = results[node] { return UInt8(number) }
    let number = free.popLast() ?? firstTemporary + temporaryCount
    if number == firstTemporary + temporaryCount { temporaryCount += 1 }
    temporaries[node] = number
    return UInt8(number)
  }
}
