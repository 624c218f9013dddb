package import CaseFile

/// Where in a script the parts of a run stand.
package struct ScriptPlaces: Sendable {
  /// The call that makes the model.
  package var model: Span?
  /// The calls that make its layers, in their order, inputs left out.
  package var layers: [Layer] = []
  /// The call of `compile`.
  package var compile: ScriptSite?
  /// The call that makes the optimizer.
  package var optimizer: ScriptSite?
  /// The call that makes the loss.
  package var loss: ScriptSite?
  /// The call of `fit`.
  package var fit: ScriptSite?
  /// Whether all of the script is Python, so that a patch can be checked by parsing it again.
  package var isWhole = false
  /// Where `trainable` is set to something.
  package var trainables: [Span] = []
  /// The calls that set weights from outside.
  package var weightCalls: [Span] = []
  /// All statements, those within others behind them.
  package var statements: [Span] = []
  /// The imports: which module under which name.
  package var imports: [Import] = []

  /// The call that makes a layer.
  package struct Layer: Hashable, Sendable {
    /// The layer's name.
    package var name: String
    /// Its class.
    package var className: String
    /// The call.
    package var site: ScriptSite?
    /// How the layer gets into the model; `nil` for ways in which none can be put behind it.
    package var frame: LayerFrame?
  }

  /// A name that an import brings.
  package struct Import: Hashable, Sendable {
    /// The full name of what it stands for.
    package var full: String
    /// The name in the script.
    package var name: String
    /// The statement.
    package var span: Span
  }

  static func spans(of statements: [Statement]) -> [Span] {
    statements.flatMap { statement -> [Span] in
      switch statement.form {
      case .condition(_, let then, let otherwise):
        return [statement.span] + spans(of: then) + spans(of: otherwise)
      case .loop(_, _, let body), .whileLoop(_, let body), .with(_, let body),
        .function(_, _, let body), .classDefinition(_, _, let body):
        return [statement.span] + spans(of: body)
      case .attempt(let body, let handlers, let last):
        return [statement.span] + spans(of: body) + handlers.flatMap(spans) + spans(of: last)
      default: return [statement.span]
      }
    }
  }

  static func imports(of statements: [Statement]) -> [Import] {
    statements.flatMap { statement -> [Import] in
      switch statement.form {
      case .importing(let names):
        return names.map { Import(full: $0.name, name: $0.alias ?? $0.name, span: statement.span) }
      case .importingFrom(let module, let names):
        return names.map {
          Import(full: module + "." + $0.name, name: $0.alias ?? $0.name, span: statement.span)
        }
      case .attempt(let body, _, _), .condition(_, let body, _), .function(_, _, let body):
        return imports(of: body)
      default: return []
      }
    }
  }

  /// The innermost statement around a stretch.
  package func statement(around span: Span) -> Span? {
    statements.last { statement in
      (statement.line, statement.column) <= (span.line, span.column)
        && (span.endLine, span.endColumn) <= (statement.endLine, statement.endColumn)
    }
  }

  /// The name in the script of a layer of the model that the report speaks of: the same name, or, for
  /// a model recorded elsewhere, the layer in the same place if the classes agree.
  package func layer(named name: String, of model: ModelFacts?) -> Layer? {
    if let model {
      let others = model.layers.filter { $0.className != "InputLayer" }
      if others.count == layers.count,
        zip(others, layers).allSatisfy({ $0.className == $1.className }),
        let index = others.firstIndex(where: { $0.name == name })
      {
        return layers[index]
      }
    }
    return layers.first { $0.name == name }
  }
}
