public import JSON

/// One argument of a call: a tensor, a plain value, or a list of arguments.
public indirect enum CallArgument<Tensor: Hashable & Sendable>: Hashable, Sendable {
  /// What another layer computed.
  case tensor(Tensor)
  /// A number, a text, a slice: whatever the file says.
  case plain(JSONValue)
  /// Several of them, as in `Add()([a, b])`.
  case list([CallArgument<Tensor>])

  /// All tensors, in order.
  public var tensors: [Tensor] {
    switch self {
    case .tensor(let tensor): [tensor]
    case .plain: []
    case .list(let elements): elements.flatMap(\.tensors)
    }
  }

  /// The plain value; `nil` if there is a tensor in it.
  package var plain: JSONValue? {
    switch self {
    case .tensor: return nil
    case .plain(let value): return value
    case .list(let elements):
      let values = elements.compactMap(\.plain)
      return values.count == elements.count ? .array(values) : nil
    }
  }

  /// The same with other tensors; `nil` if one of them has no counterpart.
  package func mapped<T>(_ transform: (Tensor) -> T?) -> CallArgument<T>? {
    switch self {
    case .tensor(let tensor): return transform(tensor).map { .tensor($0) }
    case .plain(let value): return .plain(value)
    case .list(let elements):
      let found = elements.compactMap { $0.mapped(transform) }
      return found.count == elements.count ? .list(found) : nil
    }
  }
}

/// What a layer is called with, as in Python: arguments by position, then by name.
public struct CallArguments<Tensor: Hashable & Sendable>: Hashable, Sendable {
  /// An argument given by its name.
  public struct Keyword: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What it is.
    public let argument: CallArgument<Tensor>
  }

  /// The arguments given by position.
  public let positional: [CallArgument<Tensor>]
  /// The arguments given by name, without those that are `None`.
  public let keywords: [Keyword]

  /// The arguments of a call.
  package init(_ positional: [CallArgument<Tensor>] = [], keywords: [Keyword] = []) {
    self.positional = positional
    self.keywords = keywords
  }

  /// All tensors, in order.
  public var tensors: [Tensor] {
    positional.flatMap(\.tensors) + keywords.flatMap(\.argument.tensors)
  }

  /// How many arguments hold tensors.
  package var tensorArgumentCount: Int {
    positional.count { !$0.tensors.isEmpty } + keywords.count { !$0.argument.tensors.isEmpty }
  }

  /// The argument with a name.
  package subscript(name: String) -> CallArgument<Tensor>? {
    keywords.first { $0.name == name }?.argument
  }

  /// The argument with a place and a name, as Python binds it.
  package func argument(_ position: Int, _ name: String) -> CallArgument<Tensor>? {
    positional.indices.contains(position) ? positional[position] : self[name]
  }

  /// The tensors of the arguments with given names in the order of the names: those given by
  /// position are the first.
  package func tensors(_ names: [String]) -> [Tensor] {
    positional.flatMap(\.tensors)
      + names.dropFirst(positional.count).flatMap { self[$0]?.tensors ?? [] }
  }

  /// The same with other tensors; `nil` if one of them has no counterpart.
  package func mapped<T>(_ transform: (Tensor) -> T?) -> CallArguments<T>? {
    let found = positional.compactMap { $0.mapped(transform) }
    let named = keywords.compactMap { keyword in
      keyword.argument.mapped(transform).map {
        CallArguments<T>.Keyword(name: keyword.name, argument: $0)
      }
    }
    guard found.count == positional.count, named.count == keywords.count else { return nil }
    return CallArguments<T>(found, keywords: named)
  }
}
