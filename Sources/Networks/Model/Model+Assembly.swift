extension Model {
  /// Orders the calls, follows shapes through the layers, and collects the variables.
  init(_ blueprint: ModelBlueprint) {
    let assembly = ModelAssembly(blueprint)
    name = blueprint.name
    className = blueprint.className
    layers = assembly.layers
    inputs = assembly.entries
    dataStage = assembly.stage
    outputs = blueprint.outputs
    isTrainable = blueprint.isTrainable
    original = blueprint.original
    order = assembly.order
    variableRanges = assembly.ranges
    variables = assembly.variables
    layerShapes = assembly.shapes
    knownInputShapes = assembly.inputShapes
    knownOutputShapes = assembly.outputShapes
    carriedStates = assembly.carriedStates
    fixedBatchSize = blueprint.fixedBatchSize
    opaqueLayers = assembly.opaqueLayers
  }
}
