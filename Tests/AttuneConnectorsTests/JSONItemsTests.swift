import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct JSONItemsTests {
    /// Values of a text with the lines they begin in, or why there is none.
    private func items(_ text: String, pieces: Int, unwraps: Bool) throws -> [String] {
        var reader = JSONItems(unwraps: unwraps)
        var items = [String]()
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            var at = 0
            repeat {
                let end = min(at + pieces, bytes.count)
                try reader.feed(UnsafeBufferPointer(rebasing: bytes[at..<end]), isLast: end == bytes.count) { item, line in
                    switch item {
                    case .value(let node): items.append("\(line) \(JSONWriter.string(node.tree))")
                    case .mended(let node, let damaged): items.append("\(line) \(JSONWriter.string(node.tree)) \(damaged.count)")
                    case .rejected(let reason): items.append("\(line) \(reason)")
                    }
                }
                at = end
            } while at < bytes.count
        }
        return items
    }

    /// Where a text is cut changes nothing: values, lines, and what is wrong at its end.
    @Test(arguments: [
        "[\n 1,\n 23,\n\"a]\",\n {\"b\": [4]}\n]\n", "[]\n[1]\n\n[2,3]", "[1,2", "[1,", "[1,2}", "[1 2]", "[1,]", "[,1]", "[",
        "[[1],[2]]\n{\"a\":1}\n7",
        "{\n\"a\":1\n}\n{\n\"a\":2\n}\n", "{\n\"a\":1\n}\n{\n\"a\":", "{\n\"items\":[{\"a\":1},\n{\"a\":2}]\n}",
        "{\n\"items\":[{\"a\":1},\n{\"a\":2}",
        "[{\"items\":[1]},{\"items\":[2]}]", "12", "[-1,-23]",
    ])
    func cuts(text: String) throws {
        for unwraps in [false, true] {
            let whole = try items(text, pieces: text.utf8.count, unwraps: unwraps)
            for pieces in 1..<text.utf8.count { #expect(try items(text, pieces: pieces, unwraps: unwraps) == whole, "\(pieces)") }
        }
    }

    @Test func itemsOfALongArrayComeAsTheyArrive() throws {
        let texts = (1...2_000).map { "{\n\"text\":\"\(String(repeating: "x", count: $0 % 97))\",\n\"n\":\($0)}" }
        let text = "[" + texts.joined(separator: ",\n") + ",\n!]"
        let whole = try items(text, pieces: text.utf8.count, unwraps: false)
        #expect(whole.count == 2_001 && whole[1_999].hasPrefix("5998 ") && whole[2_000].hasPrefix("6001 "))
        for pieces in [97, 1_000, 4_096] { #expect(try items(text, pieces: pieces, unwraps: false) == whole) }
        var (reader, count) = (JSONItems(unwraps: false), 0)
        let half = Array(text.utf8.prefix(text.utf8.count / 2))
        try half.withUnsafeBufferPointer { try reader.feed($0, isLast: false) { _, _ in count += 1 } }
        #expect(count > 900)
    }
}
