import AttuneCore
import Foundation

/// Hands the blocks of an input to several threads, and lets their results out in the order of the input.
///
/// A thread that is done with its block waits until the blocks before it are written, and only then takes another one: as many
/// blocks are in memory as there are threads.
// Unchecked: `lines`, `taken` and `isAtEnd` are touched with `input` locked only, the rest with `output` locked only.
final class OrderedBlocks: @unchecked Sendable {
    private let input = NSLock()
    private var lines: LineBlocks
    private var taken = 0
    private var isAtEnd = false
    private var readFailure: (any Error)?

    private let output = NSCondition()
    private var written = 0
    private var writeFailure: (any Error)?

    init(_ lines: LineBlocks) { self.lines = lines }

    /// Fills `block` with the next lines and returns its number; nil when there is nothing more to do.
    func next(into block: inout LineBlock) -> Int? {
        if output.withLock({ writeFailure != nil }) { return nil }
        return input.withLock {
            do {
                guard !isAtEnd, try lines.next(into: &block) else {
                    isAtEnd = true
                    return nil
                }
                taken += 1
                return taken - 1
            } catch {
                // What was read before is still written: the failure is told behind it.
                isAtEnd = true
                readFailure = error
                return nil
            }
        }
    }

    /// Waits until all blocks before this one are written, then calls `write`. Its failure ends the whole run.
    func inTurn(_ number: Int, _ write: () throws -> Void) {
        output.lock()
        while written < number, writeFailure == nil { output.wait() }
        let isWanted = writeFailure == nil
        output.unlock()
        // Nobody else has this number: what `write` does needs no lock.
        guard isWanted else { return }
        let failure: (any Error)?
        do {
            try write()
            failure = nil
        } catch let error {
            failure = error
        }
        output.lock()
        written = number + 1
        writeFailure = failure
        output.broadcast()
        output.unlock()
    }

    /// Throws what ended the run early; to be called when all threads are done.
    func finish() throws {
        if let writeFailure { throw writeFailure }
        if let readFailure { throw readFailure }
    }
}
