import Foundation
import JSON
import TestSupport
import Testing

@Suite("downhill run")
struct RunCommandTests {
  /// A program that leaves what the recorder would leave.
  private static let recorded = """
    mkdir -p "$DOWNHILL_CAPTURE/1-fit001"
    cp "\(SampleFiles.sickRun)"/* "$DOWNHILL_CAPTURE/1-fit001/"
    echo results
    exit 3
    """

  @Test("leaves output and exit code of the program as they are")
  func isTransparent() throws {
    let run = try Executable.run(["run", "sh", "-c", "echo out; echo err >&2; exit 5"])
    #expect(run.output == "out\n")
    #expect(run.status == 5)
    #expect(run.messages.hasPrefix("err\n"))
    #expect(run.messages.contains("nothing was recorded"))
  }

  @Test("takes the command behind two dashes, with its own options")
  func takesDashes() throws {
    let run = try Executable.run(["run", "--quick", "--", "printf", "%s", "--quick"])
    #expect(run.output == "--quick")
  }

  @Test("diagnoses the recording on the message stream")
  func diagnoses() throws {
    let run = try Executable.run(["run", "--quick", "--", "sh", "-c", Self.recorded])
    #expect(run.output == "results\n")
    #expect(run.status == 3)
    #expect(run.messages.contains("the loss stays between"))
  }

  @Test("exits as diagnose does if asked, writes the report, and keeps the recording")
  func keepsRecording() throws {
    let scratch = try Scratch()
    let report = scratch.url("report.json").path
    let keep = scratch.url("kept").path
    let run = try Executable.run([
      "run", "--quick", "--diagnose-exit-code", "--report", report, "--keep", keep, "--", "sh",
      "-c", Self.recorded,
    ])
    let document = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: report))))
    let isFault = document["verdict"]?.string == "fault"
    #expect(run.status == (isFault ? 1 : 0))
    #expect(FileManager.default.fileExists(atPath: keep + "/1-fit001/capture.json"))
  }

  /// Runs a program that prints `seen` once it finds what it waits for in the messages of the command that
  /// runs it.
  private func expectSeen(_ program: String, under option: String, messagesIn heard: String) throws
  {
    let inner = #""$INNER" run \#(option) --no-diagnosis -- sh -c "$PROGRAM" 2> "$HEARD""#
    let outer = try Executable.run(
      ["run", "--no-diagnosis", "--", "sh", "-c", inner],
      environment: ["INNER": Executable.place.path, "PROGRAM": program, "HEARD": heard])
    #expect(outer.output == "seen\n")
    #expect(outer.status == 0)
  }

  @Test("says with --watch what is wrong while the program still runs, and leaves its output alone")
  func watches() throws {
    // The program ends once it finds what was said of it, or gives up after some time.
    let scratch = try Scratch()
    let heard = scratch.url("messages.txt").path
    let program = """
      folder="$DOWNHILL_CAPTURE/1-fit001"
      mkdir -p "$folder"
      echo '{"loss": [0.5, NaN]}' > "$folder/history.json"
      echo '{"fit": {"epochs": 90}}' > "$folder/capture.json"
      for i in $(seq 100); do
        grep -q 'first verdict' "$HEARD" && echo seen && exit 0
        sleep 0.1
      done
      exit 7
      """
    try expectSeen(program, under: "--watch", messagesIn: heard)
    let messages = try String(contentsOf: scratch.url("messages.txt"), encoding: .utf8)
    #expect(messages.contains("first verdict: the loss is not a number from epoch 2 on"))
  }

  @Test("shows with --page the run and its losses while the program still runs")
  func servesPage() throws {
    // The program looks at the page itself, and ends once it finds its losses there.
    let scratch = try Scratch()
    let heard = scratch.url("messages.txt").path
    let program = """
      folder="$DOWNHILL_CAPTURE/1-fit001"
      mkdir -p "$folder"
      echo '{"loss": [0.75, 0.625, 0.5]}' > "$folder/history.json"
      echo '{"fit": {"epochs": 90}}' > "$folder/capture.json"
      for i in $(seq 100); do
        url=$(grep -o 'http://[^ ]*/run/[0-9]*' "$HEARD")
        python3 -c "import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())" \
          "$url" > "$HEARD.page" 2> /dev/null
        grep -q '<svg' "$HEARD.page" && echo seen && exit 0
        sleep 0.1
      done
      exit 7
      """
    try expectSeen(program, under: "--page", messagesIn: heard)
    let page = try String(contentsOf: scratch.url("messages.txt.page"), encoding: .utf8)
    #expect(page.contains("<svg"))
  }

  @Test("says when the command cannot be started")
  func refuses() throws {
    let run = try Executable.run(["run", "/nowhere/python", "train.py"])
    #expect(run.status == 127)
    #expect(run.messages.contains("cannot start /nowhere/python"))
    #expect(try Executable.run(["run"]).status == 64)
  }
}
