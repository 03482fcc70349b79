import AttuneCore
import Foundation
import Synchronization
import Testing

@testable import AttuneCommands

/// Several threads, one order.
@Suite struct OrderedBlocksTests {
    /// The numbers of the lines that came out, and what ended the run.
    private static func run(_ path: String, threads: Int, failingAt failure: Int = .max) throws -> (numbers: [Int], failure: (any Error)?) {
        let blocks = OrderedBlocks(LineBlocks(try InputFile(path: path), blockSize: 256))
        let numbers = Mutex<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            var block = LineBlock()
            var found = [Int]()
            while let number = blocks.next(into: &block) {
                found.removeAll()
                block.forEachLine { _, line in
                    found.append(line)
                    return true
                }
                blocks.inTurn(number) {
                    if number == failure { throw BrokenPipe() }
                    numbers.withLock { $0 += found }
                }
            }
        }
        var error: (any Error)?
        do { try blocks.finish() } catch let thrown { error = thrown }
        return (numbers.withLock { $0 }, error)
    }

    private static func withInput(_ body: (String) throws -> Void) throws {
        try Temporary.with { folder in
            let path = folder.appendingPathComponent("in").path
            try Data((0..<20_000).map { "line \($0)\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
            try body(path)
        }
    }

    @Test(arguments: [1, 2, 5])
    func resultsComeInTheOrderOfTheInput(threads: Int) throws {
        try Self.withInput { path in
            let result = try Self.run(path, threads: threads)
            #expect(result.failure == nil)
            #expect(result.numbers == Array(1...20_000))
        }
    }

    @Test(arguments: [1, 2, 5])
    func aFailureEndsTheRunBehindWhatCameBefore(threads: Int) throws {
        try Self.withInput { path in
            let result = try Self.run(path, threads: threads, failingAt: 7)
            #expect(result.failure is BrokenPipe)
            #expect(!result.numbers.isEmpty && result.numbers.count < 1_000)
            #expect(result.numbers == Array(1...result.numbers.count))
        }
    }

    @Test func anUnreadableRestIsToldBehindTheResults() throws {
        try Temporary.with { folder in
            let path = folder.appendingPathComponent("in").path
            try Data((0..<20_000).map { "line \($0)\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "gzip -c '\(path)' | head -c 20000 > '\(path).gz'"]
            try process.run()
            process.waitUntilExit()
            let result = try Self.run(path + ".gz", threads: 2)
            #expect(result.failure is CommandFailure)
            #expect(result.numbers.count > 100 && result.numbers == Array(1...result.numbers.count))
        }
    }
}
