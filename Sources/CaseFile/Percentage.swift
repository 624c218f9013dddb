/// A share from 0 to 1 as a whole percentage; only 1 itself becomes `100 %`, and only 0 `0 %`.
package func percentage(_ share: Double) -> String {
  guard share.isFinite else { return "?" }
  let rounded = (share * 100).rounded()
  let honest = share < 1 ? min(rounded, 99) : rounded
  return "\(Int(share > 0 ? max(honest, 1) : honest)) %"
}
