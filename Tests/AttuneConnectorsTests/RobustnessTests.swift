import AttuneCore
import Testing

@testable import AttuneConnectors

/// What holds for every decoder and any bytes.
@Suite struct RobustnessTests {
    @Test(arguments: Files.fixtures.map(\.file).indices)
    func piecesOfAnySizeGiveTheSameOperations(index: Int) throws {
        let fixture = Files.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        let whole = try decode(fixture.connector, bytes, fixture.configuration)
        #expect(!whole.isEmpty)
        for size in [1, 2, 3, 5, 7, 11, 64, 100, 999] {
            #expect(try decode(fixture.connector, bytes, fixture.configuration, pieces: size) == whole, "pieces of \(size)")
        }
        #expect(try decode(fixture.connector, bytes, fixture.configuration) == whole)
    }

    /// Damage in one line of a line format leaves all other lines as they were.
    @Test func damageStaysInItsLine() throws {
        let lines = (0..<9).map { #"{"id":"\#($0)","text":"message \#($0)"}"# }
        let sound = try decode("jsonl", lines.joined(separator: "\n"))
        let target = Array(lines[4].utf8)
        for i in target.indices {
            var damaged = target
            damaged[i] ^= 0x41
            if damaged.contains(10) { continue }
            let bytes = Array((lines[..<4].joined(separator: "\n") + "\n").utf8) + damaged + Array(("\n" + lines[5...].joined(separator: "\n")).utf8)
            let operations = try decode("jsonl", bytes)
            #expect(operations.count == 9 && operations[..<4] == sound[..<4] && operations[5...] == sound[5...])
        }
    }

    @Test(arguments: ["text", "jsonl", "csv", "whatsapp-export", "whatsapp-cloud"])
    func emptyInputGivesNothing(connector: String) throws {
        #expect(try decode(connector, "").isEmpty || connector == "csv")
        for blank in ["\n", "\u{FEFF}", " \n \n"] { _ = try? decode(connector, blank) }
    }

    @Test func textReadsLines() throws {
        let operations = try decode("text", Array("\u{FEFF}one\r\n\r\n  \ntwo\n".utf8) + [0x81, 10] + Array("three".utf8))
        #expect(outline(operations) == ["message", "message", "rejected:5", "message"])
        #expect(messages(operations).map(\.text) == ["one", "two", "three"])
        let twice = try decode("text", "ok\nok\n", fileName: "a.txt")
        #expect(Set(messages(twice).map(\.id)).count == 2 && messages(twice)[0].timeBasis == .received)
    }

    @Test func textRejectsOnlyATooLongLine() throws {
        let limit = DecodingLimits.record
        for (length, expected) in [(limit, "message"), (limit + 1, "rejected:1")] {
            let bytes = [UInt8](repeating: 65, count: length) + Array("\nnext".utf8)
            #expect(outline(try decode("text", bytes, pieces: 1 << 20)) == [expected, "message"])
        }
    }
}
