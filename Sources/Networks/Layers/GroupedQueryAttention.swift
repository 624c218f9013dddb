package import JSON

/// Attention in which several heads of the query share one of key and value (Ainslie et al. 2023).
package struct GroupedQueryAttention: HeadedAttention {
  package static let className = "GroupQueryAttention"
  package static let sourceName = "GroupedQueryAttention"
  package static let partPrefix = "_"
  package static let needsSameFeatures = true
  package let arguments: HeadArguments
  package let queryHeads: Int
  package let keyHeads: Int
  package let keyExtent: Int

  package init(configuration: Configuration) throws {
    queryHeads = try configuration.int("num_query_heads")
    keyHeads = try configuration.int("num_key_value_heads")
    keyExtent = try configuration.int("head_dim")
    guard queryHeads > 0, keyHeads > 0, keyExtent > 0, queryHeads % keyHeads == 0 else {
      throw configuration.error(
        "num_query_heads", found: .int(queryHeads),
        expected: "a multiple of num_key_value_heads, all of them positive")
    }
    arguments = try HeadArguments(configuration)
  }

  package var valueExtent: Int { keyExtent }
  package var outputExtents: [Int]? { nil }

  package var configuration: JSONObject {
    var result: JSONObject = [
      "head_dim": .int(keyExtent), "num_query_heads": .int(queryHeads),
      "num_key_value_heads": .int(keyHeads),
    ]
    arguments.write(to: &result)
    return result
  }
}
