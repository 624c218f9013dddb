import CaseFile
import JSON
import Testing

@Suite struct FloatFormatTests {
  @Test func roundsAsTheFormatsDo() {
    // Numbers of IEEE 754 and of numpy.float16.
    #expect(FloatFormat.float16.largest == 65504)
    #expect(FloatFormat.float16.rounded(65519) == 65504)
    #expect(FloatFormat.float16.rounded(65520) == .infinity)
    #expect(FloatFormat.float16.rounded(-1e5) == -.infinity)
    #expect(FloatFormat.float16.rounded(0.1) == 0.0999755859375)
    #expect(FloatFormat.float16.rounded(2049) == 2048)
    #expect(FloatFormat.float16.smallest == 5.960464477539063e-08)
    // Keras' epsilon is only a whisker above the smallest number there is.
    #expect(FloatFormat.float16.rounded(1e-7) == 1.1920928955078125e-07)
    #expect(FloatFormat.float16.rounded(1e-8) == 0)
    #expect(FloatFormat.bfloat16.rounded(257) == 256)
    #expect(FloatFormat.bfloat16.rounded(1e-8) > 0)
  }

  @Test(arguments: [0.1, -3.7e-42, 1e38, 3.5e38, 1.0 / 3, 16_777_217])
  func singlePrecisionIsSwifts(_ number: Double) {
    #expect(FloatFormat.float32.rounded(number) == Double(Float(number)))
  }

  @Test func policiesSayWhatIsComputedInWhat() throws {
    let mixed = try #require(PrecisionPolicy(name: "mixed_float16"))
    #expect(mixed.compute == .float16 && mixed.variables == .float32 && mixed.isHalf)
    let whole = try #require(PrecisionPolicy(name: "bfloat16"))
    #expect(whole.compute == .bfloat16 && whole.variables == .bfloat16)
    #expect(PrecisionPolicy(name: "float32")?.isHalf == false)
    #expect(PrecisionPolicy(name: "int8_from_mixed_bfloat16")?.compute == .bfloat16)
    #expect(PrecisionPolicy(name: "int32") == nil)
    let dtype: JSONValue = [
      "class_name": "DTypePolicy", "config": ["name": "mixed_float16"], "module": "keras",
    ]
    let layers = [dtype, "float32", nil, "mixed_bfloat16"].enumerated().map { number, dtype in
      LayerFacts(
        name: "\(number)", className: "Dense", configuration: ["dtype": dtype, "epsilon": 1e-3])
    }
    let model = ModelFacts(
      name: "model", className: "Sequential", layers: layers, outputLayers: [])
    #expect(model.halfPrecisionLayers.map(\.name) == ["0", "3"])
    #expect(model.layers[0].epsilon == 1e-3)
  }
}
