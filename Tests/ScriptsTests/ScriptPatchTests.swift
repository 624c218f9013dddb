import CaseFile
import Foundation
import JSON
import Scripts
import TestSupport
import Testing

@Suite("Patches of scripts")
struct ScriptPatchTests {
  /// The lines that a patch takes away and adds.
  private func changes(_ text: String, _ edits: [Edit]) throws -> [String] {
    let patch = try #require(try script(text).patched(edits, model: nil))
    let lines = patch.diff.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.prefix(2) == ["--- a/train.py", "+++ b/train.py"])
    try #require(try applied(patch.diff, to: text) == patch.text)
    return lines.dropFirst(2).filter { $0.hasPrefix("+") || $0.hasPrefix("-") }
  }

  /// What `git apply` makes of a text.
  private func applied(
    _ diff: String, to text: String, name: String = "train.py"
  ) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appending(path: name))
    try Data(diff.utf8).write(to: folder.appending(path: "x.patch"))
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "apply", "x.patch"]
    git.currentDirectoryURL = folder
    try git.run()
    git.waitUntilExit()
    #expect(git.terminationStatus == 0)
    return String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  static let plain = """
    import keras
    from keras import layers

    model = keras.Sequential([
        layers.Dense(8, activation='relu', input_shape=(4,)),
        layers.Dense(1, activation='softmax'),  # the head
    ])
    model.compile(optimizer='adam', loss='binary_crossentropy')
    model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=20)
    """

  @Test("arguments of layers: a value in its place, or one argument more")
  func layers() throws {
    #expect(
      try changes(
        Self.plain,
        [
          Edit(target: "layers.dense_1.activation", to: "sigmoid"),
          Edit(target: "layers.dense.kernel_initializer", to: "he_normal"),
        ]) == [
          "-    layers.Dense(8, activation='relu', input_shape=(4,)),",
          "-    layers.Dense(1, activation='softmax'),  # the head",
          "+    layers.Dense(8, activation='relu', input_shape=(4,), kernel_initializer='he_normal'),",
          "+    layers.Dense(1, activation='sigmoid'),  # the head",
        ])
  }

  @Test("a rate for an optimizer that is a text, in the script's way to import")
  func optimizer() throws {
    let edit = Edit(target: "optimizer.learning_rate", to: 0.05)
    #expect(
      try changes(Self.plain, [edit]).last
        == "+model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.05), loss='binary_crossentropy')"
    )
    let named = """
      from tensorflow.keras.models import Sequential
      from tensorflow.keras.layers import Dense
      model = Sequential([Dense(1)])
      model.compile(loss="mse", optimizer="sgd")
      model.fit(x, y)

      """
    #expect(
      try changes(named, [edit]) == [
        "+from tensorflow.keras.optimizers import SGD",
        "-model.compile(loss=\"mse\", optimizer=\"sgd\")",
        "+model.compile(loss=\"mse\", optimizer=SGD(learning_rate=0.05))",
      ])
    let object = named.replacingOccurrences(of: "\"sgd\"", with: "SGD(lr=rate, momentum=0.9)")
    #expect(
      try changes(object, [edit]).last
        == "+model.compile(loss=\"mse\", optimizer=SGD(lr=0.05, momentum=0.9))")
  }

  @Test("the loss and its flag")
  func loss() throws {
    #expect(
      try changes(Self.plain, [Edit(target: "loss", to: "mean_squared_error")]).last
        == "+model.compile(optimizer='adam', loss='mean_squared_error')")
    let object = Self.plain.replacingOccurrences(
      of: "'binary_crossentropy'", with: "keras.losses.BinaryCrossentropy(from_logits=True)")
    #expect(
      try changes(object, [Edit(target: "loss.from_logits", to: false)]).last
        == "+model.compile(optimizer='adam', loss=keras.losses.BinaryCrossentropy(from_logits=False))"
    )
  }

  @Test("lines before fit for data, with names for what has none")
  func data() throws {
    #expect(
      try changes(Self.plain, [Edit(target: "data.x.scale", to: "standardise")]) == [
        "+import numpy as np",
        "+x_mean, x_std = np.mean(x_train, axis=0), np.std(x_train, axis=0)",
        "+x_std = np.where(x_std == 0, 1, x_std)", "+x_train = (x_train - x_mean) / x_std",
        "+x_test = (x_test - x_mean) / x_std",
      ])
    let sliced = """
      import numpy as np
      def run():
          model.compile('sgd', 'mse')
          model.fit(X[:80], y[:80],
                    epochs=3)
      model = Sequential([Dense(1)])
      run()

      """
    #expect(
      try changes(sliced, [Edit(target: "data.y.map", to: ["subtract": 1.0])]) == [
        "-    model.fit(X[:80], y[:80],", "+    y_fit = y[:80]", "+    y_fit = y_fit - 1",
        "+    model.fit(X[:80], y_fit,",
      ])
    #expect(
      try changes(
        Self.plain.replacingOccurrences(of: "import keras\n", with: "import keras\nimport numpy\n"),
        [Edit(target: "data.shuffle", to: true)]) == [
          "+order = numpy.random.default_rng(0).permutation(len(x_train))",
          "+x_train, y_train = x_train[order], y_train[order]",
        ])
  }

  @Test("arguments of fit, old names kept")
  func fit() throws {
    let old = Self.plain.replacingOccurrences(of: "epochs=20", with: "nb_epoch=20")
    #expect(
      try changes(old, [Edit(target: "fit.epochs", to: 7)]).last?.hasSuffix("nb_epoch=7)") == true)
    #expect(
      try changes(Self.plain, [Edit(target: "fit.class_weight", to: ["0": 1.0, "1": 9.5])]).last?
        .hasSuffix("epochs=20, class_weight={0: 1.0, 1: 9.5})") == true)
  }

  @Test("new layers in a list, after add, around a call, and behind the input")
  func insertedLayers() throws {
    let dropout: JSONValue = ["class_name": "Dropout", "config": ["rate": 0.5]]
    #expect(
      try changes(Self.plain, [Edit(target: "layers.dense.insert_after", to: dropout)]).last
        == "+    layers.Dense(8, activation='relu', input_shape=(4,)), layers.Dropout(rate=0.5),")
    let added = """
      from keras.layers import Dense
      model = Sequential()
      for _ in range(2):
          model.add(Dense(8))
      model.add(Dense(1))
      model.compile('sgd', 'mse')
      model.fit(x, y)

      """
    #expect(
      try changes(
        added,
        ["dense", "dense_1"].map { Edit(target: "layers.\($0).insert_after", to: dropout) })
        == ["+from keras.layers import Dropout", "+    model.add(Dropout(rate=0.5))"])
    let applied = """
      import keras
      inputs = keras.Input((4,))
      x = keras.layers.Dense(8)(inputs)
      model = keras.Model(inputs, keras.layers.Dense(1)(x))
      model.compile('sgd', 'mse')
      model.fit(x_train, y_train)

      """
    #expect(
      try changes(
        applied,
        [
          Edit(
            target: "layers.dense.insert_after",
            to: [["class_name": "LayerNormalization", "config": [:]], dropout])
        ]
      ).last
        == "+x = keras.layers.Dropout(rate=0.5)(keras.layers.LayerNormalization()"
        + "(keras.layers.Dense(8)(inputs)))")
  }

  @Test("callbacks are added to those that are there, and taken away from them")
  func callbacks() throws {
    let stop: JSONValue = [
      "class_name": "EarlyStopping", "config": ["monitor": "val_loss", "patience": 3],
    ]
    let call = "keras.callbacks.EarlyStopping(monitor='val_loss', patience=3)"
    #expect(
      try changes(Self.plain, [Edit(target: "fit.callbacks", from: [], to: [stop])]).last?
        .hasSuffix("epochs=20, callbacks=[\(call)])") == true)
    let listed = Self.plain.replacingOccurrences(
      of: "epochs=20", with: "callbacks=[a, keras.callbacks.TerminateOnNaN()]")
    #expect(
      try changes(
        listed,
        [
          Edit(
            target: "fit.callbacks", from: ["LearningRateScheduler", "TerminateOnNaN"],
            to: ["TerminateOnNaN", stop])
        ]
      ).last?.hasSuffix("callbacks=[keras.callbacks.TerminateOnNaN(), \(call)])") == true)
    let named = Self.plain.replacingOccurrences(of: "epochs=20", with: "callbacks=mine")
    #expect(
      try changes(
        named,
        [Edit(target: "fit.callbacks", from: ["CSVLogger"], to: ["CSVLogger", stop])]
      ).last?
      .hasSuffix("callbacks=[*mine, \(call)])") == true)
  }

  @Test("suspect rows are taken away by number, and rows are added")
  func rows() throws {
    let lines = try changes(
      Self.plain, [Edit(target: "data.drop_rows", to: ["rows": [3, 17]])])
    #expect(
      lines == [
        "+import numpy as np", "+suspects = [", "+    3, 17,", "+]",
        "+x_train = np.delete(x_train, suspects, axis=0)",
        "+y_train = np.delete(y_train, suspects, axis=0)",
      ])
    let more = try changes(
      Self.plain, [Edit(target: "data.augment", to: ["copies": 2, "jitter": 0.1])])
    #expect(
      more.last
        == "+x_train, y_train = np.concatenate([x_train, more_x]), np.concatenate([y_train, more_y])"
    )
  }

  @Test("a whole optimizer, and a schedule for its rate")
  func schedules() throws {
    #expect(
      try changes(
        Self.plain,
        [
          Edit(
            target: "optimizer",
            to: ["class_name": "Adam", "config": ["learning_rate": 0.001]])
        ]
      ).last?.contains("optimizer=keras.optimizers.Adam(learning_rate=0.001)") == true)
    #expect(
      try changes(
        Self.plain,
        [
          Edit(
            target: "optimizer.learning_rate",
            to: [
              "module": "keras.optimizers.schedules", "class_name": "CosineDecay",
              "config": ["initial_learning_rate": 0.01, "decay_steps": 100],
            ])
        ]
      ).last?.contains(
        "Adam(learning_rate=keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.01,")
        == true)
  }

  @Test("line ends of Windows and a missing last line end are kept")
  func lineEnds() throws {
    let text = Self.plain.replacingOccurrences(of: "\n", with: "\r\n")
    _ = try changes(text, [Edit(target: "layers.dense_1.activation", to: "sigmoid")])
    _ = try changes(text, [Edit(target: "data.y.scale", to: "standardise")])
  }

  @Test("one call that makes several layers is changed only for all of them")
  func loops() throws {
    let text = """
      model = Sequential()
      for _ in range(3):
          model.add(Dense(8, activation='sigmoid'))
      model.add(Dense(1))
      model.compile('sgd', 'mse')
      model.fit(x, y)

      """
    let edits = ["dense", "dense_1", "dense_2"].map {
      Edit(target: "layers.\($0).activation", to: "relu")
    }
    #expect(try changes(text, edits).last == "+    model.add(Dense(8, activation='relu'))")
    #expect(throws: (any Error).self) {
      try script(text).patched([edits[0]], model: nil)
    }
  }

  @Test("frozen layers and weights from outside")
  func layersAtLarge() throws {
    let text = """
      model = Sequential([Dense(8), Dense(1)])
      for layer in model.layers:
          layer.trainable = False
      model.load_weights('old.h5')
      model.compile('sgd', 'mse')
      model.fit(x, y)

      """
    let edits = ["dense", "dense_1"].map { Edit(target: "layers.\($0).trainable", to: true) }
    #expect(
      try changes(text, edits) == ["-    layer.trainable = False", "+    layer.trainable = True"])
    #expect(
      try changes(text, [Edit(target: "layers.dense.weights", to: "fresh")]) == [
        "-model.load_weights('old.h5')"
      ])
  }

  /// Two ways in which notebooks write code, with an output that must stay as it is.
  static let notebook = #"""
    {
     "cells": [
      {
       "cell_type": "markdown",
       "source": ["# Digits \u00e9 [0, 1]"]
      },
      {
       "cell_type": "code",
       "execution_count": 1,
       "metadata": {},
       "outputs": [{"text": ["\"a]}\\n"]}],
       "source": [
        "%matplotlib inline\n",
        "import keras\n",
        "from keras import layers  # \u00e9\n",
        "model = keras.Sequential([\n",
        "    layers.Dense(8, activation='relu', input_shape=(4,)),\n",
        "    layers.Dense(1, activation='softmax')])"
       ]
      },
      {
       "cell_type": "code",
       "source": "model.compile(optimizer='adam', loss='binary_crossentropy')\nmodel.fit(x, y, epochs=20)"
      }
     ],
     "nbformat": 4
    }

    """#

  @Test("notebooks: the lines of a cell change, all else stays byte for byte")
  func patchesNotebooks() throws {
    let text = Self.notebook
    let script = try Script(bytes: Array(text.utf8), path: "digits.ipynb")
    let patch = try #require(
      try script.patched(
        [
          Edit(target: "layers.dense_1.activation", to: "sigmoid"),
          Edit(target: "optimizer.learning_rate", to: 0.01),
          Edit(target: "data.x.scale", to: "standardise"),
        ], model: nil))
    #expect(try applied(patch.diff, to: text, name: "digits.ipynb") == patch.text)
    let removed = patch.diff.split(separator: "\n").count { $0.hasPrefix("-") }
    #expect(removed == 3, "the head, a line and a cell: \(patch.diff)")
    #expect(patch.text.contains(#""    layers.Dense(1, activation='sigmoid')])""#))
    #expect(patch.text.contains(#"layers  # \u00e9\n""#))
    let cells = try #require(try JSONValue(parsing: patch.text)["cells"]?.array)
    let code = cells[2]["source"]?.string ?? ""
    #expect(code.contains("learning_rate=0.01"))
    #expect(code.hasSuffix("epochs=20)"))
    #expect(code.split(separator: "\n").count > 2)
  }
}
