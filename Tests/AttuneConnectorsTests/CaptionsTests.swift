import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

@Suite struct CaptionsTests {
    @Test func readsZoom() throws {
        let name = "GMT20260203-090000_Recording.transcript.vtt"
        let operations = try decode("webvtt", Files.fixture(name), #"{"agentNames":["ana agent"]}"#, fileName: name)
        #expect(
            outline(operations) == [
                "message", "message", "message", "message", "rejected:25", "message", "message", "ignored:empty", "rejected:34", "message",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == [
                "Hello, thanks for waiting.", "I have waited an hour.", "Note: not a speaker", "I & my <3 cat", "Oh dear", "yes", "The end",
            ])
        #expect(read.map(\.author.displayName) == ["Ana Agent", "Priya", nil, "Priya", "Ana Agent", "Priya", nil])
        #expect(read.map(\.author.role) == [.agent, .customer, .customer, .customer, .agent, .customer, .customer])
        // The name of the file tells when the recording began; hours may have three digits.
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:00:02.46Z" && RFC3339.format(read[6].sentAt) == "2026-02-07T13:00:00Z")
        #expect(read.allSatisfy { $0.language == "en-GB" && $0.timeBasis == .offset && $0.channel == .voice && $0.nativeID == nil })
    }

    @Test func readsTeams() throws {
        let read = messages(try decode("webvtt", Files.fixture("teams.vtt"), #"{"agentNames":["Ana Agent"],"callStart":"2026-02-03T09:00:00Z"}"#))
        #expect(read.map(\.text) == ["Hello, thanks for waiting.\nOne moment.", "An hour!", "I know.", "Done."])
        #expect(read.map(\.author.displayName) == ["Ana Agent", "Priya N & Co", "Ana Agent", "Ana Agent"])
        #expect(read.map(\.author.role) == [.agent, .customer, .agent, .agent])
        #expect(RFC3339.format(read[1].sentAt) == "2026-02-03T09:00:06.1Z")
    }

    /// A word for a role in the place of a name says who speaks, as in other formats.
    @Test func speakersNamedByTheirRole() throws {
        let read = messages(
            try decode("webvtt", Self.captions(["Agent 1: Hello", "Customer: Not good", "Agent 1: Why?", "Customer: Late", "Agentha: x"], step: 3)))
        #expect(read.map(\.author.role) == [.agent, .customer, .agent, .customer, .customer])
    }

    @Test func readsRollingCaptionsOnce() throws {
        let operations = try decode("webvtt", Files.fixture("rolling.vtt"))
        #expect(outline(operations) == ["message", "ignored:repeat", "message", "message", "message", "message"])
        #expect(messages(operations).map(\.text) == ["i have waited", "for an hour", "and nobody came", "at all", "no"])
    }

    /// What somebody says twice is no repetition of the captions.
    @Test func answersMayBeEqual() throws {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\nno\n\n00:02.000 --> 00:03.000\nno\n"
        let read = messages(try decode("webvtt", text))
        #expect(read.map(\.text) == ["no", "no"] && read[0].id != read[1].id)
    }

    /// Nothing but blanks before its first line, a file is what it would be without them, whatever it is called.
    @Test(
        arguments: ["", "\n\n \n", "\u{FEFF}\n\n", "\r\n\t\r\n", "\u{FEFF}", "  \n  \n  \n"],
        [
            ("srt", "1\n00:00:02,460 --> 00:00:05,010\nHello\n"), ("srt", "00:00:02,460 --> 00:00:05,010\nHello\n"),
            ("webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"),
        ])
    func blankLinesMayComeFirst(blanks: String, file: (connector: String, text: String)) throws {
        for name in ["a.txt", "a.dat", "call"] {
            let found = try ConnectorRegistry.standard.recognise(head: Array((blanks + file.text).utf8)[...], fileName: name)
            #expect(found.connector.name == file.connector && found.recognition.certainty == .certain)
        }
        #expect(try decode(file.connector, blanks + file.text) == decode(file.connector, file.text))
    }

    @Test func readsSRT() throws {
        let operations = try decode("srt", Files.fixture("cues.srt"), #"{"channelRoles":{"speaker_00":"agent"},"callStart":"2026-02-03T09:00:00Z"}"#)
        #expect(outline(operations) == ["message", "message", "message", "ignored:empty", "rejected:19", "message"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Größe egal", "Guten Tag noch da?", "ja immer noch", "Ende"])
        #expect(read.map(\.author.role) == [.customer, .agent, .customer, .customer] && read[1].author.displayName == "SPEAKER_00")
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:00:00.5Z")
    }

    /// With a list of speakers nobody else is one, and what follows belongs to the last of them.
    @Test func speakersMayBeConfigured() throws {
        let text = """
            WEBVTT

            00:02.460 --> 00:05.010
            Ana: Hello.

            00:05.500 --> 00:07.000
            Priya: I have waited.

            00:07.200 --> 00:08.000
            Note: an hour

            00:08.100 --> 00:08.900
            Note: at least
            """
        let open = messages(try decode("webvtt", text, #"{"agentNames":["Ana"]}"#))
        #expect(open.map(\.author.displayName) == ["Ana", nil, "Note"])
        let closed = messages(try decode("webvtt", text, #"{"agentNames":["Ana"],"speakers":["Ana","Priya"]}"#))
        #expect(
            closed.map(\.text) == ["Hello.", "I have waited.\nNote: an hour Note: at least"] && closed.map(\.author.role) == [.agent, .customer])
    }

    @Test(
        arguments: [
            ("00:01.000 --> 00:02.000", 1_000, 2_000), ("1:02:03,004 --> 123:00:00.5  align:start", 3_723_004, 442_800_500),
            ("00:00:16 --> 00:00:20", 16_000, 20_000), ("00:60.000 --> 00:61.000", nil, nil), ("00:01.000 -> 00:02.000", nil, nil),
            ("00:01.000 --> 00:02.000x", nil, nil), ("1 --> 2", nil, nil), ("--> 00:02.000", nil, nil), ("00:01. --> 00:02.000", nil, nil),
        ] as [(String, Int64?, Int64?)])
    func timings(line: String, start: Int64?, end: Int64?) {
        let read = Array(line.utf8).withUnsafeBufferPointer { CueTiming.read($0) }
        #expect(read?.start == start && read?.end == end)
    }

    @Test(
        arguments: [
            ("a <b>b</b> <c.x.y>c</c> <lang en>d</lang> <00:19.000>e", [nil], ["a b c d e"]), ("I <3 you & <me", [nil], ["I <3 you & <me"]),
            ("<v Ana>one</v> <v.loud Tom &amp; Co>two", ["Ana", "Tom & Co"], ["one", "two"]), ("<v Ana>one</v> two", ["Ana", nil], ["one", " two"]),
            ("&lt;i&gt; &amp;amp; &nbsp;&lrm;x", [nil], ["<i> &amp;  x"]), (#"{\an8}x {y}"#, [nil], ["x {y}"]), ("<i></i>", [], []),
        ] as [(String, [String?], [String])])
    func markup(payload: String, speakers: [String?], texts: [String]) {
        let segments = Array(payload.utf8).withUnsafeBufferPointer { CueText.segments($0) }
        #expect(segments.map(\.speaker) == speakers && segments.map(\.text) == texts)
    }

    @Test(arguments: [
        ("00:01.000 --> 00:02.000\nx\n", ["rejected:1"]), ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx\n", ["rejected:1"]), ("WEBVTT", ["ignored:empty"]),
        ("WEBVTT\n\nNOTE only\n", ["ignored:empty"]), ("WEBVTT\r\r00:01.000 --> 00:02.000\rx\r", ["message"]),
        ("WEBVTT\n00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000\ny", ["message", "message"]),
        ("WEBVTT\n\nNOTES from here\n00:01.000 --> 00:02.000\nx\n", ["message"]),
    ])
    func otherFiles(text: String, expected: [String]) throws { #expect(outline(try decode("webvtt", text)) == expected) }

    @Test func encodings() throws {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\nGröße\n"
        let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let windows = text.unicodeScalars.map { UInt8($0.value) }
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16, windows] {
            #expect(messages(try decode("webvtt", bytes)).map(\.text) == ["Größe"])
        }
    }

    /// Cutting off the beginning, or another start of the call, changes no id of what is left.
    @Test func idsComeFromContent() throws {
        let text = try String(decoding: Files.fixture("teams.vtt"), as: UTF8.self)
        let whole = messages(try decode("webvtt", text, fileName: "a/call.vtt"))
        let cut = try #require(text.firstRange(of: "1f8e-11/12-2"))
        let rest = messages(
            try decode("webvtt", "WEBVTT\n\n" + text[cut.lowerBound...], #"{"callStart":"2020-01-01T00:00:00Z"}"#, fileName: "b/call.vtt"))
        #expect(rest.map(\.id) == Array(whole.map(\.id)[1...]) && rest[0].sentAt != whole[1].sentAt)
    }

    @Test func longTurnsAreCut() throws {
        let cues = (0..<400).map {
            "00:\($0 / 60 + 10):\($0 % 60 + 10 > 59 ? 59 : $0 % 60 + 10).000 --> 00:59:00.000\n<v A>\(String(repeating: "x", count: 99))"
        }
        let read = messages(try decode("webvtt", "WEBVTT\n\n" + cues.joined(separator: "\n\n")))
        #expect(read.count > 1 && read.allSatisfy { $0.text.utf8.count <= 16 << 10 })
    }

    /// Real files of other people, where they are at hand beside the checkout.
    @Test func sharedFixturesAreRead() throws {
        let folder = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures/webvtt-srt")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where name.hasSuffix("t") {
            let bytes = try Files.bytes(folder.appendingPathComponent(name))
            let connector = try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: nil).connector.name
            #expect(connector == (name.hasSuffix(".vtt") ? "webvtt" : "srt"), "\(name)")
            let operations = try decode(connector, bytes, fileName: name)
            #expect(!messages(operations).isEmpty && messages(operations).allSatisfy { !$0.text.contains("-->") }, "\(name)")
        }
    }

    private static func captions(_ lines: [String], step: Int = 5) -> String {
        let cues = lines.enumerated().map { i, line in
            let second = i * step
            let time = String(format: "00:%02d:%02d", second / 60, second % 60)
            return "\(time).000 --> \(time).900\n\(line)\n"
        }
        return "WEBVTT\n\n" + cues.joined(separator: "\n")
    }

    /// Whoever is configured is a speaker, however they are called; phone numbers are where they recur.
    @Test(arguments: [
        #"{"agentNames":["18005550100","Robert \"Bob\" Lee","Ana Maria de la Cruz Santos Silva","Who?"]}"#,
        #"{"channelRoles":{"18005550100":"agent","robert \"bob\" lee":"agent","Ana Maria de la Cruz Santos Silva":"agent","who?":"agent"}}"#,
    ])
    func configuredSpeakersAreAskedFirst(configuration: String) throws {
        let lines = [
            "18005550100: Sorry.", "Priya: ok", #"Robert "Bob" Lee: awful"#, "[Ana Maria de la Cruz Santos Silva]: seven", "Priya: bye", "Who?: me",
        ]
        for connector in ["webvtt", "srt"] {
            let text = Self.captions(lines)
            let read = messages(try decode(connector, connector == "srt" ? String(text.dropFirst(8)) : text, configuration))
            #expect(read.map(\.text) == ["Sorry.", "ok", "awful", "seven", "bye", "me"])
            #expect(read.map(\.author.role) == [.agent, .customer, .agent, .agent, .customer, .agent])
        }
    }

    @Test func phoneNumbersAreSpeakersWhereTheyRecur() throws {
        let lines = [
            "+44 7700 900123: It is 10:30", "14155550100: hi", "+44 7700 900123: no", "14155550100: yes", "2026-02-03: a day", "2026-02-03: again",
            "+1 (555) 010-0200: once",
        ]
        let read = messages(try decode("webvtt", Self.captions(lines)))
        #expect(read.map(\.text) == ["It is 10:30", "hi", "no", "yes", "2026-02-03: a day", "2026-02-03: again", "+1 (555) 010-0200: once"])
        #expect(read.map(\.author.displayName) == ["+44 7700 900123", "14155550100", "+44 7700 900123", "14155550100", nil, nil, nil])
    }

    /// Who speaks once only, or by a phone, must not be taken for the agent before them.
    @Test(arguments: ["14155550100: it is awful", #"Robert "Bob" Lee: it is awful"#])
    func aStrangersLineIsNotTheAgents(line: String) throws {
        let read = messages(
            try decode(
                "webvtt", Self.captions(["Ana Agent: Hello", "Ana Agent: Sorry", line, "more of it"], step: 1),
                #"{"agentNames":["Ana Agent"]}"#))
        #expect(read.map(\.author.role) == [.agent, .customer, .customer])
        #expect(read[0].text == "Hello Sorry" && read[1].text == line)
    }

    @Test(arguments: [
        // Words that grow, and a line that rolls, within the tags of one voice.
        (["<v P>I am not happy", "<v P>I am not happy with you", "<v P>I am not happy with you at all</v>"], ["I am not happy with you at all"]),
        (["<v P>one two\nthree", "<v P>three\nfour"], ["one two three four"]),
        // Somebody else repeats it.
        (["<v P>I am not", "<v Q>I am not", "<v Q>I am not happy"], ["I am not", "I am not happy"]),
        (["<v P>no", "<v P>no"], ["no no"]),
    ])
    func captionsGrowWithinVoices(lines: [String], expected: [String]) throws {
        #expect(messages(try decode("webvtt", Self.captions(lines, step: 1))).map(\.text) == expected)
    }

    /// A file that breaks off within a letter is what it is up to there; one of an old program has none of UTF-8.
    @Test(arguments: ["webvtt", "srt"])
    func damagedLetters(connector: String) throws {
        func cues(_ texts: [[UInt8]]) -> [UInt8] {
            let head = Array((connector == "webvtt" ? "WEBVTT\n\n" : "").utf8)
            return texts.enumerated().reduce(into: head) { bytes, text in
                bytes += Array("00:00:0\(4 * text.offset).000 --> 00:00:0\(4 * text.offset + 1).000\n".utf8) + text.element + [10, 10]
            }
        }
        let whole = Array("Café schön 日本".utf8)
        let read = messages(try decode(connector, cues([whole, Array("über".utf8) + [0xC3]])))
        #expect(read.map(\.text) == ["Café schön 日本", "über\u{FFFD}"])
        #expect(read.first?.id == messages(try decode(connector, cues([whole, Array("über".utf8)]))).first?.id)
        #expect(messages(try decode(connector, cues([Array("schön caf".utf8.prefix(3)) + [0xF6, 0x6E]]))).map(\.text) == ["schön"])
    }

    /// Programs that call every recording the same put each into a folder.
    @Test(arguments: [
        ("calls/x/transcript.vtt", "x/transcript"), ("x/Closed_Caption.vtt", "x/Closed_Caption"), ("transcript.vtt", "transcript"),
        ("x/weekly call.vtt", "weekly call"), ("./transcript.vtt", "transcript"), ("x/transcript.vtt.gz", "x/transcript"),
    ])
    func recordingsThatAreCalledTheSame(path: String, conversation: String) throws {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\nno\n"
        #expect(messages(try decode("webvtt", text, fileName: path)).first?.conversationID == conversation)
    }

    /// Files that make one conversation although they lie in different folders are told, each once.
    @Test(arguments: [
        (["a/x.vtt", "b/x.vtt"], [0, 1]), (["a/x.vtt", "b/y.vtt"], [0, 0]), (["a/x.vtt", "a/x.vtt"], [0, 0]),
        (["a/transcript.vtt", "b/transcript.vtt"], [0, 0]),
    ])
    func recordingsThatBecomeOne(files: [String], remarks: [Int]) throws {
        let memory = InputMemory()
        let found = try files.map { file in
            let context = DecodingContext(fileName: file, receivedAt: Timestamp(nanoseconds: 0), memory: memory)
            var decoder = try WebVTTConnector().makeDecoder(ConnectorConfiguration(), context: context)
            try decoder.decode(all: Array("WEBVTT\n\n00:01.000 --> 00:02.000\nno\n".utf8)) { _ in }
            return decoder.remarks.count
        }
        #expect(found == remarks)
    }
}
