import CaseFile
import Testing

@Suite struct RecordedRunTests {
  @Test func errorLineIsTheOneThatTells() {
    let graph = """
      InvalidArgumentError: Graph execution error:

      Detected at node embedding/GatherV2 defined at (most recent call last):
        File "train.py", line 15, in <module>

      indices[16,3] = 200 is not in [0, 200)
      \t [[{{node embedding/GatherV2}}]] [Op:__inference_multi_step_on_iterator_1242]
      """
    #expect(
      RecordedRun(error: graph).errorLine
        == "InvalidArgumentError: indices[16,3] = 200 is not in [0, 200)")
    #expect(
      RecordedRun(error: "ValueError: shapes differ\nmore about it").errorLine
        == "ValueError: shapes differ")
    #expect(RecordedRun().errorLine == nil)
  }
}
