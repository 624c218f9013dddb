import Reports
import Testing

@Suite("What a place can show")
struct AppearanceTests {
  private func appearance(_ environment: [String: String], terminal: Bool = true) -> Appearance {
    Appearance(environment: environment, isTerminal: terminal, columns: terminal ? 120 : nil)
  }

  @Test("colours go to terminals alone, and the user decides")
  func colours() {
    #expect(appearance([:]).usesColour)
    #expect(!appearance([:], terminal: false).usesColour)
    #expect(!appearance(["TERM": "dumb"]).usesColour)
    #expect(!appearance(["NO_COLOR": "1"]).usesColour)
    #expect(appearance(["NO_COLOR": ""]).usesColour)
    #expect(appearance(["CLICOLOR_FORCE": "1"], terminal: false).usesColour)
    #expect(!appearance(["CLICOLOR_FORCE": "0"], terminal: false).usesColour)
    #expect(!appearance(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).usesColour)
  }

  @Test("Unicode follows the locale, the more specific variable first")
  func unicode() {
    #expect(appearance(["LANG": "de_DE.UTF-8"]).usesUnicode)
    #expect(appearance(["LANG": "C.utf8"]).usesUnicode)
    #expect(!appearance(["LANG": "C"]).usesUnicode)
    #expect(!appearance([:]).usesUnicode)
    #expect(!appearance(["LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"]).usesUnicode)
    #expect(appearance(["LC_ALL": "", "LC_CTYPE": "en_US.UTF-8", "LANG": "C"]).usesUnicode)
  }

  @Test("the width is the terminal's, else the user's, else 80, never unreadably small")
  func width() {
    #expect(appearance([:]).width == 120)
    #expect(appearance(["COLUMNS": "100"], terminal: false).width == 100)
    #expect(appearance([:], terminal: false).width == 80)
    #expect(appearance(["COLUMNS": "3"], terminal: false).width == Appearance.narrowestWidth)
  }
}
