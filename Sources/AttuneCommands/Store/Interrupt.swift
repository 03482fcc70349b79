import Foundation
import Synchronization

/// Whether the user asked to stop (SIGINT, SIGTERM). Long work looks at it between commits.
struct Interrupt: Sendable {
    /// A signal handler may touch nothing but this flag, and C calls it without a context: so it stands outside of any value.
    private static let requested = Atomic(false)

    var isRequested: Bool { Self.requested.load(ordering: .relaxed) }

    /// From now on the signals set the flag instead of ending the process.
    init() {
        for number in [SIGINT, SIGTERM] { signal(number) { _ in Interrupt.requested.store(true, ordering: .relaxed) } }
    }
}
