import AttuneCore
import Foundation
import Testing

@testable import AttuneCommands

/// Blocks of lines, whatever the input's lines, blocks and source are like.
@Suite struct LineBlocksTests {
    private struct Line: Equatable {
        var text: [UInt8]
        var number: Int
    }

    private static func lines(_ path: String, blockSize: Int) throws -> (lines: [Line], oversized: [Int]) {
        var blocks = LineBlocks(try InputFile(path: path), blockSize: blockSize)
        var block = LineBlock()
        var lines = [Line]()
        var oversized = [Int]()
        while try blocks.next(into: &block) {
            block.forEachLine { text, number in
                lines.append(Line(text: Array(text), number: number))
                return true
            }
            if let line = block.oversized { oversized.append(line) }
        }
        return (lines, oversized)
    }

    private static func expected(_ bytes: [UInt8]) -> [Line] {
        var parts = bytes.split(separator: 10, omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        return parts.enumerated().map { Line(text: Array($1.last == 13 ? $1.dropLast() : $1), number: $0 + 1) }
    }

    @Test(arguments: ["a\nb\n", "a\nb", "\n\n\n", "a\r\n\r\nb\r", "one line", "\r", "a\rb\n", "\n", "x\n\ny"])
    func cases(text: String) throws {
        try Temporary.with { folder in
            let path = folder.appendingPathComponent("in").path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let found = try Self.lines(path, blockSize: LineBlocks.blockSize)
            #expect(found.lines == Self.expected(Array(text.utf8)))
        }
    }

    @Test func everySizeOfBlockGivesTheSameLines() throws {
        try Temporary.with { folder in
            var bytes = [UInt8]()
            var state: UInt32 = 7
            for _ in 0..<3_000 {
                state = state &* 1_664_525 &+ 1_013_904_223
                let length = state >> 28 == 0 ? 3_000 : Int(state >> 24) % 90
                bytes += Array(repeating: UInt8(97 + state >> 16 % 26), count: length) + (state & 64 == 0 ? [10] : [13, 10])
            }
            let plain = folder.appendingPathComponent("in.txt").path
            try Data(bytes).write(to: URL(fileURLWithPath: plain))
            let expected = Self.expected(bytes)
            for size in [1, 7, 64, 1_000, 4_096, 100_000, 1 << 20] {
                let found = try Self.lines(plain, blockSize: size)
                #expect(found.lines == expected, "blocks of \(size)")
                #expect(found.oversized.isEmpty)
            }
            let packed = try Self.gzip(plain)
            for size in [64, 100_000] {
                let found = try Self.lines(packed, blockSize: size)
                #expect(found.lines == expected, "gzip, blocks of \(size)")
            }
        }
    }

    /// Two members behind each other, and zeros behind them as a tape leaves them.
    private static func gzip(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            "head -c 50000 '\(path)' | gzip -c > '\(path).gz'; tail -c +50001 '\(path)' | gzip -c >> '\(path).gz'; head -c 200000 /dev/zero >> '\(path).gz'",
        ]
        try process.run()
        process.waitUntilExit()
        return path + ".gz"
    }

    @Test func aLineBeyondTheLimitIsLeftOutAndTheRestGoesOn() throws {
        try Temporary.with { folder in
            let path = folder.appendingPathComponent("in").path
            let long = [UInt8](repeating: 0x61, count: LineBlocks.lineLimit + 1)
            let allowed = [UInt8](repeating: 0x62, count: LineBlocks.lineLimit)
            try Data(Array("first\n".utf8) + long + Array("\nthird\n".utf8) + allowed + Array("\nfifth".utf8)).write(to: URL(fileURLWithPath: path))
            let found = try Self.lines(path, blockSize: LineBlocks.blockSize)
            #expect(found.lines.map(\.number) == [1, 3, 4, 5])
            #expect(found.lines.map(\.text.count) == [5, 5, allowed.count, 5])
            #expect(found.oversized == [2])
            try Data(long).write(to: URL(fileURLWithPath: path))
            let alone = try Self.lines(path, blockSize: LineBlocks.blockSize)
            #expect(alone.lines.isEmpty && alone.oversized == [1])
        }
    }

    @Test func lookingAheadTakesNothingAway() throws {
        try Temporary.with { folder in
            let path = folder.appendingPathComponent("in").path
            let text = (0..<20_000).map { "line \($0)\n" }.joined()
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            for file in [path, try Self.gzip(path)] {
                let input = try InputFile(path: file)
                #expect(try input.peek(100_000) == Array(text.utf8.prefix(100_000)))
                var all = ByteBuffer()
                while try input.read(into: &all) > 0 {}
                #expect(String(decoding: all.bytes, as: UTF8.self) == text)
            }
        }
    }
}
