import Foundation
import Testing

@testable import AttuneEngine

/// A pack of small lexicons and heads, and what is done to its bytes.
enum PackFixture {
    static let sources = [
        TextFixture.source("valence", "en", ["good\t2.0", "bad\t-2.0", "disappoint*\t-2.5", "café\t1.0", "waste\t-2.0", ":)\t1.5"]),
        TextFixture.source("idiom", "en", ["waste of time\t-2.7", "not bad\t1.2", "good for nothing\t-2.5", "good for you\t1.0"]),
        TextFixture.source("modifier", "en", ["not\tnegator\t-0.7", "very\tintensifier\t1.4", "but\tcontrast\t1.0"]),
        TextFixture.source("intent", "en", ["where is my order\torder-status\t1.0", "where is my refund\trefund\t1.0"]),
        TextFixture.source("valence", "de", ["gut\t2.0", "schön\t2.0", "bad\t0.5"]),
        TextFixture.source("sensitive", "de", ["krank\thealth"]),
        TextFixture.source("topic", "es", ["envío\tdelivery\t0.8"]),
    ]

    static var pack: Pack { Pack(lexicon: Lexicon.read(sources).0, model: ModelFile(groups: [smallHeads()], card: "a card")) }

    static func read(_ bytes: [UInt8]) throws(PackError) -> Pack {
        let memory = FencedMemory(bytes)
        return try Pack(storage: ModelStorage(mapped: memory.bytes, owner: memory))
    }

    /// The same bytes with the checksum that they should have.
    static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let sum = bytes.withUnsafeBytes { PackChecksum.of($0) }
        withUnsafeBytes(of: sum) { for (index, byte) in $0.enumerated() { bytes[24 + index] = byte } }
        return bytes
    }

    /// Uses every table of a pack; what comes out is not looked at.
    static func use(_ pack: Pack) {
        let texts = [
            "good for nothing, not bad but a waste of time :)", "disappointment at the café", "where is my order? where is my refund",
            "gut schön krank",
            "envio 😀", String(repeating: "good for ", count: 50),
        ]
        for text in texts {
            for language in [nil, "en", "de"] { _ = TextFixture.read(text, pack.lexicon, language) }
        }
        for index in 0..<min(pack.lexicon.entryCount, 100) { _ = pack.lexicon.entry(at: index) }
        _ = pack.serialized()
    }
}

/// Bytes that end where unreadable memory begins: a read behind them ends the process.
///
/// `@unchecked Sendable`: written in `init` only.
final class FencedMemory: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let start: UnsafeMutableRawPointer
    private let length: Int

    init(_ source: [UInt8]) {
        let page = Int(getpagesize())
        let used = (source.count + page - 1) / page * page
        length = used + page
        guard let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED else {
            preconditionFailure("no memory for a test")
        }
        self.start = start
        let place = start + (used - source.count)
        source.withUnsafeBytes { place.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(place), byteCount: source.count) }
        mprotect(place + source.count, page, PROT_NONE)
        bytes = UnsafeRawBufferPointer(start: place, count: source.count)
    }

    deinit { munmap(start, length) }
}

@Suite struct PackTests {
    @Test func aPackReadsBackAsItWasWritten() throws {
        let pack = PackFixture.pack
        let bytes = pack.serialized()
        let copy = try PackFixture.read(bytes)
        #expect(copy.serialized() == bytes)
        #expect(copy.hash == pack.hash)
        #expect(copy.model?.card == "a card")
        #expect(copy.lexicon.hash == pack.lexicon.hash)
        #expect(copy.lexicon.languages == ["und", "de", "en", "es"])
        #expect(Array(copy.lexicon.entries) == Array(pack.lexicon.entries))
        for text in ["not bad, good for nothing", "disappointing cafe", "schoen gut", "where is my refund"] {
            let (one, other) = (TextFixture.read(text, pack.lexicon), TextFixture.read(text, copy.lexicon))
            #expect(one.valence.map(\.value) == other.valence.map(\.value))
            #expect(one.labelled.map(\.entry) == other.labelled.map(\.entry))
            #expect(!one.valence.isEmpty || !one.labelled.isEmpty)
        }
    }

    @Test func entriesAreDecodedAsTheyWereWritten() {
        let entries = Set(PackFixture.pack.lexicon.entries)
        let written = PackFixture.sources.flatMap { LexiconParser($0).entries }
        #expect(entries == Set(written))
        #expect(entries.count == written.count)
    }

    @Test func aPackWithoutHeadsIsAPack() throws {
        let pack = Pack(lexicon: Lexicon.read([]).0, model: nil)
        let copy = try PackFixture.read(pack.serialized())
        #expect(copy.model == nil)
        #expect(copy.lexicon.entryCount == 0)
        #expect(TextFixture.read("anything at all 😀", copy.lexicon).valence.isEmpty)
    }

