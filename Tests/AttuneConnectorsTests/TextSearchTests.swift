import AttuneCore
import AttuneEngine
import Foundation
import Testing

@testable import AttuneConnectors

/// Against the standard library, where both speak of the same.
@Suite struct TextSearchTests {
    @Test(arguments: [
        ("", "a"), ("a", "a"), ("abcabc", "bc"), ("abcabc", "cb"), ("aaab", "aab"), ("4 out of 5", " out of "), ("é/ü", "/"), ("😀>😀", ">😀"),
        ("a\r\nb\r\nc", "\r\n"),
        ("a -> b -> c", " -> "), ("longer than fifteen bytes, surely", "surely"), ("x", "longer than it"), ("ab", "abc"),
    ])
    func findsWhatIsThere(text: String, other: String) {
        let expected = NSString(string: text).range(of: other, options: .literal)
        #expect(text.contains(other) == (expected.location != NSNotFound))
        #expect(text.firstRange(of: other).map { text.utf16.distance(from: text.startIndex, to: $0.lowerBound) } ?? NSNotFound == expected.location)
        #expect(text.firstRange(of: other).map { String(text[$0]) } ?? other == other)
        #expect(
            text.replacing(other, with: "–")
                == NSString(string: text).replacingOccurrences(
                    of: other, with: "–", options: .literal, range: NSRange(location: 0, length: NSString(string: text).length)))
    }

    @Test func aPartOfATextIsSearchedAlone() throws {
        let text = "one, two, three"
        let rest = text[text.index(text.startIndex, offsetBy: 4)...]
        let range = try #require(rest.firstRange(of: ", "))
        #expect(text[range.upperBound...] == "three" && !rest.contains("one"))
    }

    /// Blanks of one byte and of several, marks that join them, and the line end that is one character.
    @Test func trimmingAgreesWithCharacters() {
        var generator = SplitMix64(seed: 3)
        let pieces = [" ", "\t", "\r\n", "\n", "a", "Z", "9", "é", "\u{A0}", "\u{202F}", "\u{3000}", "x\u{301}", "😀", "-", "\"", "."]
        for _ in 0..<5_000 {
            let text = (0..<generator.next() % 7).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
            let first = text.firstIndex { !$0.isWhitespace }
            let expected = first.map { String(text[$0...(text.lastIndex { !$0.isWhitespace } ?? $0)]) } ?? ""
            #expect(Array(text.trimmed.utf8) == Array(expected.utf8), "\(text.debugDescription)")
        }
    }

    @Test(arguments: ["", "/", "a", "a/b", "/a/é/", "//", "a//b😀", "media/photos/x.jpg"])
    func piecesAreThoseOfTheStandardLibrary(text: String) {
        #expect(text.pieces("/") == text.split(separator: "/") && text.lastPiece("/") == text.split(separator: "/").last.map(String.init))
    }

    @Test(arguments: [
        ("a", "b"), ("", "b"), ("a", ""), ("", ""), ("whatsapp-cloud:1122334455667", "wamid.HBgLMTY0"), ("é", "😀"),
        (String(repeating: "ö", count: 40), "x"),
    ])
    func scopedIDsAreJoinedByAColon(scope: String, name: String) {
        #expect(ScopedID.of(scope, name) == "\(scope):\(name)" && ScopedID.of(scope, name, separator: 0x1E) == "\(scope)\u{1E}\(name)")
    }

    /// Also in a part of a text, and with more occurrences than a byte counts.
    @Test func bytesAreFoundAndCounted() {
        var generator = SplitMix64(seed: 11)
        for length in Array(0...70) + [255, 256, 2_039, 2_040, 2_041, 4_100, 9_000] {
            let isDense = generator.next() % 2 == 0
            let bytes = (0..<length).map { _ in isDense && generator.next() % 8 > 0 ? UInt8(10) : UInt8(generator.next() % 128) }
            let text = String(decoding: bytes, as: UTF8.self)
            let cut = length / 3
            let part = text.utf8[text.utf8.index(text.startIndex, offsetBy: cut)...]
            for byte in [0, 10, 11, 127] as [UInt8] {
                #expect(bytes.withUnsafeBufferPointer { $0.count(of: byte) } == bytes.count { $0 == byte })
                #expect(text.utf8.contains(byte) == bytes.contains(byte))
                #expect(text.utf8.firstIndex(of: byte).map { text.utf8.distance(from: text.startIndex, to: $0) } == bytes.firstIndex(of: byte))
                #expect(part.firstIndex(of: byte).map { text.utf8.distance(from: text.startIndex, to: $0) } == bytes[cut...].firstIndex(of: byte))
            }
        }
    }

    /// A hash of a tuple is that of its parts with a separator between them.
    @Test(arguments: [["a"], ["v1", "", "é", "😀"], ["", ""]])
    func tuplesAreHashedWithSeparators(parts: [String]) {
        #expect(ContentIdentity.hash(parts) == SHA256.hex(Array(parts.joined(separator: "\u{1F}").utf8)))
    }

    /// Lines of known forms are read as the scanner reads them, whatever stands at each of their bytes.
    @Test func headersOfAKnownFormAreReadAlike() {
        let lines = [
            "[03/02/2026, 09:14:07] Ann: hi, this is late again", "2/3/26, 9:14 PM - Ann: hi, this is late again and again",
            "03.02.26, 09:14 - Ann: hi, this is late again and again", "[2026-02-03 9:14:07 AM] Ann: hi, this is late again",
        ]
        var generator = SplitMix64(seed: 5)
        for line in lines {
            var headers = HeaderReader()
            for round in 0..<4_000 {
                var bytes = Array(line.utf8)
                if round > 0 {
                    bytes[Int(generator.next() % 26)] = UInt8(truncatingIfNeeded: round % 3 == 0 ? generator.next() : 47 + generator.next() % 13)
                }
                if round % 5 == 0 { bytes.removeLast(Int(generator.next() % 30)) }
                bytes.withUnsafeBufferPointer { buffer in
                    let (a, b) = (headers.match(buffer, 0, buffer.count), HeaderScanner.match(buffer, 0, buffer.count))
                    #expect((a == nil) == (b == nil) && a?.style == b?.style && a?.bodyStart == b?.bodyStart, "\(bytes)")
                    guard let a, let b else { return }
                    #expect(a.date == b.date && a.hour == b.hour && a.minute == b.minute && a.second == b.second, "\(bytes)")
                }
            }
        }
    }
}
