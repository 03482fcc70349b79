import AttuneCore

/// The time as the dispatcher sees it, so that tests run a day of retries in a moment.
public struct DispatcherClock: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Returns after the duration, throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    public static let system = DispatcherClock(now: { .systemNow() }, sleep: { try await Task.sleep(for: $0) })
}