    /// Nothing is copied and nothing made per entry: every table that is used lies in the file's own memory.
    @Test func tablesAreUsedWhereTheyLie() throws {
        let storage = ModelStorage(copying: PackFixture.pack.serialized())
        let lexicon = try Pack(storage: storage).lexicon
        let view = lexicon.automaton.view
        let memory = Int(bitPattern: storage.base)..<Int(bitPattern: storage.base) + storage.bytes.count
        for place in [
            Int(bitPattern: view.vocabulary.slots), Int(bitPattern: view.vocabulary.starts), Int(bitPattern: view.vocabulary.bytes),
            Int(bitPattern: view.entries), Int(bitPattern: view.compact),
        ] { #expect(memory.contains(place)) }
        for part in lexicon.parts { #expect(memory.contains(Int(bitPattern: part.bytes.baseAddress))) }
        #expect(lexicon.byteCount < storage.bytes.count)
    }

    @Test func everyFlippedByteOfAPackIsRefused() {
        let bytes = PackFixture.pack.serialized()
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= index % 2 == 0 ? 0x01 : 0x80
            #expect(throws: PackError.self, "byte \(index)") { try PackFixture.read(damaged) }
        }
    }

    /// Two flips that a sum without mixing between its words would let cancel each other.
    @Test func twoFlippedBitsAreRefused() {
        let bytes = PackFixture.pack.serialized()
        var generator = SplitMix64(seed: 8)
        for distance in [1, 8, 16, 24, 32, 40, 48, 56, 64, 120, 128] {
            for _ in 0..<40 {
                var damaged = bytes
                let index = PackFormat.headerCount + generator.index(below: bytes.count - PackFormat.headerCount - distance)
                let bit = UInt8(1) << UInt8(generator.index(below: 8))
                damaged[index] ^= bit
                damaged[index + distance] ^= bit
                #expect(throws: PackError.self) { try PackFixture.read(damaged) }
            }
        }
    }

    @Test func everyShorterOrLongerPackIsRefused() {
        let bytes = PackFixture.pack.serialized()
        for count in stride(from: 0, to: bytes.count, by: 13) {
            #expect(throws: PackError.self) { try PackFixture.read(Array(bytes[..<count])) }
        }
        #expect(throws: PackError.length(found: bytes.count + 1, expected: bytes.count)) { try PackFixture.read(bytes + [0]) }
    }

    @Test func aRefusalSaysWhyAndWhatToDo() {
        let bytes = PackFixture.pack.serialized()
        func with(_ index: Int, _ value: [UInt8]) -> [UInt8] {
            var bytes = bytes
            bytes.replaceSubrange(index..<index + value.count, with: value)
            return PackFixture.sealed(bytes)
        }
        let cases: [([UInt8], PackError)] = [
            ([], .foreign), (Array("SQLite format 3, and so on until it is longer than the header of a pack".utf8), .foreign),
            (smallModel(), .foreign), (with(8, [9]), .version(found: 9, expected: 1)), (with(12, bytes[12..<16].reversed()), .byteOrder),
            (Array(bytes.dropLast()), .length(found: bytes.count - 1, expected: bytes.count)), (with(32, [bytes[32] ^ 1]), .engine),
            (with(40, [65]), .invalid("number of sections")), (with(64, [77]), .invalid("unknown section 77")),
            (with(64 + 24, [1]), .invalid("size of section facts")), (with(64 + 8, [1]), .invalid("place of section facts")),
        ]
        for (bytes, expected) in cases {
            #expect(throws: expected) { try PackFixture.read(bytes) }
            #expect(["`attune lexicon build`", "train"].contains { expected.description.contains($0) })
        }
        #expect(PackError.version(found: 2, expected: 1).description.contains("update Attune"))
    }

    private func smallModel() -> [UInt8] { ModelFile(groups: [smallHeads()], card: "").serialized() }

    @Test func headsAreReadFromAPackOfAnotherEngine() throws {
        var bytes = PackFixture.pack.serialized()
        bytes[32] ^= 1
        let model = try Pack.model(of: ModelStorage(copying: PackFixture.sealed(bytes)))
        #expect(model?.groups.map(\.name) == ["small"])
    }

    /// Header and section table byte by byte under a right checksum: refused or read, never a trap.
    @Test func aResealedHeaderNeverTraps() {
        let bytes = PackFixture.pack.serialized()
        var refused = 0
        for index in 0..<PackFormat.headerCount + PackSection.allCases.count * PackFormat.recordCount {
            for flip in [UInt8(0x01), 0x10, 0x40, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] ^= flip
                do { PackFixture.use(try PackFixture.read(PackFixture.sealed(damaged))) } catch { refused += 1 }
            }
        }
        #expect(refused > 500)
    }

    /// Random content under a right checksum, mostly small changes of small numbers: the kind that a check may miss.
    @Test func aResealedPackNeverTraps() {
        var generator = SplitMix64(seed: 11)
        let bytes = PackFixture.pack.serialized()
        let tables = PackFormat.headerCount..<bytes.count - (PackFixture.pack.model?.serialized().count ?? 0)
        var (refused, accepted) = (0, 0)
        for _ in 0..<4000 {
            var damaged = bytes
            for _ in 0...generator.index(below: 3) {
                let index = tables.lowerBound + generator.index(below: tables.count)
                damaged[index] = generator.index(below: 2) == 0 ? UInt8(truncatingIfNeeded: generator.next()) : damaged[index] &+ 1
            }
            do {
                PackFixture.use(try PackFixture.read(PackFixture.sealed(damaged)))
                accepted += 1
            } catch {
                refused += 1
            }
        }
        #expect(refused > 400 && accepted > 400)
    }
}
