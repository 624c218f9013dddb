import Charts
import Testing

@Suite("Scales")
struct ScaleTests {
  @Test("have few round labels that lie on the axis")
  func ticks() {
    #expect(Scale(holding: [0, 10]).ticks == [0, 2, 4, 6, 8, 10])
    #expect(Scale(holding: [0.12, 0.68], kind: .linear).ticks.first == 0.1)
    #expect(
      TickText.texts(Scale(holding: [1e-5, 1]).ticks) == [
        "10⁻⁵", "10⁻⁴", "0.001", "0.01", "0.1", "1",
      ])
    for low in [-1e9, -3.3, 0, 1e-6, 5] {
      for span in [1e-6, 0.7, 12, 3e4, 1e12] {
        let scale = Scale(holding: [low, low + span])
        #expect(scale.low <= low && scale.high >= low + span * 0.999)
        #expect(scale.ticks.count >= 2 && scale.ticks.count <= 14, "\(low) \(span)")
        #expect(zip(scale.ticks, scale.ticks.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test("are logarithmic where values span more than two decades, and only for positive ones")
  func kinds() {
    #expect(!Scale(holding: [1, 99]).isLogarithmic)
    #expect(Scale(holding: [1, 101]).isLogarithmic)
    #expect(!Scale(holding: [0, 1000]).isLogarithmic)
    #expect(!Scale(holding: [-1, 1000], kind: .automatic).isLogarithmic)
    #expect(!Scale(holding: [1, 1000], kind: .linear).isLogarithmic)
    #expect(Scale(holding: [0, 1000], kind: .logarithmic).isLogarithmic)
  }

  @Test("place values in their order, those outside at the ends")
  func positions() {
    for kind in [Scale.Kind.linear, .logarithmic] {
      let scale = Scale(holding: [0.1, 3, 70], kind: kind)
      let places = [0.1, 0.5, 3, 20, 70].map { scale.position(of: $0) }
      #expect(places == places.sorted() && Set(places).count == places.count)
      #expect(scale.position(of: -5) == 0 && scale.position(of: 1e9) == 1)
    }
  }

  @Test("are written as people read them")
  func texts() {
    #expect(TickText.text(0) == "0")
    #expect(TickText.text(0.25) == "0.25")
    #expect(TickText.text(12.5) == "12.5")
    #expect(TickText.text(-3) == "−3")
    #expect(TickText.text(99999) == "99999")
    #expect(TickText.text(250_000) == "2.5×10⁵")
    #expect(TickText.text(1e-7) == "10⁻⁷")
    #expect(TickText.text(.nan) == "NaN" && TickText.text(-.infinity) == "−∞")
    #expect(TickText.texts([0, 0.5, 1]) == ["0.0", "0.5", "1.0"])
    #expect(TickText.text(1e308) == "10³⁰⁸")
  }
}
