import Dispatch
import Foundation
import Synchronization

/// Whether the user asked to stop (SIGINT, SIGTERM). Long work looks at it between commits.
final class Interrupt: Sendable {
    private let requested = Atomic(false)
    private let sources: [any DispatchSourceSignal]

    var isRequested: Bool { requested.load(ordering: .relaxed) }

    init() {
        sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the process before the source hears of it.
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for source in sources {
            source.setEventHandler { [weak self] in self?.requested.store(true, ordering: .relaxed) }
            source.resume()
        }
    }
}
