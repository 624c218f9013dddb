p='/work/wt/planes/Sources/Networks/Images/PlaneLayer.swift'
t=open(p).read()
t=t.replace('''extension PlaneLayer {
''','''extension PlaneLayer {
  /// The shape of the only input with its channels at the end.
  package func plane(_ inputs: [Shape]) throws -> Shape {
    let shape = try single(inputs)
    let rank = Self.axisCount + 2
    try requireRank(rank...rank, shape)
    guard order == .first else { return shape }
    return Shape([shape[0]] + shape.extents[2...] + [shape[1]])
  }

''',1)
t=t.replace('package import Graphs\nimport Tensors','package import Graphs\npackage import Tensors')
open(p,'w').write(t)
