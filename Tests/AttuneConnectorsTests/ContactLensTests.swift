import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct ContactLensTests {
    @Test func readsACall() throws {
        let operations = try decode("contact-lens", Files.fixture("contact-lens-voice.json"))
        #expect(outline(operations) == ["message", "message", "message", "message", "rejected:7"])
        let read = messages(operations)
        #expect(read.map(\.author.role) == [.agent, .customer, .customer, .customer] && read[0].author.displayName == "Ana")
        // The recording's name tells the minute in which it began.
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:02.46Z" && read[0].timeBasis == .offset && read[0].channel == .voice)
        #expect(read[1].text == "An hour, [PII]!" && read[1].id == "contact-lens:i-1:t2" && read[1].conversationID == "c-7" && read[1].rating == nil)
        let exact = messages(try decode("contact-lens", Files.fixture("contact-lens-voice.json"), #"{"callStart":"2026-02-03T09:14:30Z"}"#))
        #expect(RFC3339.format(exact[0].sentAt) == "2026-02-03T09:14:32.46Z" && exact.map(\.id) == read.map(\.id))
        let known = messages(try decode("contact-lens", Files.fixture("contact-lens-voice.json"), #"{"channelRoles":{"p9":"bot"}}"#))
        #expect(known[3].author.role == .bot)
    }

    @Test func readsAChatAndTheStream() throws {
        let operations = try decode("contact-lens", Files.fixture("contact-lens-chat.json"))
        #expect(
            outline(operations) == [
                "ignored:participant.joined", "message", "message", "message", "message", "message", "attachment", "ignored:interactive",
                "rejected:10", "ignored:partial", "message", "ignored:categories", "ignored:completed",
            ])
        let read = messages(operations)
        #expect(read.map(\.author.role) == [.bot, .customer, .agent, .system, .agent, .customer, .customer])
        #expect(read.prefix(6).allSatisfy { $0.channel == .chat && $0.timeBasis == .exact } && read[0].author.displayName == "BOT")
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07.44Z" && read[5].attachments == [Attachment(kind: "image", name: "tea.png")])
        #expect(read.filter(\.feedsState).map(\.text) == ["still waiting", "I am furious."])
    }

    @Test(arguments: [
        (#"{"CustomerMetadata":{"ContactId":"c"},"Channel":"EMAIL"}"#, ["ignored:email"]), (#"{"a":1}"#, ["rejected:1"]),
        (#"{"EventType":"STARTED","ContactId":"c"}"#, ["ignored:started"]),
        (#"{"EventType":"SEGMENTS","ContactId":"c","Segments":[]}"#, ["ignored:empty"]),
        (#"{"Channel":"CHAT","Transcript":[]}"#, ["ignored:empty"]),
        (#"{"Transcript":[{"Id":"1","AbsoluteTime":"2026-02-03T09:14:07Z","Type":"HOLOGRAM"}]}"#, ["ignored:hologram"]),
        (#"{"Transcript":[{"AbsoluteTime":"2026-02-03T09:14:07Z","Content":"a"}]}"#, ["rejected:1"]),
    ])
    func otherFiles(text: String, expected: [String]) throws { #expect(outline(try decode("contact-lens", text)) == expected) }

    @Test(arguments: [
        (#"{"templateType":"QuickReply","action":"Refund"}"#, ["Refund"]),
        (#"{"data":{"content":{"title":"Pick","elements":[{"title":"Tea"},{"title":"Cups"}]}}}"#, ["Tea\nCups"]),
        (#"{"data":{"content":{"title":"Tea"}}}"#, ["Tea"]), ("{}", []), ("no JSON", []),
    ])
    func whatACustomerPicked(content: String, texts: [String]) throws {
        let type = "application/vnd.amazonaws.connect.message.interactive.response"
        let item = #""Id":"1","AbsoluteTime":"2026-02-03T09:14:07Z","Type":"MESSAGE","ParticipantRole":"CUSTOMER","ContentType":"\#(type)""#
        let text = #"{"Channel":"CHAT","Transcript":[{\#(item),"Content":"\#(content.replacing("\"", with: "\\\""))"}]}"#
        #expect(messages(try decode("contact-lens", text)).map(\.text) == texts)
    }

    @Test(
        arguments: [
            ("GMT20260203-090000_Recording.transcript.vtt", "2026-02-03T09:00:00Z"), ("c-7_20260203T09:14_UTC.wav", "2026-02-03T09:14:00Z"),
            ("c-7_20260203T09%3A14_UTC.wav", "2026-02-03T09:14:00Z"), ("c-7_20260203T09_14_UTC.wav", "2026-02-03T09:14:00Z"),
            ("20260203-090000.vtt", nil),
            ("GMT20261303-090000", nil), ("", nil), ("GMT2026", nil),
        ] as [(String, String?)])
    func namesOfRecordings(name: String, expected: String?) { #expect(RecordingName.start(name).map(RFC3339.format) == expected) }

    @Test(arguments: [
        ("This is **very** bad, see [my order](https://shop.example/o/1)", "This is very bad, see my order"),
        ("# Hello\n\n* late\n  * __very__ late", "Hello\n\n- late\n  - very late"), ("~~fine~~ `a*b` **[x](y)**", "fine a*b x"),
        ("2 ** 3 ** 4, snake_case, [no] (link), #1 **", "2 ** 3 ** 4, snake_case, [no] (link), #1 **"), ("[a](b c)", "[a](b c)"), ("**", "**"),
        ("", ""),
    ])
    func markdownIsReadAsText(markdown: String, text: String) {
        #expect(MarkdownText.plain(markdown) == text)
    }

    @Test func chatsMayBeMarkdown() throws {
        func chat(_ type: String) -> String {
            #"{"Channel":"CHAT","CustomerMetadata":{"ContactId":"b5"},"Participants":[],"Transcript":[{"AbsoluteTime":"2026-02-03T12:05:03Z","#
                + #""Content":"**bad**","ContentType":"\#(type)","Id":"m1","ParticipantRole":"CUSTOMER","Type":"MESSAGE"}]}"#
        }
        #expect(messages(try decode("contact-lens", chat("text/markdown"))).map(\.text) == ["bad"])
        #expect(messages(try decode("contact-lens", chat("text/plain"))).map(\.text) == ["**bad**"])
    }
}
