import AttuneEngine
import Foundation
import Testing

@testable import AttuneCommands

/// The pack that is shipped is the one that the lexicons make.
@Suite struct ShippedPackTests {
    private static let lexicons = Larkspur.root.appendingPathComponent("Lexicons")
    private static let file = lexicons.appendingPathComponent(Installation.packName)

    @Test func thePackIsBuiltFromTheLexiconsAsTheyAre() throws {
        let shipped = try PackLoader.pack(file: Self.file.path)
        let (lexicon, problems) = Lexicon.read(try PackLoader.sources(Self.lexicons))
        #expect(problems.isEmpty)
        #expect(shipped.lexicon.hash == lexicon.hash, "a lexicon was changed: run `attune lexicon build` and commit Lexicons/attune.pack")
        #expect(shipped.lexicon.entryCount == lexicon.entryCount)
        // The same entries may still be cut into other words, when the tokeniser changed.
        let rebuilt = Pack(lexicon: lexicon, model: shipped.model).serialized()
        let bytes = try Array(Data(contentsOf: Self.file))
        #expect(rebuilt == bytes, "the engine builds another pack from the same lexicons: run `attune lexicon build` and commit Lexicons/attune.pack")
    }

    @Test func everyEntryOfEveryLexiconIsInThePack() throws {
        let shipped = try PackLoader.pack(file: Self.file.path).lexicon
        var written = Set<LexiconEntry>()
        for source in try PackLoader.sources(Self.lexicons) { written.formUnion(LexiconParser(source).entries) }
        #expect(written.count > 50_000)
        #expect(Set(shipped.entries) == written)
    }

    @Test func thePackHasItsHeadsAndIsSmall() throws {
        let shipped = try PackLoader.pack(file: Self.file.path)
        #expect(shipped.model?.groups.map(\.name).sorted() == ["feelings", "intent-confidence", "intents", "languages", "main", "outline"])
        #expect(try Data(contentsOf: Self.file).count <= 16_000_000)
        #expect(shipped.lexicon.byteCount < 9 << 20)
    }

    @Test func noLexiconHasALineThatCannotBeUsed() throws {
        let findings = LexiconCheck.findings(try PackLoader.sources(Self.lexicons))
        let errors = findings.filter(\.isError).map(\.description)
        #expect(errors == [])
    }
}
