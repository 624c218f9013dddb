import CaseFile
import FileAccess
import Foundation
import JSON
import Tensors
import TestSupport
import Testing

import Datasets

/// Folders of images become arrays: classes by name, images in the model's size.
@Suite struct ImageFolderTests {
  /// A folder that is deleted at the end.
  private final class Scratch {
    let url: URL
    init() throws {
      url = FileManager.default.temporaryDirectory.appending(
        path: "images-\(UInt64.random(in: 0 ... .max))")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: url) }
    var path: String { url.path(percentEncoded: false) }

    func put(_ picture: String, at place: String) throws {
      let entry = try Golden.entries("pictures.json").first { $0["name"]?.string == picture }
      let data = try #require(entry?["file"]?.string.flatMap { Data(base64Encoded: $0) })
      try put(data, at: place)
    }

    func put(_ data: Data, at place: String) throws {
      let file = url.appending(path: place)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file)
    }
  }

  private let small = ImageSize(height: 4, width: 5, channels: 3)

  @Test func classesAreFoldersByName() throws {
    let scratch = try Scratch()
    try scratch.put("gray_8", at: "dogs/b.png")
    try scratch.put("colour_8", at: "cats/inner/a.PNG")
    try scratch.put("jpeg", at: "cats/c.jpg")
    try scratch.put(Data("not an image".utf8), at: "cats/notes.txt")
    try scratch.put(Data("hidden".utf8), at: "cats/.hidden.png")
    let data = try DataSet(paths: [scratch.path], imageSize: small)
    #expect(data.categories == ["cats", "dogs"])
    #expect(data.inputs[0].shape == [3, 4, 5, 3])
    #expect(try data.targets?.tensor().scalars.sorted() == [0, 0, 1])
    #expect(data.facts.features[0].shape == [3, 4, 5, 3])
    #expect(data.notes.count == 1)
    let again = try DataSet(paths: [scratch.path], imageSize: small)
    #expect(try again.inputs.map { try $0.tensor() } == data.inputs.map { try $0.tensor() })
    let vectors = try DataSet(paths: [scratch.path], imageSize: small, isOneHot: true)
    #expect(vectors.targets?.shape == [3, 2])
    #expect(vectors.facts.targets?.isOneHot == true)
  }

  /// What memory would not hold is decoded batch by batch, and the same rows come of it.
  @Test func imagesMayStayInTheirFiles() throws {
    let scratch = try Scratch()
    for part in ["train", "val"] {
      try scratch.put("gray_8", at: "\(part)/a/1.png")
      try scratch.put("colour_8", at: "\(part)/b/1.png")
      try scratch.put("jpeg", at: "\(part)/b/2.jpeg")
    }
    let held = try DataSet(paths: [scratch.path], imageSize: small)
    let stored = try DataSet(paths: [scratch.path], imageSize: small, largestInMemory: 0)
    for (found, wanted) in [
      (stored.inputs, held.inputs), (stored.validationInputs, held.validationInputs),
    ] {
      #expect(!(found[0] is Tensor))
      #expect(try found[0].tensor() == wanted[0].tensor())
      #expect(try found[0].tensor(ofRows: [2, 0]) == wanted[0].tensor(ofRows: [2, 0]))
    }
    #expect(try stored.targets?.tensor() == held.targets?.tensor())
    #expect(stored.facts.features[0].shape == [3, 4, 5, 3])
    #expect(stored.facts.validationFeatures[0].shape == [3, 4, 5, 3])
    #expect(stored.facts.targets == held.facts.targets)
    #expect(stored.notes.filter { $0.contains("facts are counted on 1 of 3") }.count == 2)
    try FileManager.default.removeItem(at: scratch.url.appending(path: "train/b/2.jpeg"))
    #expect(throws: InputError.self) { try stored.inputs[0].tensor() }
  }

  @Test func aPartToValidateOnIsFound() throws {
    let scratch = try Scratch()
    for part in ["train", "val"] {
      try scratch.put("gray_8", at: "\(part)/a/1.png")
      try scratch.put("colour_8", at: "\(part)/b/1.png")
    }
    try scratch.put("jpeg", at: "train/b/2.jpeg")
    let folder = try #require(Folder(path: scratch.path))
    #expect(ImageFolder.isOne(folder))
    let data = try DataSet(paths: [scratch.path], imageSize: small)
    #expect(data.rowCount == 3)
    #expect(data.validationInputs.first?.shape == [2, 4, 5, 3])
    try scratch.put("gray_8", at: "other/c/1.png")
    #expect(throws: InputError.self) {
      try DataSet(
        paths: [scratch.path], validation: [scratch.path + "/other"], imageSize: small)
    }
  }

  @Test func whatIsNoImageIsAnErrorWithItsPath() throws {
    let scratch = try Scratch()
    try scratch.put("gray_8", at: "a/1.png")
    try scratch.put(Data("GIF89a".utf8), at: "b/2.png")
    let error = #expect(throws: InputError.self) {
      try DataSet(paths: [scratch.path], imageSize: small)
    }
    #expect(error?.description.contains("b/2.png: a GIF, where PNG or JPEG is read") == true)
    let empty = try Scratch()
    try empty.put(Data(), at: "a/notes.txt")
    #expect(throws: InputError.self) { try DataSet(paths: [empty.path], imageSize: small) }
    #expect(ImageFolder.isOne(try #require(Folder(path: empty.path))) == false)
  }

  @Test func modelsSayTheSize() {
    #expect(ImageSize(rowShape: [8, 9, 1]) == ImageSize(height: 8, width: 9, channels: 1))
    #expect(ImageSize(rowShape: [8, 9, 5]) == nil)
    #expect(ImageSize(rowShape: [8]) == nil)
  }
}
