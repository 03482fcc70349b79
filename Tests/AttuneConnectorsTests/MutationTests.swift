import AttuneCore
import Testing

@testable import AttuneConnectors

/// Every byte of every fixture flipped, every cut made: nothing traps or hangs, nothing but `UnreadableInput` is thrown, and what
/// comes out does not depend on where the input was cut.
@Suite struct MutationTests {
    /// Bytes decoded for one fixture at most, in several kinds of flips where it is small: all fixtures together take seconds.
    private static let budget = 2 << 20
    private static let flips: [UInt8] = [0x01, 0x80, 0x22, 0x20, 0xFF, 0x5B]

    @Test(arguments: Files.fixtures.indices)
    func flippedBytes(index: Int) throws {
        let fixture = Files.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        #expect(bytes.count <= 8 << 10, "\(fixture.file): fixtures are small, so that every byte can be tried")
        let kinds = min(max(Self.budget / max(bytes.count * bytes.count, 1), 1), Self.flips.count)
        for i in bytes.indices {
            for kind in 0..<kinds {
                var damaged = bytes
                // One kind after the other where there is no time for all of them.
                damaged[i] ^= Self.flips[(i + kind) % Self.flips.count]
                try check(damaged, fixture, inPieces: (i + kind) % 32 == 0)
            }
        }
    }

    @Test(arguments: Files.fixtures.indices)
    func cutsAndInsertions(index: Int) throws {
        let fixture = Files.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        for i in bytes.indices {
            try check(Array(bytes[..<i]), fixture, inPieces: i % 32 == 0)
            if i % 2 == 0 { try check(Array(bytes[i...]), fixture, inPieces: i % 64 == 0) }
            if i % 4 == 1 { try check(Array(bytes[..<i] + bytes[(i + 1)...]), fixture, inPieces: false) }
            if i % 4 == 3 { try check(Array(bytes[..<i] + [UInt8(ascii: "\""), 0] + bytes[i...]), fixture, inPieces: false) }
        }
    }

    private func check(_ bytes: [UInt8], _ fixture: (connector: String, file: String, configuration: String), inPieces: Bool) throws {
        let whole = try outcome(bytes, fixture, pieces: nil)
        // JSON says something or is damaged, and both are told; other formats may consist of what says nothing, such as headers.
        if let first = bytes.first(where: { $0 > 32 }), first == UInt8(ascii: "{"), fixture.file.hasSuffix(".json"), whole?.isEmpty == true {
            Issue.record("\(fixture.file): nothing is told of \(String(decoding: bytes.prefix(200), as: UTF8.self))")
        }
        guard inPieces else { return }
        #expect(try outcome(bytes, fixture, pieces: 7) == whole, "\(fixture.file)")
        _ = try? ConnectorRegistry.standard.recognise(head: bytes[...], fileName: nil)
    }

    /// Nil when the input as a whole was refused.
    private func outcome(
        _ bytes: [UInt8], _ fixture: (connector: String, file: String, configuration: String), pieces: Int?
    ) throws -> [AttuneCore.Operation]? {
        do { return try decode(fixture.connector, bytes, fixture.configuration, pieces: pieces) } catch is UnreadableInput { return nil }
    }
}
