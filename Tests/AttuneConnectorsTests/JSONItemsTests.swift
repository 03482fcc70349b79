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

    /// A comma behind the last item says nothing; any other that is too many is a mistake as before.
    @Test(
        arguments: [
            (#"[{"a":1},{"a":2},]"#, [#"1 {"a":1}"#, #"1 {"a":2}"#]),
            ("[\n{\"a\":1,},\n{\"a\":[1,\n],},\n]\n", [#"2 {"a":1}"#, #"3 {"a":[1]}"#]),
            (#"{"items":[{"a":1},{"a":2},],"n":1,}"#, [#"1 {"a":1}"#, #"1 {"a":2}"#]),
            ("{\"a\":\",]\",}\n{\"a\":2}", [#"1 {"a":",]"}"#, #"2 {"a":2}"#]), ("{\n\"a\":{\"b\":1,\n},\n}\n", [#"1 {"a":{"b":1}}"#]),
            ("[1,,]", nil), ("[,]", nil), ("{,}", nil), (#"{"a":,}"#, nil), (#"{"a":[1,,]}"#, nil), (#"{"a":[,]}"#, nil), (#"{"a":1,,}"#, nil),
        ] as [(String, [String]?)])
    func trailingCommas(text: String, expected: [String]?) throws {
        for pieces in 1...text.utf8.count {
            // What was mended has no rejection beside it.
            let read = try items(text, pieces: pieces, unwraps: true).map { $0.hasSuffix("} 0") ? String($0.dropLast(2)) : $0 }
            if let expected { #expect(read == expected) } else { #expect(read.last?.contains("not JSON") == true) }
        }
    }

    /// It costs no record, in a platform's JSON or in ours, and is told.
    @Test(arguments: [
        ("jsonl", #"{"messages":[{"id":"1","text":"a"},{"id":"2","text":"b"},],"n":1,}"#),
        ("jsonl", #"[{"id":"1","text":"a",},{"id":"2","text":"b"},]"#),
        ("google-play", #"{"reviews":[{"reviewId":"1","comments":[{"userComment":{"text":"a","starRating":5}}]},]}"#),
    ])
    func trailingCommasAreTold(connector: String, text: String) throws {
        let strict = text.replacing(",}", with: "}").replacing(",]", with: "]")
        func read(_ text: String) throws -> (operations: [AttuneCore.Operation], remarks: [String]) {
            var decoder = try ConnectorRegistry.standard.connector(named: connector)
                .makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: Array(text.utf8)) { operations.append($0) }
            return (operations, decoder.remarks)
        }
        let (found, expected) = (try read(text), try read(strict))
        #expect(found.operations == expected.operations && found.operations.allSatisfy { if case .message = $0 { true } else { false } })
        #expect(found.remarks.count { $0.contains("commas") } == 1 && !expected.remarks.contains { $0.contains("commas") })
        #expect(JSONText.hasTrailingComma(Array(text.utf8)) && !JSONText.hasTrailingComma(Array(strict.utf8)))
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
