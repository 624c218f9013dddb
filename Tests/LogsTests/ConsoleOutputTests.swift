import CaseFile
import FileAccess
import JSON
import Logs
import TestSupport
import Testing

@Suite("Console output")
struct ConsoleOutputTests {
  private func log(_ text: String) throws -> TrainingLog {
    try TrainingLog(parsing: Array(text.utf8), of: "run.log")
  }

  private func losses(_ text: String) throws -> [Double] {
    try log(text).recorded?.history["loss"] ?? []
  }

  private func golden(_ name: String) throws -> JSONValue {
    let entries = try Golden.entries("logs.json")
    return try #require(entries.first { $0["name"]?.string == name })
  }

  /// What Keras printed, against the history that the same call of `fit` returned.
  @Test("is read as Keras writes it", arguments: ["bars", "lines", "bars_to_nan"])
  func agreesWithKeras(name: String) throws {
    let entry = try golden(name)
    let log = try log(entry["text"]?.string ?? "")
    let history = try #require(log.recorded?.history)
    let truth = try #require(entry["history"]?.object)
    #expect(Set(history.keys) == Set(truth.keys))
    for member in truth.members {
      let expected = (member.value.array ?? []).map { $0.double ?? .nan }
      let found = try #require(history[member.key])
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) {
        #expect((a.isNaN && b.isNaN) || a == b || abs(a - b) <= 6e-5 * max(1, abs(b)))
      }
    }
    #expect(log.unreadable.count == 0)
    #expect(log.examined?.status == .finished)
  }

  @Test("has its running means undone")
  func undoesRunningMeans() throws {
    let entry = try golden("bars")
    let read = try log(entry["text"]?.string ?? "")
    let batches = try #require(read.recorded?.batches)
    let truth = (entry["batches"]?.array ?? []).map { ($0.array ?? []).compactMap(\.double) }
    #expect(batches.count > truth.count * 4)
    for batch in batches {
      let steps = truth[batch.epoch - 1][(batch.first - 1)..<batch.last]
      let mean = steps.reduce(0, +) / Double(steps.count)
      #expect(abs(batch.loss - mean) <= 0.05 * mean, "\(batch) against \(mean)")
    }
  }

  @Test("tells the step at which the loss turned NaN")
  func findsFirstNaN() throws {
    let log = try log(
      "Epoch 1/2\n 32/128 [=====>........] - ETA: 3s - loss: 2.3021\r"
        + " 64/128 [=====>........] - ETA: 3s - loss: nan\r"
        + "128/128 [==============] - 3s 20ms/step - loss: nan\n")
    let broken = try #require(log.recorded?.batches?.first { !$0.loss.isFinite })
    #expect(broken.first == 33 && broken.last == 64)
    #expect(log.recorded?.history["loss"]?.count == 1)
  }

  @Test(
    "comes in the forms of Keras 1, 2 and 3, and with what pasting does to them",
    arguments: [
      // Keras 1, verbose=2.
      "Epoch 1/2\n0s - loss: 0.6931 - acc: 0.5000\nEpoch 2/2\n0s - loss: 0.5 - acc: 0.8",
      // Keras 2.
      "Train on 60 samples, validate on 20 samples\nEpoch 1/2\n - 1s - loss: 0.6931 - acc: 0.5000\n"
        + "Epoch 2/2\n - 0s - loss: 0.5000 - acc: 0.8000\n",
      "Epoch 1/2\n\r32/60 [==>...] - ETA: 0s - loss: 0.7\r60/60 [=====] - 0s 4us/sample - loss: 0.6931\n"
        + "Epoch 2/2\n\r60/60 [=====] - 0s 4us/sample - loss: 0.5000\n",
      // tf.keras, verbose=2.
      "Epoch 1/2\n3/3 - 1s - loss: 0.6931 - accuracy: 0.5 - 398ms/epoch - 133ms/step\n"
        + "Epoch 2/2\n3/3 - 0s - loss: 0.5000 - accuracy: 0.8 - 8ms/epoch - 2ms/step\n",
      // Keras 3 pasted: the escape characters are lost, or written out.
      "Epoch 1/2\n[1m3/3[0m [32m━━━━━━━━[0m[37m[0m [1m1s[0m 241ms/step - loss: 0.6931\n"
        + "Epoch 2/2\n[1m3/3[0m [32m━━━━━━━━[0m[37m[0m [1m0s[0m 2ms/step - loss: 0.5000\n",
      "Epoch 1/2\n^[[1m3/3^[[0m ^[[1m1s^[[0m 241ms/step - loss: 0.6931\nEpoch 2/2\n"
        + #"\u001b[1m3/3\u001b[0m \u001b[1m0s\u001b[0m 2ms/step - loss: 0.5000"#,
      // All on one line.
      "Epoch 1/2 3/3 [=====] - 1s 8ms/step - loss: 0.6931 Epoch 2/2 3/3 [=====] - 0s 2ms/step - loss: 0.5000",
      // Decimal commas, as some systems print them.
      "Epoch 1/2\r\n3/3 - 1s - loss: 0,6931 - accuracy: 0,5000\r\nEpoch 2/2\r\n3/3 - 0s - loss: 0,5000\r\n",
      // Unknown length.
      "Epoch 1/2\n      1/Unknown 1s 790ms/step - loss: 0.7000\r      3/Unknown 1s 2ms/step - loss: 0.6931\n"
        + "Epoch 2/2\n      3/Unknown 1s 2ms/step - loss: 0.5000\n",
      // Programs' own lines.
      "Epoch [1/2], Loss: 0.6931, Acc: 0.5\nEpoch [2/2], Loss: 0.5000, Acc: 0.8\n",
      "epoch 1 loss=0.6931 acc=0.5\nepoch 2 loss=0.5 acc=0.8\n",
      "Epoch 1: training loss 0.6931\nEpoch 2: training loss 0.5000\n",
      // The history itself, from several versions of Python and NumPy.
      "{'loss': [0.6931, 0.5], 'acc': [0.5, 0.8]}",
      "history: {u'loss': [0.6931,\n 0.5],\n u'val_loss': [nan, inf]}\n",
      "{'loss': [np.float64(0.6931), np.float64(0.5)]}",
      "{'loss': array([0.6931, 0.5], dtype=float32)}",
      "{'loss': 0.6931, 'accuracy': 0.5}\n{'loss': 0.5, 'accuracy': 0.8}\n",
    ])
  func readsForms(text: String) throws {
    #expect(try losses(text) == [0.6931, 0.5])
  }

  @Test("may be cut in the middle of a line")
  func readsCutLines() throws {
    let whole = "Epoch 1/9\n3/3 - 0s - 2ms/step - accuracy: 0.5000 - loss: 0.6931\n"
    let second = "Epoch 2/9\n3/3 - 0s - 2ms/step - accuracy: 0.8000 - loss: 0.6817"
    let first = try log(whole + second)
    #expect(first.recorded?.history["loss"] == [0.6931, 0.6817])
    // A number that lost digits is no number.
    let cut = try log(whole + second.dropLast(2))
    #expect(cut.recorded?.history["loss"] == [0.6931])
    #expect(cut.recorded?.history["accuracy"] == [0.5, 0.8])
    let within = try log(
      whole + "Epoch 2/9\n\r1/3 ━━━ 0s 2ms/step - loss: 0.68\r2/3 ━━━━━━ 0s 2ms/step - lo")
    #expect(within.recorded?.history["loss"] == [0.6931])
    #expect(
      within.account.first == "console output: 1 complete epoch; it ends within epoch 2 of 9, "
        + "after step 1 of 3")
    // At every place, without a crash and without a value that was never there.
    for end in 0...(whole + second).utf8.count {
      let text = String(decoding: Array((whole + second).utf8).prefix(end), as: UTF8.self)
      guard let log = try? log(text) else { continue }
      for loss in log.recorded?.history["loss"] ?? [] { #expect([0.6931, 0.6817].contains(loss)) }
    }
  }

  @Test("may hold several runs")
  func keepsRunsApart() throws {
    let run = { (losses: [String]) in
      losses.enumerated().map { "Epoch \($0 + 1)/\(losses.count)\n3/3 - 0s - loss: \($1)\n" }
        .joined()
    }
    let two = try log(
      run(["0.9000", "0.8000"]) + "\n$ python train.py\n" + run(["0.7", "0.6", "0.5"]))
    #expect(two.runs.count == 2)
    #expect(two.recorded?.history["loss"] == [0.7, 0.6, 0.5])
    #expect(two.account.contains("2 runs are in the log; the last of them is examined"))
    // One call of fit for each epoch is one training.
    #expect(try losses(run(["0.9"]) + run(["0.8"]) + run(["0.7"])) == [0.9, 0.8, 0.7])
    // initial_epoch goes on.
    #expect(
      try losses(
        "Epoch 1/2\n3/3 - 0s - loss: 0.9\nEpoch 2/2\n3/3 - 0s - loss: 0.8\n"
          + "Epoch 3/4\n3/3 - 0s - loss: 0.7\nEpoch 4/4\n3/3 - 0s - loss: 0.6\n") == [
          0.9, 0.8, 0.7, 0.6,
        ])
  }

  @Test("is told from evaluation and prediction")
  func leavesEvaluationOut() throws {
    let log = try log(
      "Epoch 1/2\n3/3 - 0s - loss: 0.9\nEpoch 2/2\n3/3 - 0s - loss: 0.8\n"
        + "10/10 - 0s - 2ms/step - accuracy: 0.8 - loss: 3.1\n"
        + "3/3 ━━━━━━━━━ 0s 45ms/step\nTest loss: 3.1\n")
    #expect(log.recorded?.history["loss"] == [0.9, 0.8])
    #expect(log.runs.count == 1)
  }

  @Test("tells how a run ended")
  func readsErrors() throws {
    let raised = try log(
      "Epoch 1/2\nTraceback (most recent call last):\n  File \"train.py\", line 9, in <module>\n"
        + "    model.fit(x, y)\nValueError: Shapes (None, 1) and (None, 3) are incompatible\n")
    #expect(raised.recorded?.status == .raised)
    #expect(raised.recorded?.error == "ValueError: Shapes (None, 1) and (None, 3) are incompatible")
    #expect(raised.unreadable.count == 0)
    let stopped = try log(
      "Epoch 1/9\n3/3 - 0s - loss: 0.9\nEpoch 2/9\n3/3 - 0s - loss: 0.8\nEpoch 2: early stopping\n")
    #expect(stopped.recorded?.status == .finished)
  }

  @Test("reports what it does not understand")
  func countsUnknownLines() throws {
    let log = try log("hello world\nEpoch 1/1\n3/3 - 0s - loss: 0.9\nwhat is this\n")
    #expect(log.unreadable.count == 2)
    #expect(
      log.account.last
        == "2 lines are not understood: line 1 \"hello world\", line 4 \"what is this\"")
    #expect(throws: InputError.self) { try self.log("once upon a time\n") }
  }

  @Test("may be in UTF-16, as PowerShell writes it")
  func readsUTF16() throws {
    let text = "Epoch 1/1\r\n3/3 - 0s - loss: 0.9000\r\n"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try TrainingLog(parsing: bytes, of: "run.log").recorded?.history["loss"] == [0.9])
  }

  @Test("takes what counts nothing as no epoch", arguments: [Int.min, Int.min + 1, -1, Int.max])
  func refusesAbsurdEpochs(number: Int) throws {
    let log = try log("Epoch [\(number)/2], Loss: 0.6931\nepoch 2 loss=0.5\n")
    #expect(log.recorded?.history["loss"]?.last == 0.5)
  }
}
