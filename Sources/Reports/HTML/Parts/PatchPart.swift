import CaseFile

/// The script with the remedy in it, as a unified diff.
struct PatchPart: HTMLPart {
  func html(of report: Report) -> String {
    guard let patch = report.patch, !patch.isEmpty else { return "" }
    let lines = patch.split(separator: "\n").map { line in
      let text = HTMLText.escaped(String(line))
      return switch line.first {
      case "-" where !line.hasPrefix("--- "): "<del>\(text)</del>"
      case "+" where !line.hasPrefix("+++ "): "<ins>\(text)</ins>"
      // Between blocks a line break of its own would leave an empty line.
      default: "<span>\(text)</span>"
      }
    }
    let code = "<code>\(lines.joined())</code>"
    return section(
      "patch", "The script, mended",
      "<pre class=\"patch\" tabindex=\"0\" aria-label=\"the patch\">\(code)</pre>\n"
        + "<p class=\"soft\"><code>downhill fix</code> writes it for <code>git apply</code>.</p>\n")
  }
}
