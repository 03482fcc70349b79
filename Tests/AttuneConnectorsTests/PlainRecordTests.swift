import AttuneCore
import AttuneEngine
import Testing

@testable import AttuneConnectors

/// What is read in short ways, against the longer ones.
@Suite struct PlainRecordTests {
    /// Every field is emptied, also one that somebody adds.
    @Test func aClearedRecordIsEmpty() {
        var record = GenericRecord()
        for field in FieldName.allCases { record.set(field, field == .promoterScore ? "7" : "true") }
        record.set(.isInbound, "yes")
        record.time = Timestamp(nanoseconds: 1)
        record.plainRole = .agent
        record.ratingReading = .unreadable("a")
        record.isUTC = true
        let empty = Dictionary(uniqueKeysWithValues: Mirror(reflecting: GenericRecord()).children.map { ($0.label ?? "", "\($0.value)") })
        for child in Mirror(reflecting: record).children { #expect("\(child.value)" != empty[child.label ?? ""], "\(child.label ?? "") was not set") }
        record.clear()
        for child in Mirror(reflecting: record).children { #expect("\(child.value)" == empty[child.label ?? ""], "\(child.label ?? "") is left") }
    }

    /// Blanks around a value send it the longer way, and say nothing.
    @Test(
        arguments: ["customer", "agent", "Agent", "bot", "emperor", ""],
        [
            "2026-02-03T09:14:07Z", "2026-02-03T09:14:07.25Z", "2026-02-03T09:14:07+01:00", "1770109747", "1770109747120", "20260203", "46056.38",
            "46056.3812", "0000000000", "9999999999999", "3/2/2026", "soon", "",
        ])
    func valuesWithBlanksAreReadAlike(role: String, time: String) throws {
        let plain = #"{"id":"1","role":"\#(role)","sentAt":"\#(time)","text":"x","author":"Priya","conversation":"c"}"#
        let wide = #"{"id":" 1","role":" \#(role) ","sentAt":"\t\#(time)","text":"x","author":"Priya\u00a0","conversation":"c "}"#
        let (first, second) = (try decode("jsonl", plain), try decode("jsonl", wide))
        #expect(first == second)
        // And without an id, which is made of the time as it is written.
        let nameless = try decode("jsonl", plain.replacing(#""id":"1","#, with: ""))
        #expect(
            messages(nameless).first?.sentAt == messages(first).first?.sentAt && messages(nameless).first?.author == messages(first).first?.author)
    }

    /// The time of a conversation is that of its messages, with and without ids of theirs.
    @Test func messagesTakeTheTimeOfTheirConversation() throws {
        let text =
            #"{"id":"c1","sentAt":"2026-02-03T09:14:07Z","messages":[{"text":"a"},{"id":"2","text":"b"},{"id":"3","sentAt":1770109800,"text":"c"}]}"#
        let read = messages(try decode("jsonl", text))
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:14:07Z", "2026-02-03T09:14:07Z", "2026-02-03T09:10:00Z"])
    }

    /// More names than are remembered, short and long ones, known and not, in one object after another.
    @Test func recentNamesAreThoseOfTheTable() throws {
        var (generator, names, reader) = (SplitMix64(seed: 15), RecentNames(), JSONReader())
        let known = FieldName.allCases.flatMap(\.names)
        for _ in 0..<400 {
            let keys = (0..<generator.next() % 40).map { _ -> String in
                let name = known[Int(generator.next() % UInt64(known.count))]
                return switch generator.next() % 4 {
                case 0: name
                case 1: name.uppercased()
                case 2: String(name.prefix(Int(generator.next() % 20)))
                default: name + String(repeating: "_", count: Int(generator.next() % 9)) + (generator.next() % 2 == 0 ? "" : "x")
                }
            }
            let text = "{" + keys.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
            let expected = keys.compactMap { FieldNameTable.standard.field($0) }.map { "\($0.field) \($0.rank)" }
            var found = [String]()
            try Array(text.utf8).withUnsafeBufferPointer { bytes in
                names.withEach(of: try reader.parse(bytes)) { known, _ in found.append("\(known.field) \(known.rank)") }
            }
            #expect(found == expected)
        }
    }

    /// Each byte of a time replaced by every other one.
    @Test(arguments: ["2026-02-03T09:14:07Z", "2026-12-31T23:59:59.123Z"])
    func timesWithOneOtherByteAreReadAsTheGrammarSays(text: String) {
        for place in text.utf8.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array(text.utf8)
                bytes[text.utf8.distance(from: text.startIndex, to: place)] = byte
                let hasForm = zip(bytes, text.utf8).allSatisfy { ($1 >= 48 && $1 <= 57) ? $0 >= 48 && $0 <= 57 : $0 == $1 }
                let expected = hasForm ? RFC3339.parse(String(decoding: bytes, as: UTF8.self)) : nil
                // A second of 60 is left to the grammar.
                #expect(bytes.withUnsafeBufferPointer { TimestampReader.plainUTC($0) } == expected || bytes[17] == UInt8(ascii: "6"))
            }
        }
    }

    @Test(arguments: [
        ("1770109747", true), ("1770109747120", true), ("0000000001234", true), ("9999999999", false), ("177010974a", true), ("-177010974", true),
    ])
    func numbersAreReadByTheirMagnitude(text: String, fits: Bool) {
        let read = Array(text.utf8).withUnsafeBufferPointer { UnixTime.read($0) }
        let number = Int64(text)
        let scale: Int64 = (number ?? 0) < 100_000_000_000 ? 1_000_000_000 : 1_000_000
        #expect(read?.nanoseconds == (fits ? number.map { $0 * scale } : nil))
    }

    /// The id of a record that no other is like is the hash of its parts.
    @Test(arguments: [("B00A", "1770109747120", "AE2Q", "Leaks"), ("", "", "", ""), ("é", "soon", "😀", "e\u{301}")])
    func uniqueIDsAreHashesOfTheirParts(conversation: String, clock: String, author: String, text: String) {
        let id = ContentIdentity(connector: "amazon-reviews").unique(conversation: conversation, wallClock: clock, author: author, text: text)
        #expect(id == ContentIdentity.hash(["v1", "amazon-reviews", conversation, clock, author, ContentIdentity.composed(text)]))
    }

    /// Names of elements are the same by number as by their letters.
    @Test func elementNamesAreComparedByTheirLetters() {
        var generator = SplitMix64(seed: 4)
        let letters = Array("aAbB19-:é_".utf8)
        for _ in 0..<4_000 {
            let (first, second) = (Int(generator.next() % 14), Int(generator.next() % 14))
            var bytes = (0..<first + second).map { _ in letters[Int(generator.next() % UInt64(letters.count))] }
            if first == second, generator.next() % 2 == 0 { bytes.replaceSubrange(first..., with: bytes[..<first].map { $0 == 65 ? 97 : $0 }) }
            bytes.withUnsafeBufferPointer { bytes in
                let isSame = HTMLName(bytes, 0..<first).isSame(as: HTMLName(bytes, first..<first + second), in: bytes)
                #expect(isSame == (HTMLTokenizer.lower(bytes, 0..<first) == HTMLTokenizer.lower(bytes, first..<first + second)))
            }
        }
    }

    /// A reply in which nothing is cut is the text itself, and any other what its bytes give.
    @Test func repliesAreCutAlikeAsTextsAndAsBytes() {
        var generator = SplitMix64(seed: 8)
        let pieces = [
            "a", "Thanks", " ", "\n", ">", "> quoted", "-- ", ":", "：", "\u{200F}", "\u{A0}", "é", "x\u{301}", "On 3 Feb 2026 at 9:14 Ann wrote:",
            "*",
        ]
        for _ in 0..<4_000 {
            var text = (0..<generator.next() % 6).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
            let own = ReplyCutter.own(text)
            #expect(Array(own.utf8) == Array(text.withUTF8 { ReplyCutter.own($0) }.utf8), "\(text.debugDescription)")
        }
    }

    /// What was read before is no part of what is read next, also behind a text that is none.
    @Test func nestedTextsAreReadOneAfterAnother() {
        let nested = NestedReader()
        func read(_ text: String) -> String? { Array(text.utf8).withUnsafeBufferPointer { nested.read($0) { $0["a"]?.string ?? "-" } } ?? nil }
        #expect([#"{"a":"x"}"#, "{", #"{"b":"y"}"#, #"{"a":"é\n"}"#].map(read) == ["x", nil, "-", "é\n"])
    }

    /// Each sentence of the app is known by its bytes, whatever the emoji and the dot at its end.
    @Test func everySentenceOfTheAppIsKnown() {
        for phrase in MetaExportPhrases.bare {
            #expect(MetaExportPhrases.isNotice("Priya\(phrase)") && MetaExportPhrases.isNotice("Renée N\(phrase)."))
            #expect(!MetaExportPhrases.isNotice("Priya\(phrase)!") && !MetaExportPhrases.isNotice("x"))
        }
        for line in ["Reacted 😡 to your message ", "Liked a message", "liked a message", "A réagi avec ❤ à votre message", "Vond een bericht leuk"] {
            #expect(MetaExportPhrases.isReaction(line))
        }
        for line in ["", "R", "Re", "Rea", "Reacted", "Rxacted 😡 to your message", "Liked a massage"] { #expect(!MetaExportPhrases.isReaction(line)) }
    }
}
