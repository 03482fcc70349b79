import AttuneCore
import AttuneEngine
import Testing

@testable import AttuneConnectors

@Suite struct RepeatedTextTests {
    static let cases: [(text: String, other: String, isRepeated: Bool)] = [
        ("Late again", "Late again", true),
        ("Late again", "  Late\n\n*again*! ", true),
        ("<Late> again?", "Late again", true),
        ("Late again", "Late again and cold", false),
        ("Late again and cold", "Late again", false),
        ("Late again", "late again", false),
        ("Größe 42 €", "Größe: 42", true),
        ("遅い 😡", "遅い😡", true),
        ("遅い 😡", "遅い", false),
        ("", "", false),
        ("...", "!?", false),
        ("...", "Late", false),
        ("Late", "...", false),
    ]

    @Test(arguments: cases) func lettersAndDigitsInTheirOrderCount(_ text: String, _ other: String, _ isRepeated: Bool) {
        #expect(RepeatedText(text).isRepeated(by: other) == isRepeated)
    }

    /// ASCII is compared by its bytes, and where it goes over into other letters must not show.
    @Test func anyTwoTextsAreComparedByTheirLettersAndDigits() {
        let pieces = [
            "a", "b", "Z", "7", " ", "\n", "-", "@", "[", "`", "{", "é", "ß", "ñ", "ɏ", "×", "÷", "—", "’", "ⁿ", "😡", "\u{A0}", "e\u{301}", "遅", "٣",
        ]
        func essence(_ text: String) -> [Unicode.Scalar] {
            text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.value >= 0x1F000 }
        }
        var generator = SplitMix64(seed: 13)
        func text(_ length: ClosedRange<Int>) -> String {
            (0..<Int.random(in: length, using: &generator)).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined()
        }
        var repeated = 0
        var reader = JSONReader()
        for _ in 0..<20_000 {
            let (head, tail) = (text(0...4), text(0...2))
            let (one, other) = (head + text(0...1) + tail, head + text(0...1) + tail)
            let isRepeated = !essence(one).isEmpty && essence(one) == essence(other)
            repeated += isRepeated ? 1 : 0
            #expect(RepeatedText(one).isRepeated(by: other) == isRepeated, "\(one) | \(other)")
            // The same of a member of a payload, with escapes and without.
            let json = Array(JSONWriter.bytes(.string(other)))
            let isSaid = json.withUnsafeBufferPointer { try? RepeatedText(one).isRepeated(by: reader.parse($0)) }
            #expect(isSaid == isRepeated, "\(one) | \(other)")
            #expect((RepeatedText(one).mark == RepeatedText(other).mark) == (essence(one) == essence(other)), "\(one) | \(other)")
            #expect((RepeatedText(one).mark == nil) == essence(one).isEmpty, "\(one)")
        }
        #expect(repeated > 2_000 && repeated < 18_000)
    }
}

@Suite struct PlainTimeTests {
    /// Whether the short way takes it.
    static let cases: [(text: String, isPlain: Bool)] = [
        ("2026-02-03T09:14:07Z", true), ("2026-02-03T09:14:07.123456789Z", true), ("1706950000.123456", true), ("1706950000", true),
        ("1706950000123", true), ("-5", true), ("2026-02-03T09:14:07+02:00", true), ("2026-02-03T09:14:07.000+0000", true),
        ("2026-02-03 09:14:07 UTC", true), ("2026-02-03 09:14:07", false), ("2026-02-30T09:14:07Z", false), ("2026-02-30T09:14:07+02:00", false),
        ("2026-02-03T09:14:07+25:00", false),
        ("Tue, 3 Feb 2026 09:14:07 +0000", false), ("", false), ("soon", false), ("9223372036854775807", false),
    ]

    /// What it takes, the long way reads in the same way.
    @Test(arguments: cases) func theShortWaySaysWhatTheLongOneDoes(_ text: String, _ isPlain: Bool) {
        var reader = TimestampReader(ConnectorConfiguration())
        let plain = Array(text.utf8).withUnsafeBufferPointer { TimestampReader.plain($0) }
        #expect((plain != nil) == isPlain)
        if let plain { #expect(reader.read(text, followsPattern: false)?.at == plain) }
    }
}
