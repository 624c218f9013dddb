import Archives
import CaseFile
import Datasets
import FileAccess
import Images
import JSON
import KerasFiles
import Logs
import Networks
import Scripts
import Tensors

/// One reader under test: inputs to begin with, and a body that may throw but never trap, hang or take
/// memory without end.
struct Reader: Sendable {
  let name: String
  /// Which of the sample files are its beginnings, by the end of their names.
  let endings: [String]
  /// Beginnings that no sample file holds.
  var texts: [String] = []
  /// Whether an input is an archive whose members are changed one by one, so that damage reaches what
  /// lies behind the checksums.
  var isArchive = false
  /// Of archives, the members that are left as they are.
  var kept: [String] = []
  let read: @Sendable ([UInt8]) throws -> Void

  static let all: [Reader] = [
    zip, json, npy, npz, csv, image, keras, console, table, events, weights, script,
  ]

  static let zip = Reader(name: "zip", endings: [".npz", ".keras"]) { bytes in
    let archive = try ZipArchive(ReadableFile(bytes: bytes, name: "fuzz"))
    for entry in archive.entries { _ = try? archive.read(entry) }
  }

  static let json = Reader(
    name: "json", endings: [".json"],
    texts: [
      #"{"a": [1, -2.5e-3, true, null, "\u00e9\ud83d\ude00\n"], "b": {}, "loss": [NaN, Infinity]}"#,
      #"[[[[{"module": "keras", "class_name": "Dense", "config": {"units": 3}}]]]]"#,
    ]
  ) { bytes in
    let value = try JSONValue(parsing: bytes)
    let again = try JSONValue(parsing: value.bytes(.pretty))
    // NaN differs from itself, so the texts are compared.
    precondition(again.text() == value.text(), "written and read again it is another value")
    _ = try JSONValue(parsing: value.bytes(nonFinite: .strings))
  }

  static let npy = Reader(name: "npy", endings: [".npy"]) { bytes in
    try examine(SourceArray(NPYArray(parsing: bytes)))
  }

  static let npz = Reader(name: "npz", endings: [".npz"], isArchive: true) { bytes in
    let archive = try ZipArchive(ReadableFile(bytes: bytes, name: "fuzz"))
    let data = try DataSet(npz: archive)
    // The same where nothing is held in memory.
    let streamed = try DataSet(npz: archive, largestInMemory: 0)
    for (held, read) in Swift.zip(data.inputs, streamed.inputs) {
      let (held, read) = (try held.tensor(), try read.tensor())
      precondition(held.scalars.count == held.shape.count, "shape")
      precondition(
        held.shape == read.shape
          && held.scalars.map(\.bitPattern) == read.scalars.map(\.bitPattern), "rows")
    }
  }

  static let csv = Reader(
    name: "csv", endings: [".csv"],
    texts: [
      "a,b,label\n1,2.5,cat\n-3e2,NA,dog\n\"4\",?,\"ox, \"\"big\"\"\"\n",
      "x;y\r\n1,5;0\r\n;1\r\n", "1\t2\n3\t4\n", "a|b\n\n1|2\n", "\u{FEFF}é,y\nTrue,0\n",
    ]
  ) { bytes in
    let table = try LabelledTable(parsing: bytes, of: "fuzz", label: nil)
    try examine(table.features)
    try examine(table.labels)
  }

  static let image = Reader(name: "image", endings: [".png", ".jpg"]) { bytes in
    // Without its checksums, so that damage reaches what lies behind them.
    for channels in [1, 3, 4] {
      let image = try ImageFile.image(bytes: bytes, channels: channels, comparesChecksums: false)
      precondition(image.bytes.count == image.width * image.height * channels, "size")
    }
  }

  static let console = Reader(
    name: "console", endings: [],
    texts: [
      "Epoch 1/2\n\r\u{1B}[1m1/3\u{1B}[0m \u{1B}[32m━━\u{1B}[0m 5s 2ms/step - loss: 0.69"
        + "\u{8}\u{8}\r3/3 ━━━ 1s 2ms/step - acc: 0.5 - loss: nan - val_loss: 1.2e-05\n",
      "Train on 60 samples, validate on 20\nEpoch 1/2\n32/60 [==>.] - ETA: 0s - loss: 0,7\r\n",
      "Epoch [1/2], Loss: 0.6931, Acc: 0.5\nepoch 2 loss=0.5\n{'loss': [0.5, np.float64(nan)]}\n",
      "{'loss': array([0.6931, ..., 0.5], dtype=float32), u'acc': (1, None)}",
      "Traceback (most recent call last):\n  File \"t.py\", line 1\nValueError: no\n",
    ]
  ) { bytes in
    try examine(TrainingLog(parsing: bytes, of: "fuzz"))
    _ = ContentKind(bytes)
  }

