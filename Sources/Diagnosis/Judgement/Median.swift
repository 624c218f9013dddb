/// The middle one of some numbers, the upper one of two; 0 for none.
package func median(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.sorted()[values.count / 2]
}
