import AttuneCore
import Testing

@testable import AttuneConnectors

/// What generic records say in flags and kinds: who wrote them, and who may read them.
@Suite struct GenericFlagTests {
    private static let yes = [
        "Y", "y", "yes", " X ", "x", "on", "T", "TRUE", "1", "1.0", "✓", "☑", "ja", "Oui", "sí", "sim", "Sì", "vrai", "wahr", "Verdadero", "हाँ", "نعم",
    ]
    private static let no = ["N", "no", "off", "f", "False", "0", "nein", "Non", "não", "falsch", "faux", "falso", "नहीं", "لا"]

    @Test(arguments: ["private", "internal", "is_note", "Internal Note", "Private?"])
    func privateFlags(name: String) throws {
        let table = "id,text,\(name)\n" + (Self.yes + Self.no + [""]).enumerated().map { "\($0),a,\($1)\n" }.joined()
        let expected = Self.yes.map { _ in Visibility.private } + Self.no.map { _ in .public } + [.public]
        #expect(messages(try decode("csv", table)).map(\.visibility) == expected)
        let lines = (Self.yes + Self.no + [""]).enumerated().map { #"{"id":\#($0),"text":"a","\#(name)":"\#($1)"}"# }.joined(separator: "\n")
        let read = messages(try decode("jsonl", lines))
        #expect(read.map(\.visibility) == expected && read.map(\.author.role) == expected.map { $0 == .private ? .agent : .customer })
    }

    @Test(arguments: ["is_public", "Public?"])
    func publicFlags(name: String) throws {
        let table = "id,text,\(name)\n" + (Self.yes + Self.no + ["", "n/a"]).enumerated().map { "\($0),a,\($1)\n" }.joined()
        let expected = Self.yes.map { _ in Visibility.public } + Self.no.map { _ in .private } + [.public, .public]
        #expect(messages(try decode("csv", table)).map(\.visibility) == expected)
    }

    @Test(
        arguments: [
            ("is_agent", "Y", Role.agent), ("is_agent", "nein", .customer), ("is_agent", "perhaps", .customer), ("inbound", "f", .agent),
            ("inbound", "No", .agent), ("inbound", "ja", .customer), ("inbound", "perhaps", .customer), ("is_bot", "✓", .bot),
            ("is_bot", "-", .customer),
        ])
    func directionFlags(name: String, value: String, role: Role) throws {
        #expect(messages(try decode("csv", "id,text,\(name)\n1,a,\(value)\n")).map(\.author.role) == [role])
    }

    /// What is perhaps private does not count.
    @Test(arguments: [
        (#""private":"perhaps""#, "rejected:1"), (#""private":2"#, "rejected:1"), (#""is_public":"staff only""#, "rejected:1"),
        (#""visibility":"public","internal":"?""#, "rejected:1"), (#""visibility":"private","internal":"?""#, "message"),
        (#""private":"internal""#, "message"), (#""private":null"#, "message"), (#""is_agent":"perhaps""#, "message"),
    ])
    func flagsThatSayNeither(member: String, expected: String) throws {
        let operations = try decode("jsonl", #"{"id":"1","text":"a",\#(member)}"#)
        #expect(outline(operations) == [expected])
        if case .rejected(let rejection) = operations[0] { #expect(rejection.reason.contains("neither public nor private")) }
    }

    /// A note beside a message is no flag.
    @Test func textsOfNotesAreLeftAlone() throws {
        let read = messages(try decode("csv", "id,text,internal_note\n1,late,called her twice\n2,late,\n3,late,yes\n"))
        #expect(read.map(\.visibility) == [.public, .public, .private])
    }

    @Test(arguments: [
        ("note", Visibility.private), ("Internal Note", .private), ("private_note", .private), ("INTERNAL-NOTE", .private), ("reply", .public),
        ("note from the customer", .public), ("notes", .public), ("", .public),
    ])
    func kindsOfRecords(value: String, visibility: Visibility) throws {
        for name in ["type", "Kind", "message_type"] {
            #expect(messages(try decode("csv", "id,text,\(name)\n1,a,\(value)\n")).map(\.visibility) == [visibility])
            #expect(messages(try decode("jsonl", #"{"id":"1","text":"a","\#(name)":"\#(value)"}"#)).map(\.visibility) == [visibility])
        }
    }

    /// In ActivityPub every post is a note.
    @Test func notesOfActivityPubArePublic() throws {
        let post = #"{"id":"1","type":"Note","attributedTo":"https://a.example/u","content":"hello"}"#
        #expect(messages(try decode("jsonl", post)).map(\.visibility) == [.public])
    }

    /// Marks of direction are no text; ids are made of what was written.
    @Test(arguments: ["csv", "jsonl", "text"])
    func directionMarks(connector: String) throws {
        let marked = "\u{200E}Bad\u{200F} \u{202A}thing\u{202C} \u{2068}x\u{2069} \u{FEFF}end \u{200D}\u{200C}"
        func input(_ text: String, _ name: String) -> String {
            switch connector {
            case "csv": "author,text\n\(name),\(text)\n"
            case "jsonl": #"{"author":"\#(name)","text":"\#(text)"}"#
            default: text
            }
        }
        let read = messages(try decode(connector, input(marked, "\u{202A}Pri\u{202C}")))
        #expect(read.map(\.text) == ["Bad thing x end \u{200D}\u{200C}"] && read.map(\.author.displayName) == [connector == "text" ? nil : "Pri"])
        let plain = messages(try decode(connector, input("Bad thing x end \u{200D}\u{200C}", "Pri")))
        #expect(plain.map(\.text) == read.map(\.text) && plain[0].id != read[0].id)
        #expect(outline(try decode(connector, input("\u{200E}", "Pri"))) == ["ignored:empty"])
    }

    /// Times that count from the beginning of a call.
    @Test(
        arguments: [
            ("0.0", 0), ("3.2", 3.2), ("63", 63), ("00:01:03", 63), ("1:03.5", 63.5), ("01:03,250", 63.25), ("86399", 86_399),
        ] as [(String, Double)])
    func offsetsInACall(text: String, seconds: Double) throws {
        let start = try #require(RFC3339.parse("2026-02-03T09:00:00Z"))
        for (connector, input) in [
            ("csv", "timestamp;speaker;text\n\(text);Agent;a\n"), ("jsonl", #"{"id":"1","timestamp":"\#(text)","text":"a"}"#),
        ] {
            let known = messages(try decode(connector, input, #"{"callStart":"2026-02-03T09:00:00Z"}"#))
            #expect(known.map(\.sentAt.nanoseconds) == [start.nanoseconds + Int64(seconds * 1e9)] && known.map(\.timeBasis) == [.exact])
            let unknown = messages(try decode(connector, input))
            #expect(unknown.map(\.sentAt.nanoseconds) == [1_770_000_000_000_000_000 + Int64(seconds * 1e9)])
            #expect(unknown.map(\.timeBasis) == [.offset])
        }
    }

    /// Numbers that are times, and clocks that are those of a day.
    @Test(
        arguments: [
            ("86400", "1970-01-02T00:00:00Z"), ("1770109747", "2026-02-03T09:09:07Z"), ("46056", "2026-02-03T00:00:00Z"),
            ("20260203", "2026-02-03T00:00:00Z"), ("09:14:07", nil), ("14:05", nil), ("1:75", nil),
        ] as [(String, String?)])
    func timesThatAreNoOffsets(text: String, expected: String?) throws {
        for (connector, input) in [("csv", "timestamp,text\n\(text),a\n"), ("jsonl", #"{"id":"1","timestamp":"\#(text)","text":"a"}"#)] {
            #expect(messages(try decode(connector, input)).map { RFC3339.format($0.sentAt) } == (expected.map { [$0] } ?? []))
        }
        // A pattern says what numbers are.
        let mapped = messages(try decode("csv", "at,text\n63,a\n", #"{"mapping":{"timestamp":"at","timestampFormat":"unix"}}"#))
        #expect(mapped.map { RFC3339.format($0.sentAt) } == ["1970-01-01T00:01:03Z"])
    }

    /// A NUL costs its row or line, and no more.
    @Test func nulsAreRejected() throws {
        let table = Array("id,text\n1,good tea\n2,a\u{0}b\n3,and more\n".utf8)
        let text = Array("good tea\na\u{0}b\nand more of it\n".utf8)
        for (bytes, connector) in [(table, "csv"), (text, "text")] {
            #expect(try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: nil).connector.name == connector)
            #expect(outline(try decode(connector, bytes)) == ["message", "rejected:2", "message"])
        }
        // Text of two bytes a letter, without a mark and in letters that are not Latin, is no table.
        let wide = "Дата;Текст\n1;а\n2;б\n".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        #expect(CSVConnector().recognise(head: wide[...], fileName: "a.csv") == nil)
    }
}
