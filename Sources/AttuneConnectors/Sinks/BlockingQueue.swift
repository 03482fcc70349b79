import Dispatch

/// Runs calls that block (files, name resolution, SQLite) on a thread of their own, so that no thread of Swift's small pool,
/// which also answers requests, waits for a disk.
package struct BlockingQueue: Sendable {
    private let queue: DispatchQueue

    package init(_ label: String) { queue = DispatchQueue(label: label) }

    /// One call at a time, in the order in which they were made.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
