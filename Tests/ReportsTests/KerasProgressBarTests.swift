import Reports
import Testing

@Suite("Keras' progress line")
struct KerasProgressBarTests {
  /// Bytes of `keras.utils.Progbar` 3.15, which was fed the same steps, values and times.
  @Test("is drawn byte by byte")
  func bar() {
    var bar = KerasProgressBar(form: .bar, stepCount: 45, start: 100)
    let logs = [(name: "accuracy", value: 0.6), (name: "loss", value: 0.6525)]
    let bold = "\u{1b}[1m"
    let end = "\u{1b}[0m"
    #expect(
      bar.update(step: 1, logs: logs, now: 101, isFinal: false)
        == "\r\(bold) 1/45\(end) \u{1b}[37m━━━━━━━━━━━━━━━━━━━━\(end) \(bold)44s\(end) 1s/step"
        + " - accuracy: 0.6000 - loss: 0.6525")
    #expect(bar.update(step: 2, logs: logs, now: 101.04, isFinal: false) == "")
    let back = String(repeating: "\u{8}", count: 72) + "\r"
    #expect(
      bar.update(step: 9, logs: logs, now: 101.08, isFinal: false)
        == back + "\(bold) 9/45\(end) \u{1b}[32m━━━━\(end)\u{1b}[37m━━━━━━━━━━━━━━━━\(end)"
        + " \(bold)0s\(end) 10ms/step - accuracy: 0.6000 - loss: 0.6525")
    let withValidation = logs + [(name: "val_loss", value: 0.00005)]
    let wider = String(repeating: "\u{8}", count: 73) + "\r"
    #expect(
      bar.update(step: 45, logs: withValidation, now: 101.44, isFinal: true)
        == wider + "\(bold)45/45\(end) \u{1b}[32m━━━━━━━━━━━━━━━━━━━━\(end)\u{1b}[37m\(end)"
        + " \(bold)1s\(end) 10ms/step - accuracy: 0.6000 - loss: 0.6525 - val_loss: 5.0000e-05\n")
  }

  @Test("is one plain line an epoch elsewhere")
  func plain() {
    var bar = KerasProgressBar(form: .plain, stepCount: 45, start: 100)
    #expect(bar.update(step: 1, logs: [], now: 100.6, isFinal: false) == "")
    #expect(
      bar.update(
        step: 45, logs: [("accuracy", 0.2665), ("loss", 2.16789)], now: 104.1, isFinal: true)
        == "45/45 - 4s - 80ms/step - accuracy: 0.2665 - loss: 2.1679\n")
    #expect(KerasProgressBar.header(epoch: 1, of: 15) == "Epoch 1/15\n")
  }

  @Test("has Keras' numbers, its oversight with the sign included")
  func numbers() {
    #expect(KerasProgressBar.number(0.001) == "1.0000e-03")
    #expect(KerasProgressBar.number(0.00101) == "0.0010")
    #expect(KerasProgressBar.number(-2.5) == "-2.5000")
    #expect(KerasProgressBar.plainNumber(-2.5) == "-2.5000e+00")
    #expect(KerasProgressBar.number(.nan) == "nan")
    #expect(KerasProgressBar.number(-.infinity) == "-inf")
    #expect(KerasProgressBar.number(123456.789) == "123456.7890")
  }
}
