/// The version of this program, as reports and `--version` name it.
public enum DownhillVersion {
  /// The version, in the form of semantic versioning.
  public static let current = "0.1.0"
}
