import JSON
import Scripts
import Testing

@Suite("Layers of scripts as files hold them")
struct ScriptLayerTests {
  @Test("input_dim is the number of words of an Embedding, and the input's shape of other layers")
  func words() throws {
    let found = try script(
      """
      from keras.models import Sequential
      from keras.layers import Dense, Embedding, Flatten
      words = 200
      model = Sequential([Embedding(words + 1, 16, input_length=10), Flatten(), Dense(1)])
      other = Sequential([Dense(4, input_dim=7), Dense(1)])
      model.compile('adam', 'mse')
      model.fit(x, y)
      """)
    let layers = found.model?["config"]?["layers"]?.array ?? []
    let embedding = layers.first { $0["class_name"]?.string == "Embedding" }?["config"]
    #expect(embedding?["input_dim"]?.int == 201)
    #expect(embedding?["output_dim"]?.int == 16)
    #expect(found.places.layers.contains { $0.className == "Dense" })
  }

  @Test("calls of layers keep all their arguments, and several results their places")
  func calls() throws {
    let found = try script(
      """
      import keras
      from keras import layers
      a, b = keras.Input((6, 3)), keras.Input((6, 3))
      _, h, c = layers.LSTM(4, return_state=True, name='encoder')(a)
      d = layers.LSTM(4, return_sequences=True, name='decoder')(b, initial_state=[h, c])
      e = layers.MultiHeadAttention(2, 2, name='attention')(d, d, use_causal_mask=True)
      f = layers.Dropout(0.2, name='dropout')(2 * (d + e), training=True)
      g = layers.Attention(name='unknown')([f, f], mask=missing)
      model = keras.Model([a, b], layers.Dense(1)(g))
      model.compile('adam', 'mse')
      """)
    let layers = found.model?["config"]?["layers"]?.array ?? []
    func node(_ name: String) throws -> JSONValue {
      let layer = try #require(layers.first { $0["config"]?["name"]?.string == name })
      return try #require(layer["inbound_nodes"]?[0])
    }
    func history(_ argument: JSONValue?) -> JSONValue? { argument?["config"]?["keras_history"] }
    let states = try node("decoder")["kwargs"]?["initial_state"]
    #expect(history(states?[0]) == ["encoder", 0, 1])
    #expect(history(states?[1]) == ["encoder", 0, 2])
    #expect(try node("attention")["args"]?.array?.count == 2)
    #expect(try node("attention")["kwargs"]?["use_causal_mask"]?.bool == true)
    let dropout = try node("dropout")
    #expect(dropout["kwargs"]?.object?.members.isEmpty == true)
    #expect(history(dropout["args"]?[0]) == ["multiply", 0, 0])
    #expect(try node("multiply")["args"]?[0]?.int == 2)
    #expect(
      layers.first { $0["config"]?["name"]?.string == "unknown" }?["module"]?.string == "script")
  }
}
