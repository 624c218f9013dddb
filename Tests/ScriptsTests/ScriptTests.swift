import CaseFile
import FileAccess
import Foundation
import JSON
import TestSupport
import Testing

import Scripts

/// Reads a script from a text.
func script(_ text: String, path: String = "train.py") throws -> Script {
  try Script(bytes: Array(text.utf8), path: path)
}

extension Script {
  /// The layers of its model: class and configuration.
  var layers: [(className: String, configuration: JSONValue)] {
    (model?["config"]?["layers"]?.array ?? []).map {
      ($0["class_name"]?.string ?? "", $0["config"] ?? .null)
    }
  }
}

@Suite("Scripts, read and not run")
struct ScriptTests {
  @Test("every program of the book reads: model, compile, fit, data")
  func book() throws {
    let book = Fixtures.project.appending(path: "Book")
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: book.path).sorted() {
      let path = book.appending(path: name).appending(path: "train.py")
      guard FileManager.default.fileExists(atPath: path.path) else { continue }
      let found = try Script(bytes: [UInt8](Data(contentsOf: path)), path: "train.py")
      count += 1
      #expect(found.model != nil, "\(name): \(found.notes)")
      #expect(found.compilation != nil, "\(name): \(found.notes)")
      #expect(found.fit != nil, "\(name): \(found.notes)")
      // What cannot be known of the data is said.
      let isWhole = !found.features.isEmpty && found.targets != nil
      #expect(
        isWhole || found.notes.contains { $0.contains("cannot be known from the script") },
        "\(name)")
    }
    #expect(count > 40)
  }

  @Test("layers, optimizer, loss and fit have their places")
  func places() throws {
    let found = try script(
      """
      import keras
      model = keras.Sequential([
          keras.layers.Dense(8, activation='relu'),
          keras.layers.Dense(1, activation='softmax'),
      ])
      model.compile(optimizer=keras.optimizers.Adam(1e-7), loss='binary_crossentropy')
      model.fit(x, y, epochs=20)
      """)
    let last = try #require(found.places.layers.last?.site?.argument("activation"))
    #expect(found.text.text(of: last.value) == "'softmax'")
    #expect(last.value.line == 4)
    let rate = try #require(found.places.optimizer?.argument("learning_rate"))
    #expect(rate.written == nil)
    #expect(found.text.text(of: rate.value) == "1e-7")
    #expect(found.places.fit?.argument("epochs")?.value.line == 7)
  }

  @Test("what cannot be known stays unknown")
  func unknown() throws {
    let found = try script(
      """
      import pandas as pd
      from keras.models import Sequential
      from keras.layers import Dense
      table = pd.read_csv('data.csv')
      x, y = table.drop('price', axis=1).values, table['price'].values
      model = Sequential()
      model.add(Dense(units(), input_dim=x.shape[1]))
      model.add(Dense(1))
      model.compile(loss=my_loss, optimizer=make_optimizer())
      model.fit(x, y, epochs=int(input()))
      """)
    #expect(found.features.isEmpty && found.targets == nil)
    #expect(found.fit == nil)
    #expect(found.compilation == nil)
    #expect(found.layers.first?.configuration["units"] == nil)
    #expect(!found.notes.isEmpty)
  }

  @Test("arrays that are changed in place change under all their names")
  func aliases() throws {
    let found = try script(
      """
      import numpy as np
      data = np.arange(10.0).reshape(-1, 1)
      x = data
      x /= 10
      x[0] = 5
      model.fit(data, data)
      model = Sequential([Dense(1)])
      model.compile('sgd', 'mse')
      model.fit(data, data)
      """)
    #expect(found.features.first?.numbers.first == 5)
    #expect(found.features.first?.numbers.last == 0.9)
  }

  @Test("a wrapper of scikit-learn makes one-hot rows itself, so its labels are not known")
  func wrapper() throws {
    let found = try script(
      """
      import numpy as np
      def build():
          model = Sequential([Dense(3, activation='softmax')])
          model.compile(loss='categorical_crossentropy', optimizer='adam')
          return model
      y = np.array([0, 1, 2, 1])
      KerasClassifier(build_fn=build, epochs=3).fit(np.eye(4), y)
      """)
    #expect(found.fit?.epochs == 3)
    #expect(found.features.first?.shape == [4, 4])
    #expect(found.targets == nil)
  }

  @Test("prompts, fences, magics, indentation and Python 2 are read through")
  func snippets() throws {
    let fenced = try script(
      """
      My loss is stuck, here is the code:

      ```python
      model = Sequential()
      model.add(Dense(3, activation='softmax'))
      model.compile('adam', 'mse')
      model.fit(x, y)
      ```
      What is wrong?
      """, path: "snippet.txt")
    #expect(fenced.layers.last?.configuration["activation"]?.string == "softmax")
    #expect(fenced.places.compile.flatMap { fenced.text.place(of: $0.call)?.line } == 6)

    let prompted = try script(
      """
      >>> model = Sequential()
      >>> for i in range(2):
      ...     model.add(Dense(4))
      ...
      >>> model.compile(loss='mse', optimizer='sgd')
      >>> model.fit(x, y, nb_epoch=7)
      Epoch 1/7
      10/10 [==============================] - 0s - loss: nan
      """, path: "-")
    #expect(prompted.layers.count == 2)
    #expect(prompted.fit?.epochs == 7)
    #expect(prompted.places.fit.flatMap { prompted.text.place(of: $0.call)?.column } == 5)

    let old = try script(
      """
          model = Sequential()
          model.add(Dense(10, input_dim=4, init='uniform', activation='relu'))
          print "shape", x.shape
          model.compile(loss='mse', optimizer='adam')
          print model.fit(x, y)
      """, path: "snippet.txt")
    #expect(old.layers.last?.configuration["kernel_initializer"]?.string == "random_uniform")
    #expect(old.compilation != nil)
  }

  @Test("of a broken snippet what is whole is read, and the rest is named")
  func broken() throws {
    let found = try script(
      """
      from keras.models import Sequential
      from keras.layers import Dense
      x = load my data here
      model = Sequential()
      model.add(Dense(5, activation='relu', input_shape=(4,)))
      model.add(Dense(1, activation='relu'))
      model.compile(loss='binary_crossentropy', optimizer='adam')
      history = model.fit(x, y, epochs=10,
      """)
    #expect(found.layers.count == 3)
    #expect(found.compilation?["loss"]?.string == "binary_crossentropy")
    #expect(found.leftOut.contains { $0.hasPrefix("Line 3 is no Python") })
    #expect(found.leftOut.contains { $0.hasPrefix("Line 8 is no Python") })
  }

  @Test("notebooks: cells and lines, magics left out")
  func notebook() throws {
    let document: JSONValue = [
      "cells": [
        ["cell_type": "markdown", "source": ["# Digits"]],
        [
          "cell_type": "code",
          "source": ["%matplotlib inline\n", "!pip install keras\n", "import keras\n"],
        ],
        [
          "cell_type": "code",
          "source": [
            "model = keras.Sequential([keras.layers.Dense(2, activation='relu')])\n",
            "model.compile(loss='mse', optimizer='sgd')\n", "model.fit(x, y)",
          ],
        ],
      ], "nbformat": 4,
    ]
    let found = try Script(bytes: document.bytes(), path: "notebook.ipynb")
    let site = try #require(found.places.fit)
    let place = try #require(found.text.place(of: site.call))
    #expect(place.cell == 3)
    #expect(place.line == 3)
    #expect(found.layers.count == 1)
  }

  @Test("a text without Python, and endless loops, end")
  func hostile() throws {
    for text in [
      "", "\u{0}\u{1}", "(((((((((((", "while True:\n  x = 1\n", "def f(): f()\nf()\n",
      "x = [[0] * 100000] * 100000\nfor a in x:\n  for b in a:\n    b = 1\n",
      String(repeating: "[", count: 5000), "a = " + String(repeating: "1+", count: 5000) + "1\n",
      "import numpy as np\nx = np.zeros((10**6, 10**6, 10**6))\ny = np.random.rand(10**12)\n",
      "x = 10 ** 10 ** 10\ny = 1 << 10**9\nz = 'a' * 10**12\n",
      "import numpy as np\nx = np.arange(5)\nx[7] = 1\nx[[9]] = 2\ny = x[1:0:-1] / 0\nx.shape = (-3, 2)\n",
    ] {
      _ = try script(text)
    }
  }
}

