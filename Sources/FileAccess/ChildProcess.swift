#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Another program that was run to its end.
package struct ChildProcess: Sendable {
  /// What it wrote to its standard output.
  package let output: [UInt8]
  /// What it wrote to its standard error.
  package let messages: [UInt8]
  /// Its exit code, or 128 plus the signal that ended it.
  package let status: Int32
  /// Whether it was ended because it took too long or wrote too much.
  package let isCutShort: Bool

  /// Runs a program with arguments and waits for it.
  ///
  /// - Parameters:
  ///   - input: What it reads from its standard input; `nil` leaves it ours.
  ///   - seconds: How long it may take before it is ended; `nil` for as long as it likes.
  ///   - limit: How many bytes it may write before it is ended.
  ///   - folder: Its working folder; ours if `nil`.
  /// - Returns: `nil` if it cannot be started.
  package init?(
    _ program: String, _ arguments: [String], input: [UInt8]? = nil, seconds: Double? = nil,
    limit: Int = .max, folder: String? = nil
  ) {
    var pipes: [[Int32]] = []
    defer { for ends in pipes { for end in ends where end >= 0 { close(end) } } }
    for _ in 0..<(input == nil ? 2 : 3) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[0][1], 1)
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 2)
    if input != nil { posix_spawn_file_actions_adddup2(&actions, pipes[2][0], 0) }
    var strings: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    strings.append(nil)
    defer { for string in strings { free(string) } }
    var process: pid_t = 0
    // The child begins where this program stands at that moment.
    let here = folder == nil ? nil : getcwd(nil, 0)
    defer { free(here) }
    if let folder, chdir(folder) != 0 { return nil }
    let isStarted = posix_spawn(&process, program, &actions, nil, &strings, environ) == 0
    if let here { chdir(here) }
    guard isStarted else { return nil }
    var exchange = Exchange(pipes, input: input ?? [], limit: limit)
    exchange.closeTheirEnds()
    isCutShort = !exchange.run(seconds: seconds)
    pipes = []
    if isCutShort { kill(process, SIGKILL) }
    (output, messages) = (exchange.results[0], exchange.results[1])
    var result: Int32 = 0
    while waitpid(process, &result, 0) < 0 && errno == EINTR {}
    let signal = result & 0x7F
    status = signal == 0 ? (result >> 8) & 0xFF : 128 + signal
  }
}

/// Serves all pipes of a child as they fill and empty, so that neither side stops the other.
private struct Exchange {
  /// What was read from each.
  var results: [[UInt8]] = [[], []]
  private var pipes: [[Int32]]
  private let input: [UInt8]
  private let limit: Int
  private var written = 0

  init(_ pipes: [[Int32]], input: [UInt8], limit: Int) {
    (self.pipes, self.input, self.limit) = (pipes, input, limit)
  }

  /// Closes the ends that the child now has.
  mutating func closeTheirEnds() {
    for index in pipes.indices { shut(index, index == 2 ? 0 : 1) }
  }

  private mutating func shut(_ index: Int, _ side: Int) {
    close(pipes[index][side])
    pipes[index][side] = -1
  }

  /// Reads and writes until the child has closed its ends, and closes ours.
  ///
  /// - Returns: Whether it came to an end within the limits.
  mutating func run(seconds: Double?) -> Bool {
    defer {
      for index in pipes.indices {
        for side in 0...1 where pipes[index][side] >= 0 { shut(index, side) }
      }
    }
    // A child that ends without reading must not end us with a signal.
    let handler = pipes.count > 2 ? signal(SIGPIPE, SIG_IGN) : nil
    defer { if let handler { signal(SIGPIPE, handler) } }
    if pipes.count > 2 {
      _ = fcntl(pipes[2][1], F_SETFL, O_NONBLOCK)
      if input.isEmpty { shut(2, 1) }
    }
    let start = Exchange.now
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while pipes[0][0] >= 0 || pipes[1][0] >= 0 {
      var polled = [0, 1].map { pollfd(fd: pipes[$0][0], events: Int16(POLLIN), revents: 0) }
      if pipes.count > 2 {
        polled.append(pollfd(fd: pipes[2][1], events: Int16(POLLOUT), revents: 0))
      }
      let left = seconds.map { $0 - (Exchange.now - start) }
      if let left, left <= 0 { return false }
      let ready = poll(
        &polled, nfds_t(polled.count), left.map { Int32(($0 * 1000).rounded(.up)) } ?? -1)
      if ready < 0, errno != EINTR { return false }
      guard ready > 0 else { continue }
      for index in 0...1 where polled[index].fd >= 0 && polled[index].revents != 0 {
        let count = read(pipes[index][0], &buffer, buffer.count)
        if count > 0 {
          results[index].append(contentsOf: buffer.prefix(count))
          if results[index].count > limit { return false }
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
          shut(index, 0)
        }
      }
      if polled.count > 2, polled[2].fd >= 0, polled[2].revents != 0 { send() }
    }
    return true
  }

  private mutating func send() {
    let count = input.withUnsafeBytes { bytes in
      write(pipes[2][1], bytes.baseAddress?.advanced(by: written), bytes.count - written)
    }
    if count > 0 { written += count }
    if written == input.count || (count < 0 && errno != EINTR && errno != EAGAIN) { shut(2, 1) }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
