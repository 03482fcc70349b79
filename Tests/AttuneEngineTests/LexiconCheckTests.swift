import Testing

@testable import AttuneEngine

@Suite struct LexiconCheckTests {
    private func findings(_ sources: LexiconSource...) -> [String] { LexiconCheck.findings(sources).map(\.description) }

    @Test func aCleanLexiconHasNothingToTell() {
        #expect(findings(TextFixture.source("valence", "en", ["good\t1.0", "bad\t-1.0"]), TextFixture.source("valence", "de", ["bad\t1.0"])) == [])
    }

    @Test(
        arguments: [
            (["good\thigh"], "error", "no weight"), (["good\t1.0", "good\t1.0"], "error", "stands already in line 3"),
            (["booking.com\t1.0"], "warning", "no word or sign"), (["good-bye\t1.0", "good bye\t1.0"], "warning", "one to the tokeniser"),
            (["naïve*\t1.0", "x-ray*\t1.0"], "warning", "a prefix is one"),
        ]) func aLineIsToldWithItsPlace(lines: [String], severity: String, part: String) throws
    {
        let found = findings(TextFixture.source("valence", "en", lines))
        #expect(found.count == 1)
        let finding = try #require(found.first)
        #expect(finding.hasPrefix("en/valence.tsv:\(2 + lines.count): \(severity): "), "\(finding)")
        #expect(finding.contains(part), "\(finding)")
    }

    @Test func whatTwoFilesSayOfATermIsCompared() {
        let valence = TextFixture.source("valence", "en", ["sick\t-1.0", "mad\t-2.0", "hardly\t-0.5", "fine\t1.0"])
        let idiom = TextFixture.source("idiom", "en", ["sick\t2.0", "mad\t-1.0"])
        let modifier = TextFixture.source("modifier", "en", ["hardly\tnegator\t-0.5", "hardly\tdampener\t0.5"])
        let again = LexiconSource(name: "mine/en.tsv", bytes: TextFixture.source("valence", "en", ["fine\t-1.0"]).bytes)
        let found = LexiconCheck.findings([valence, idiom, modifier, again])
        #expect(found.map(\.rule) == [.contradiction, .ambiguous, .ambiguous, .ambiguous, .contradiction, .duplicate])
        #expect(found.map(\.line) == [3, 3, 4, 4, 3, 3])
        #expect(found.allSatisfy { !$0.isError })
        #expect(found.first?.message == "`sick` is 2.0 here and -1.0 in en/valence.tsv:3; take one away")
        #expect(found.last?.message.contains("says 1.0") ?? false)
    }
}