@Suite("Scripts that keep their model in a class")
struct ClassScriptTests {
  @Test("methods are followed, called or not", arguments: ["", "Net(16).train(x, y)\n"])
  func methods(_ call: String) throws {
    let found = try script(
      """
      class Net:
          def __init__(self, units=8):
              self.model = self.build(units)
          def build(self, units):
              model = Sequential()
              model.add(Dense(units, activation='relu', input_dim=3))
              model.add(Dense(1, activation='softmax'))
              model.compile('adam', 'binary_crossentropy')
              return model
          def train(self, x, y):
              self.model.fit(x, y, epochs=4)

      """ + call)
    #expect(
      found.layers.compactMap { $0.configuration["units"]?.int } == [call.isEmpty ? 8 : 16, 1])
    #expect(found.fit?.epochs == 4)
    #expect(found.places.layers.last?.site?.argument("activation")?.value.line == 7)
  }

  @Test(
    "rows shuffled apart are told by how they were made",
    arguments: [
      ("x = x[np.random.permutation(len(x))]", true),
      ("rng.shuffle(x)", true),
      ("i = np.arange(150)\nrng.shuffle(i)\ny = y[i]", true),
      ("i = rng.permutation(150)\nx, y = x[i], y[i]", false),
      ("x = (x - x.mean(0)) / x.std(0)\ny = keras.utils.to_categorical(y)", false),
      ("np.random.seed(1)\nnp.random.shuffle(x)\nnp.random.seed(1)\nnp.random.shuffle(y)", false),
      ("x, y = x[:-1], y[1:]", false),
      ("x, y = shuffle(x, y)", false),
      ("x, t, y, u = train_test_split(x, y, test_size=0.2)", false),
      ("i = rng.permutation(150)\nx = x[i][np.argsort(i)]", false),
    ])
  func tellsMisplacedRows(code: String, isMisplaced: Bool) throws {
    let found = try script(
      """
      import numpy as np, keras
      from sklearn.datasets import load_iris
      from sklearn.utils import shuffle
      from sklearn.model_selection import train_test_split
      rng = np.random.default_rng(0)
      x, y = load_iris(return_X_y=True)
      \(code)
      model = keras.Sequential([keras.layers.Dense(3)])
      model.compile('sgd', 'mse')
      model.fit(x, y)
      """)
    #expect((found.misplacedRows ?? 0 > 75) == isMisplaced)
    #expect(!found.features.isEmpty)
  }

  @Test(
    "validation rows that are training rows are told by how they were made",
    arguments: [
      ("x_val, y_val = x[:40], y[:40]", 40),
      ("x_val, y_val = x, y", 150),
      ("x, x_val, y, y_val = train_test_split(x, y, test_size=40)", 0),
      ("x_val, y_val, x, y = x[:40], y[:40], x[40:], y[40:]", 0),
      ("m = rng.random(150) < 0.2\nx_val, y_val, x, y = x[m], y[m], x[~m], y[~m]", 0),
    ])
  func tellsSeenRows(code: String, seen: Int) throws {
    let found = try script(
      """
      import numpy as np, keras
      from sklearn.datasets import load_iris
      from sklearn.model_selection import train_test_split
      rng = np.random.default_rng(0)
      x, y = load_iris(return_X_y=True)
      \(code)
      model = keras.Sequential([keras.layers.Dense(3)])
      model.compile('sgd', 'mse')
      model.fit(x / 8, y, validation_data=(x_val / 8, y_val))
      """)
    #expect(found.seenValidationRows?.seen == seen)
  }

  @Test("make_classification puts the classes at the corners of a cube, in their shares")
  func madeClasses() throws {
    let found = try script(
      """
      import keras
      from sklearn.datasets import make_classification
      X, y = make_classification(
          n_samples=2000, n_features=1, n_informative=1, n_redundant=0, n_clusters_per_class=1,
          class_sep=3.0, flip_y=0, weights=[0.8, 0.2])
      model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
      model.compile("sgd", "mse")
      model.fit(X, y)
      """)
    #expect(found.determinesData)
    let x = try #require(found.features.first).numbers
    let y = try #require(found.targets).numbers
    for (label, share) in [(0.0, 0.8), (1.0, 0.2)] {
      let rows = zip(x, y).filter { $1 == label }.map(\.0)
      #expect(rows.count == Int(2000 * share))
      // The spread within a cluster is below 1, the corners lie at -3 and 3.
      let mean = rows.reduce(0, +) / Double(rows.count)
      #expect(abs(abs(mean) - 3) < 0.15, "\(mean)")
    }
  }

  @Test("of a very large made set a sample is known, and its number of rows")
  func largeMadeClasses() throws {
    let found = try script(
      """
      import keras
      from sklearn.datasets import make_classification
      X, y = make_classification(n_samples=1000000, n_features=20)
      model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
      model.compile("sgd", "mse")
      model.fit(X, y)
      """)
    #expect(found.features.first?.shape == [1_000_000, 20])
    #expect(found.targets?.shape == [1_000_000])
    #expect(!found.determinesData)
  }

  @Test(
    "data that only spread as those of the script are no data to train on",
    arguments: [
      "from sklearn.datasets import load_iris\nX, y = load_iris(return_X_y=True)",
      "(X, y), _ = keras.datasets.boston_housing.load_data()",
      "X = np.random.rand(100, 4)\ny = keras.utils.to_categorical(labels, 3)",
      "X = np.random.rand(100, 4)\ny = np.load('y.npy')",
    ])
  func standIns(_ data: String) throws {
    let found = try script(
      """
      import keras
      import numpy as np
      \(data)
      model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
      model.compile("sgd", "mse")
      model.fit(X, y)
      """)
    #expect(!found.determinesData)
  }

  @Test("a model that is a class of the script has the layers that its call connects")
  func subclass() throws {
    let found = try script(
      """
      import tensorflow as tf
      class MyModel(tf.keras.Model):
          def __init__(self, units):
              super().__init__()
              self.hidden = [tf.keras.layers.Dense(units) for _ in range(2)]
              self.drop = tf.keras.layers.Dropout(0.5)
              self.last = tf.keras.layers.Dense(3, activation="sigmoid")
          def call(self, x, training=False):
              for layer in self.hidden:
                  x = tf.nn.relu(layer(x))
              if training:
                  x = self.drop(x, training=training)
              return self.last(x)
      model = MyModel(16)
      model.compile("adam", "categorical_crossentropy")
      model.fit(x, y, epochs=3)
      """)
    #expect(
      found.layers.map(\.className) == [
        "Dense", "Activation", "Dense", "Activation", "Dropout", "Dense",
      ])
    #expect(found.layers.last?.configuration["activation"]?.string == "sigmoid")
    let last = try #require(found.places.layers.last?.site?.argument("activation"))
    #expect(found.text.text(of: last.value) == "\"sigmoid\"")
  }

  @Test("a model class with a training step of its own is not taken for what compile says")
  func ownStep() throws {
    let found = try script(
      """
      import keras
      class MyModel(keras.Model):
          def __init__(self):
              super().__init__()
              self.last = keras.layers.Dense(3)
          def call(self, x):
              return self.last(x)
          def train_step(self, data):
              return {}
      model = MyModel()
      model.compile("adam", "mse")
      model.fit(x, y)
      """)
    #expect(found.model == nil)
  }

  @Test("optimizer and loss of a loop of its own are those that the script makes")
  func ownLoop() throws {
    let found = try script(
      """
      import tensorflow as tf
      model = tf.keras.Sequential([
          tf.keras.layers.Dense(1, activation="softmax", input_shape=(4,))])
      optimizer = tf.keras.optimizers.Adam(0.01)
      loss_fn = tf.keras.losses.BinaryCrossentropy()
      for x, y in dataset:
          with tf.GradientTape() as tape:
              loss = loss_fn(y, model(x))
          gradients = tape.gradient(loss, model.trainable_variables)
          optimizer.apply_gradients(zip(gradients, model.trainable_variables))
      """)
    #expect(found.compilation?["optimizer"]?["class_name"]?.string == "Adam")
    #expect(found.compilation?["loss"]?["class_name"]?.string == "BinaryCrossentropy")
    #expect(found.notes.contains { $0.hasPrefix("It trains in a loop of its own") })
  }

  @Test(
    "the policy of element types reaches the layers",
    arguments: [
      "keras.config.set_dtype_policy('float16')", "keras.backend.set_floatx('float16')",
      "keras.mixed_precision.set_global_policy('float16')",
    ])
  func precision(_ call: String) throws {
    let found = try script(
      """
      import keras
      \(call)
      model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
      """)
    #expect(found.layers.last?.configuration["dtype"]?["config"]?["name"]?.string == "float16")
  }
}
