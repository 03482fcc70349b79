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
}
