#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Another program that was run to its end.
struct ChildProcess {
  /// What it wrote to its standard output.
  let output: [UInt8]
  /// What it wrote to its standard error.
  let messages: [UInt8]
  /// Its exit code, or 128 plus the signal that ended it.
  let status: Int32

  /// Runs a program with arguments and waits for it.
  ///
  /// - Returns: `nil` if it cannot be started.
  init?(_ program: String, _ arguments: [String]) {
    var (out, err): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&out) == 0 else { return nil }
    guard pipe(&err) == 0 else {
      close(out[0])
      close(out[1])
      return nil
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, out[1], 1)
    posix_spawn_file_actions_adddup2(&actions, err[1], 2)
    for descriptor in out + err { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var strings: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    strings.append(nil)
    defer { for string in strings { free(string) } }
    var process: pid_t = 0
    let started = posix_spawn(&process, program, &actions, nil, &strings, environ) == 0
    close(out[1])
    close(err[1])
    (output, messages) = started ? ChildProcess.drain(out[0], err[0]) : ([], [])
    close(out[0])
    close(err[0])
    guard started else { return nil }
    var result: Int32 = 0
    while waitpid(process, &result, 0) < 0 && errno == EINTR {}
    let signal = result & 0x7F
    status = signal == 0 ? (result >> 8) & 0xFF : 128 + signal
  }

  /// Reads both pipes as they fill, so that neither stops the child.
  private static func drain(_ first: Int32, _ second: Int32) -> ([UInt8], [UInt8]) {
    var results: [[UInt8]] = [[], []]
    var pipes = [first, second].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while pipes.contains(where: { $0.fd >= 0 }) {
      guard poll(&pipes, nfds_t(pipes.count), -1) >= 0 else {
        if errno == EINTR { continue }
        break
      }
      for index in pipes.indices where pipes[index].fd >= 0 && pipes[index].revents != 0 {
        let count = read(pipes[index].fd, &buffer, buffer.count)
        if count > 0 {
          results[index].append(contentsOf: buffer.prefix(count))
        } else if count == 0 || errno != EINTR {
          pipes[index].fd = -1
        }
      }
    }
    return (results[0], results[1])
  }
}
