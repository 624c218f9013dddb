/// A callback that writes files. A recorded run may name one, but what a recording says never makes
/// us write anywhere.
public protocol FileWritingCallback: Callback {}
