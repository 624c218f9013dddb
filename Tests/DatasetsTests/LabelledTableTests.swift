import Datasets
import FileAccess
import Tensors
import Testing

@Suite struct LabelledTableTests {
  static func read(_ text: String, label: String? = nil) throws -> LabelledTable {
    try LabelledTable(parsing: Array(text.utf8), of: "table.csv", label: label)
  }

  static let separators = [",", ";", "\t", "|"]
  @Test(arguments: separators, ["\n", "\r\n", "\r"])
  func findsSeparatorHeaderAndLabels(_ separator: String, _ end: String) throws {
    let rows = [["a", "b", "species"], ["1", "2.5", "x"], ["3", "-4e1", "w"], ["5", "", "x"]]
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: end) + end
    let table = try Self.read(text)
    #expect(table.features.shape == [3, 2])
    #expect(table.features.columnNames == ["a", "b"])
    #expect(table.labelName == "species")
    #expect(table.categories == ["w", "x"])
    #expect(try table.labels.rowSource.tensor().scalars == [1, 0, 1])
    let scalars = try table.features.rowSource.tensor().scalars
    #expect(scalars[..<5] == [1, 2.5, 3, -40, 5])
    #expect(scalars[5].isNaN)
  }

  @Test func withoutHeaderTheLastColumnIsTheLabel() throws {
    let table = try Self.read("1,2,0\n3,4,1\n")
    #expect(table.features.shape == [2, 2])
    #expect(table.features.columnNames.isEmpty)
    #expect(try table.labels.rowSource.tensor().scalars == [0, 1])
    #expect(table.features.dtype == "int64")
  }

  @Test func labelColumnByNameOrPosition() throws {
    let text = "target,a,b\n1,2,3\n4,5,6\n"
    #expect(try Self.read(text).labels.rowSource.tensor().scalars == [1, 4])
    #expect(try Self.read(text, label: "a").labels.rowSource.tensor().scalars == [2, 5])
    #expect(try Self.read(text, label: "-1").labels.rowSource.tensor().scalars == [3, 6])
    #expect(throws: InputError.self) { try Self.read(text, label: "c") }
  }

  @Test(arguments: ["", "NA", "NaN", "nan", "?", "null", "N/A", "None", " "])
  func missingValuesBecomeNaN(_ word: String) throws {
    let table = try Self.read("a,b,y\n1,\(word),0\n2,3,1\n")
    #expect(try table.features.rowSource.tensor().scalars[1].isNaN)
    #expect(table.features.unreadable == 0)
    #expect(table.features.dtype == "float64")
  }

  @Test func wordsAmongFeaturesAreCounted() throws {
    let table = try Self.read("a,b,y\n1,red,0\n2,green,1\n3,7,1\n")
    #expect(table.features.unreadable == 2)
    #expect(try table.features.rowSource.tensor().scalars[5] == 7)
  }

  @Test func quotesHoldSeparatorsQuotesAndLineEnds() throws {
    let table = try Self.read("\"a,1\",\"say \"\"b\"\"\",y\n1,2,\"p\nq\"\n3,4,r\n")
    #expect(table.features.columnNames == ["a,1", "say \"b\""])
    #expect(table.categories == ["p\nq", "r"])
  }

  @Test func decimalCommasAreReadBetweenSemicolons() throws {
    #expect(
      try Self.read("a;y\n1,5;0\n2,25;1\n").features.rowSource.tensor().scalars == [1.5, 2.25])
  }

  @Test func truthValuesAreNumbers() throws {
    #expect(try Self.read("a,y\nTrue,0\nfalse,1\n").features.rowSource.tensor().scalars == [1, 0])
  }

  @Test func aByteOrderMarkIsNoPartOfAName() throws {
    #expect(try Self.read("\u{FEFF}a,y\n1,0\n").features.columnNames == ["a"])
  }

  @Test func blankLinesAreSkipped() throws {
    #expect(try Self.read("a,y\n\n1,0\n\n2,1\n\n").features.shape == [2, 1])
  }

  static let broken: [(String, CSVProblem)] = [
    ("", .empty), ("a,y\n", .empty), ("1,2\n3\n", .ragged(found: 1, expected: 2, first: 1)),
    ("1,\"2\n3,4\n", .openQuote),
  ]
  @Test(arguments: broken)
  func refuses(_ text: String, _ problem: CSVProblem) {
    #expect {
      try Self.read(text)
    } throws: { error in
      (error as? InputError)?.problem as? CSVProblem == problem
    }
  }

  @Test func errorsNameTheLine() {
    #expect {
      try Self.read("a,y\n1,2\n\n3,4,5\n")
    } throws: { error in
      "\(error)".contains("line 4")
    }
    #expect {
      try LabelledTable(parsing: [0x61, 0x0A, 0xFF, 0x0A], of: "t", label: nil)
    } throws: { error in
      "\(error)".contains("line 2")
    }
  }

  @Test func theWordsOfOneTableNumberThoseOfAnother() throws {
    let table = try LabelledTable(
      parsing: Array("a,y\n1,dog\n2,cat\n3,owl\n".utf8), of: "t", label: nil,
      categories: ["cat", "dog", "eel"])
    #expect(try table.labels.rowSource.tensor().scalars[..<2] == [1, 0])
    #expect(table.labels.unreadable == 1)
  }
}
