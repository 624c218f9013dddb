/// What the place where a report is shown can do: how wide it is, whether it wants colours, and
/// whether it shows Unicode.
public struct Appearance: Hashable, Sendable {
  /// How many columns a line may have.
  public var width: Int
  /// Whether colours are wanted.
  public var usesColour: Bool
  /// Whether characters beyond ASCII can be shown.
  public var usesUnicode: Bool

  /// The width where none is known: that of the oldest terminals, which still fits everywhere.
  public static let usualWidth = 80
  /// Below this many columns a report is no longer readable, so it takes that many all the same.
  public static let narrowestWidth = 40

  /// An appearance. A width below ``narrowestWidth`` is raised to it.
  public init(width: Int = Appearance.usualWidth, usesColour: Bool, usesUnicode: Bool) {
    self.width = max(width, Appearance.narrowestWidth)
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
  }

  /// Text without colours, for files and pipes.
  public static let plain = Appearance(usesColour: false, usesUnicode: true)

  /// What suits an output stream.
  ///
  /// `NO_COLOR` (any text) forbids colours and wins over `CLICOLOR_FORCE` (anything but `0`), which
  /// demands them; otherwise a terminal gets them unless it calls itself `dumb`. Unicode follows
  /// the locale: `LC_ALL`, else `LC_CTYPE`, else `LANG` must name UTF-8.
  ///
  /// - Parameters:
  ///   - environment: the environment variables.
  ///   - isTerminal: whether the stream ends on a terminal.
  ///   - columns: the width of that terminal; `nil` if it does not tell.
  public init(environment: [String: String], isTerminal: Bool, columns: Int?) {
    let forbidden = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let forced = environment["CLICOLOR_FORCE"].map { !$0.isEmpty && $0 != "0" } ?? false
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    let encoding = (locale ?? "").lowercased()
    self.init(
      width: columns ?? environment["COLUMNS"].flatMap { Int($0) } ?? Appearance.usualWidth,
      usesColour: !forbidden && (forced || (isTerminal && environment["TERM"] != "dumb")),
      usesUnicode: encoding.contains("utf-8") || encoding.contains("utf8"))
  }
}
