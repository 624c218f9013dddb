package import JSON

/// Attention in several heads, each with its own key and value (Vaswani et al. 2017).
package struct MultiHeadAttention: HeadedAttention {
  package static let className = "MultiHeadAttention"
  package static let clearsInputMasks = true
  package let arguments: HeadArguments
  package let queryHeads: Int
  package let keyExtent: Int
  package let valueExtent: Int
  package let outputExtents: [Int]?

  package init(configuration: Configuration) throws {
    queryHeads = try configuration.int("num_heads")
    keyExtent = try configuration.int("key_dim")
    valueExtent = try configuration.int("value_dim", default: keyExtent)
    outputExtents = try configuration.ints("output_shape")
    let numbers = [queryHeads, keyExtent, valueExtent] + (outputExtents ?? [])
    guard numbers.allSatisfy({ $0 > 0 }) else {
      throw configuration.error(
        "num_heads", found: .array(numbers.map { .int($0) }), expected: "positive numbers")
    }
    if let axes = try configuration.ints("attention_axes"), axes != [1] {
      throw configuration.error(
        "attention_axes", found: configuration.values["attention_axes"],
        expected: "null or [1] (others are not supported)")
    }
    arguments = try HeadArguments(configuration)
  }

  package var keyHeads: Int { queryHeads }

  package var configuration: JSONObject {
    var result: JSONObject = ["num_heads": .int(queryHeads), "key_dim": .int(keyExtent)]
    result.set("value_dim", valueExtent, default: keyExtent)
    if let outputExtents { result["output_shape"] = .array(outputExtents.map { .int($0) }) }
    arguments.write(to: &result)
    return result
  }
}
