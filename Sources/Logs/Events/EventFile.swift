import FileAccess

/// A file of events that the TensorBoard callback wrote.
struct EventFile: LogFormat {
  let name = "TensorBoard events"

  func recognises(_ beginning: LogBeginning) -> Bool { RecordFile.recognises(beginning.bytes) }

  func read(_ bytes: [UInt8], name: String) throws(InputError) -> TrainingLog {
    var folder = EventFolder(form: self.name)
    // The callback keeps training and validation in folders of these names.
    let parent = name.split(separator: "/").dropLast().last
    try folder.add(bytes, name: name, isValidation: parent == "validation")
    return folder.log()
  }
}