  static let table = Reader(
    name: "table", endings: [],
    texts: [
      "epoch,loss,val_loss\r\n0,0.9,NA\r\n1,nan,0.5\r\n0,1e-3,\r\n", "epoch;loss\n0;0,5\n",
      "run_id,key,value,step,timestamp\na,loss,0.9,0,17\nb,val_loss,0.8,1,17\n",
      "\"Step\",\"a - loss\",\"a - loss__MIN\"\n\"0\",\"0.9\",\"\"\n",
      "Wall time,Step,Value\n1.5,0,0.9\n", "{\"loss\": [0.5, NaN], \"val_loss\": [\"inf\", null]}",
    ]
  ) { bytes in
    try examine(TrainingLog(parsing: bytes, of: "run-train-tag-epoch_loss.csv"))
  }

  static let events = Reader(name: "events", endings: [".v2"]) { bytes in
    // A single damaged checksum hides what lies behind it, so the fields are read without them too.
    try? examine(TrainingLog(parsing: bytes, of: "train/events"))
    try examine(TrainingLog(parsing: EventRecords.sealed(bytes), of: "train/events"))
  }

  private static func examine(_ log: TrainingLog) throws {
    for run in log.runs {
      let history = run.history
      precondition(
        history.values.allSatisfy { $0.count <= run.epochs.count }, "longer than the run")
      _ = run.recorded
    }
    _ = log.account
  }

  static let keras = Reader(
    name: "keras", endings: [".keras"], isArchive: true, kept: ["model.weights.h5"]
  ) { bytes in
    try open(bytes)
  }

  static let weights = Reader(
    name: "weights", endings: [".keras"], isArchive: true, kept: ["config.json", "metadata.json"]
  ) { bytes in
    try open(bytes)
  }

  static let script = Reader(
    name: "script", endings: [".py"],
    texts: [
      """
      >>> from keras.models import Sequential
      >>> model = Sequential()
      >>> for units in (8, 4): model.add(Dense(units, init='uniform', activation='relu'))
      >>> model.compile(loss='mse', optimizer=SGD(lr=0.1))
      >>> model.fit(np.arange(20).reshape(-1, 2) / 255., y[:10], nb_epoch=3)
      """,
      """
      x = np.random.randint(0, 9, (40, 6))[::2, 1:-1]
      y = to_categorical(x.max(axis=1) - x[:, 0], 9)
      a = Input(shape=(4,))
      b = Dense(9, activation='softmax')(concatenate([a, Dense(3)(a)]))
      m = Model(a, b)
      m.compile('adam', keras.losses.CategoricalCrossentropy(from_logits=True))
      m.fit(StandardScaler().fit_transform(x), y, validation_split=.25, epochs=5)
      """,
      #"{"cells": [{"cell_type": "code", "source": ["%pylab\n", "m = Sequential([Dense(2)])\n"]}]}"#,
    ]
  ) { bytes in
    let script = try Script(bytes: bytes, path: "fuzz")
    let edits = [
      Edit(target: "optimizer.learning_rate", to: 0.5),
      Edit(target: "data.x.scale", to: "standardise"),
      Edit(target: "layers.dense.activation", to: "tanh"), Edit(target: "fit.epochs", to: 7),
    ]
    for edit in edits { _ = try? script.patched([edit], model: nil) }
    if let model = script.model {
      _ = try KerasModelFile(KerasArchive(configuration: model), of: "fuzz").facts
    }
  }

  private static func examine(_ array: SourceArray) throws {
    let rows = try array.rowSource.tensor()
    precondition(rows.scalars.count == array.count, "elements for \(array.shape)")
    let facts = try ArrayFacts(of: array, isTarget: true)
    precondition(facts.overall.count == array.count, "facts of \(array.shape)")
  }

  private static func open(_ bytes: [UInt8]) throws {
    let archive = try KerasArchive(ZipArchive(ReadableFile(bytes: bytes, name: "fuzz")))
    _ = archive.archived()
    let file = try KerasModelFile(archive, of: "fuzz")
    _ = file.facts
    _ = file.compileFacts
    // A model whose shapes ask for gigabytes is no fault of the reader.
    guard let model = file.model, model.isRunnable, let parameters = file.parameters,
      model.parameterCount < 1 << 20
    else { return }
    let written = try KerasModelFile.archived(
      model: model, parameters: parameters, compileConfiguration: file.compileConfiguration,
      optimizer: file.optimizer, source: archive)
    let again = try KerasArchive(ZipArchive(ReadableFile(bytes: written, name: "written")))
    for variable in model.variables {
      precondition(
        again.weights[variable.path]?.scalars.map(\.bitPattern)
          == archive.weights[variable.path]?.scalars.map(\.bitPattern), variable.path)
    }
  }
}
