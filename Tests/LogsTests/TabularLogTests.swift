import CaseFile
import FileAccess
import Foundation
import Logs
import TestSupport
import Testing

@Suite("Tables of losses")
struct TabularLogTests {
  private func history(_ text: String, name: String = "history.csv") throws -> [String: [Double]] {
    try TrainingLog(parsing: Array(text.utf8), of: name).recorded?.history ?? [:]
  }

  private func sample(_ name: String) throws -> TrainingLog {
    try TrainingLog(path: Fixtures.samples.appending(path: name).path)
  }

  @Test("of CSVLogger are read")
  func readsCSVLogger() throws {
    let log = try sample("csvlogger_log.csv")
    #expect(log.recorded?.history["val_loss"]?.count == 3)
    #expect(log.recorded?.history["loss"]?.first == 0.652_465_641_498_565_7)
    #expect(log.account == ["CSVLogger file: 3 complete epochs, the last is epoch 3"])
    #expect(
      try sample("csvlogger_log2.csv").recorded?.history["learning_rate"]?.last
        == 0.050_000_000_745_058_06)
  }

  @Test("hold NA where there is no value, which is not NaN")
  func tellsMissingFromNaN() throws {
    let missing = try sample("csvlogger_log3.csv").recorded?.history ?? [:]
    #expect(missing["val_loss"] == nil)
    #expect(missing["loss"]?.count == 2)
    let infinite = try sample("csvlogger_nan.csv").recorded?.history["loss"] ?? []
    #expect(infinite == [1.541_473_429_538_653_8e+35, .infinity])
    #expect(try history("epoch,loss\n0,0.5\n1,nan\n")["loss"]?.last?.isNaN == true)
  }

  @Test("may be appended to, cut, and hold decimal commas")
  func readsDamage() throws {
    let text = "epoch,loss,val_loss\r\n0,0.9,0.8\r\n1,0.7,0.6\r\n0,0.5,0.4\r\n1,0.3,0.2\r\n2,0.1"
    let log = try TrainingLog(parsing: Array(text.utf8), of: "h.csv")
    #expect(log.runs.count == 2)
    #expect(log.recorded?.history["loss"] == [0.5, 0.3])
    #expect(log.notes == ["the last row is cut off and left out"])
    #expect(try history("epoch;loss\n0;0,5\n1;0,25\n")["loss"] == [0.5, 0.25])
    let headers = "epoch,loss\n0,0.9\nepoch,loss\n0,0.8\nx,y\n1,0.7\n"
    let again = try TrainingLog(parsing: Array(headers.utf8), of: "h.csv")
    #expect(again.recorded?.history["loss"] == [0.8, 0.7])
    #expect(again.unreadable.count == 1)
  }

  @Test("of other trackers are read")
  func readsExports() throws {
    let mlflow =
      "run_id,key,value,step,timestamp\na1,loss,0.9,0,17\na1,val_loss,0.8,0,17\n"
      + "a1,loss,0.7,1,18\na1,val_loss,0.6,1,18\n"
    #expect(try history(mlflow) == ["loss": [0.9, 0.7], "val_loss": [0.8, 0.6]])
    let chart =
      "\"Step\",\"brave-fox-1 - epoch/loss\",\"brave-fox-1 - epoch/loss__MIN\","
      + "\"brave-fox-1 - epoch/loss__MAX\"\n\"0\",\"0.9\",\"0.9\",\"0.9\"\n\"1\",\"0.7\",\"0.7\",\"0.7\"\n"
    #expect(try history(chart) == ["loss": [0.9, 0.7]])
    let runs = ",_step,_runtime,loss,val/loss\n0,0,1.2,0.9,\n1,1,2.2,0.7,0.6\n"
    #expect(try history(runs) == ["loss": [0.9, 0.7], "val_loss": [0.6]])
    let board = "Wall time,Step,Value\n1795363231.5,0,0.9\n1795363232.5,1,0.7\n"
    #expect(
      try history(board, name: "run-validation-tag-epoch_loss.csv") == ["val_loss": [0.9, 0.7]])
  }

  @Test("are told from tables of data")
  func leavesDataAlone() {
    for text in [
      "a,b,loss\n1,2,3\n", "epoch,price\n1,2\n", "step\n1\n", "x;y\n1;2\n", "loss,gain\n1,2\n",
    ] {
      #expect(!TrainingLog.recognises(LogBeginning(Array(text.utf8))), "\(text)")
    }
    #expect(TrainingLog.recognises(LogBeginning(Array("epoch,loss\n".utf8))))
  }
}

@Suite("Histories in JSON")
struct JSONHistoryTests {
  @Test("are read, with what stands for NaN")
  func reads() throws {
    let log = try TrainingLog(
      parsing: Array(#"{"loss": [0.5, NaN, null, "inf"], "acc": [0.1, 0.2, 0.3, 0.4]}"#.utf8),
      of: "h.json")
    let losses = try #require(log.recorded?.history["loss"])
    #expect(losses.count == 4 && losses[1].isNaN && losses[2].isNaN && losses[3] == .infinity)
    #expect(log.recorded?.history["accuracy"] == [0.1, 0.2, 0.3, 0.4])
    let wrapped = try TrainingLog(
      parsing: Array(#"{"epoch": [0, 1], "history": {"loss": [2, 1]}}"#.utf8), of: "h.json")
    #expect(wrapped.recorded?.history["loss"] == [2, 1])
  }
}
