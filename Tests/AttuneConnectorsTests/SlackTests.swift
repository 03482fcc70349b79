import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct SlackTests {
    private let day = "export/help/2026-02-03.json"

    @Test func readsEveryKindOfEntry() throws {
        let operations = try decode("slack", Files.fixture("slack.json"), #"{"agentNames":["T1"]}"#, fileName: day)
        #expect(
            outline(operations) == [
                "ignored:channel_join", "message", "message", "message", "message", "attachment", "message", "edit", "delete", "delete",
                "ignored:huddle_thread", "rejected:12", "rejected:13", "ignored:user", "ignored:channel", "ignored:integration_log", "message",
                "ignored:reaction_added", "ignored:url_verification",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == [
                "My parcel is late, @ana & #help: this https://x.example/b @here Feb 1 < 2", "On Friday", "Build 42 failed", "look at <this", "",
                "It is wet", "My parcel is late!", "live",
            ])
        #expect(read.map(\.author.role) == [.customer, .agent, .bot, .customer, .customer, .customer, .customer, .customer])
        #expect(read[0].id == "slack:help:1770109747.000200" && read[0].nativeID == "1770109747.000200" && read[0].author.displayName == "Priya N")
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:09:07.0002Z" && read[0].inReplyTo == nil)
        // A stamp that some tool made a number of is still the same stamp.
        #expect(read[1].id == "slack:help:1770109750.000300" && read[1].inReplyTo == read[0].id && read[1].edited)
        #expect(read[1].conversationID == read[0].conversationID && read[2].conversationID == "help")
        #expect(read[6].id == read[0].id && read[7].id == "slack:T1:C1:1770109770.001200")
        #expect(read[0].author.identifiers.first == Identifier(kind: .handle, value: "slack:U77", verified: true))
        guard case .delete(let deletion) = operations[8] else { return #expect(Bool(false), "no deletion") }
        #expect(deletion.target == read[5].id)
    }

    @Test func aTrimmedDayKeepsItsIds() throws {
        let all = messages(try decode("slack", #"[{"ts":"1.000001","text":"a"},{"ts":"1.000002","text":"a"}]"#, fileName: day)).map(\.id)
        let later = messages(try decode("slack", #"[{"ts":"1.000002","text":"a"}]"#, fileName: "/tmp/other/help/2026-02-03.json")).map(\.id)
        #expect(all == ["slack:help:1.000001", "slack:help:1.000002"] && later == [all[1]])
    }

    @Test(arguments: [
        (#"{"ts":"1.000001","text":"a","user":"U1","user_profile":{"is_restricted":true,"team":"T1"}}"#, #"{"agentNames":["T1"]}"#, Role.customer),
        (#"{"ts":"1.000001","text":"a","user":"U1","user_profile":{"is_stranger":true}}"#, #"{"agentNames":["slack:U1"]}"#, .customer),
        (#"{"ts":"1.000001","text":"a","user":"U1","team":"T1"}"#, #"{"agentNames":["T1"]}"#, .agent),
        (#"{"ts":"1.000001","text":"a","user":"U1"}"#, #"{"agentNames":["slack:U1"]}"#, .agent),
        (#"{"ts":"1.000001","text":"a","user":"U1","user_profile":{"email":"a@shop.example"}}"#, #"{"agentDomains":["shop.example"]}"#, .agent),
        (#"{"ts":"1.000001","text":"a","user":"U1","bot_id":"B1"}"#, "{}", .bot), (#"{"ts":"1.000001","text":"a","user":"USLACKBOT"}"#, "{}", .bot),
        (#"{"ts":"1.000001","text":"a","user":"U1"}"#, "{}", .customer),
    ])
    func roles(body: String, configuration: String, role: Role) throws {
        #expect(messages(try decode("slack", body, configuration)).map(\.author.role) == [role])
    }

    @Test(arguments: [
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"), ("<@U1>", "@U1"), ("<@U1|ana> hi", "@ana hi"), ("<#C1>", "#C1"), ("<!channel>", "@channel"),
        ("<!subteam^S1|@ops>", "@ops"), ("<!subteam^S1>", "@subteam"), ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("<https://x.example|>", "https://x.example"),
        ("<!|>", "@"), ("<@U1|@@ana>", "@ana"), ("é<#C1|#x>ü <!here|all>", "é#xü all"), ("<a|b|c>", "b|c"), ("<!^^x^y>", "@x"),
        ("&<|amp;>lt;", "&lt;"),
        ("1 < 2", "1 < 2"), ("<>", ""), ("<a", "<a"), ("*bold* :wave:", "*bold* :wave:"),
    ])
    func markup(text: String, shown: String) { #expect(SlackText.plain(text) == shown) }

    /// The list of an export names people, and tells bots, guests and who manages the workspace.
    @Test(
        arguments: [
            (#"{"id":"U1","profile":{"display_name":"","real_name":"Ana","email":"a@b.example"}}"#, "Ana", "a@b.example", Role.customer),
            (#"{"id":"U1","name":"ana","is_bot":true}"#, "ana", nil, .bot), (#"{"id":"U1","name":"ana","is_admin":true}"#, "ana", nil, .agent),
            (#"{"id":"U1","real_name":"Ana","is_owner":true,"is_ultra_restricted":true}"#, "Ana", nil, .customer),
            (#"{"id":"U2","name":"ana","is_bot":true}"#, nil, nil, .customer),
        ] as [(String, String?, String?, Role)])
    func people(user: String, name: String?, email: String?, role: Role) throws {
        let connector = SlackConnector()
        let context = DecodingContext(receivedAt: Timestamp(nanoseconds: 0), people: connector.people(Array("[\(user)]".utf8)))
        var decoder = try connector.makeDecoder(ConnectorConfiguration(), context: context)
        var read = [AttuneCore.Operation]()
        try decoder.decode(all: Array(#"[{"ts":"1.000001","text":"a","user":"U1"}]"#.utf8)) { read.append($0) }
        let author = try #require(messages(read).first?.author)
        #expect(author.displayName == name && author.role == role)
        #expect(author.identifiers.first { $0.kind == .email }?.value == email)
        #expect(connector.people(Array("no list".utf8)).isEmpty)
    }

    /// Files beside the day files: nothing in them is a message.
    @Test(arguments: [
        ("", #"{"token":"x","type":"url_verification","challenge":"abc"}"#, "ignored:url_verification"),
        ("dms.json", #"[{"id":"D1","created":1,"members":["U1","U2"]}]"#, "ignored:channel"),
        ("users.json", #"[{"id":"U1","team_id":"T1","name":"a","profile":{"real_name":"A"},"is_bot":false}]"#, "ignored:user"),
        ("groups.json", #"[{"id":"G1","name":"x","created":1,"creator":"U1","members":[],"topic":{"value":"hello"}}]"#, "ignored:channel"),
    ])
    func lists(file: String, body: String, expected: String) throws {
        let found = try ConnectorRegistry.standard.recognise(head: Array(body.utf8)[...], fileName: "export/\(file)")
        #expect(found.connector.name == "slack")
        #expect(outline(try decode("slack", body, fileName: "export/\(file)")) == [expected])
    }

    /// What is quoted are somebody else's words, unless nothing else is there.
    @Test(arguments: [
        (#""text":"&gt; worst shop\nthanks, all good""#, "thanks, all good"), (#""text":"&gt; worst shop""#, "> worst shop"),
        (#""text":"mine\n&gt;&gt;&gt; theirs\nand theirs""#, "mine"), (#""text":"1 &gt; 2\n<@U1>""#, "1 > 2\n@U1"),
        (#""text":"","blocks":[{"type":"rich_text","elements":[\#(quoted),\#(said)]}]"#, "own words"),
        (#""text":"","blocks":[{"type":"rich_text","elements":[\#(quoted)]}]"#, "worst shop"),
    ])
    func quotes(members: String, expected: String) throws {
        #expect(messages(try decode("slack", #"[{"type":"message","ts":"1770109747.000001","user":"U2",\#(members)}]"#)).map(\.text) == [expected])
    }

    private static let quoted = #"{"type":"rich_text_quote","elements":[{"type":"text","text":"worst shop"}]}"#
    private static let said = #"{"type":"rich_text_section","elements":[{"type":"text","text":"own words"}]}"#

    /// What is shared with a message is somebody else's; an application's card is its message.
    @Test(
        arguments: [
            ("", #"{"is_share":true,"author_name":"Zed","text":"awful","fallback":"awful"}"#, nil),
            ("", #"{"is_msg_unfurl":true,"text":"awful"}"#, nil), ("look", #"{"is_share":true,"text":"awful"}"#, "look"),
            ("", #"{"text":"card"}"#, "card"), ("", #"{"is_share":true,"text":"awful"},{"text":"card"}"#, "card"),
        ] as [(String, String, String?)])
    func sharedMessages(text: String, attachments: String, expected: String?) throws {
        let item = #"{"type":"message","ts":"1770109747.000001","user":"U2","text":"\#(text)","attachments":[\#(attachments)]}"#
        let operations = try decode("slack", "[\(item)]")
        #expect(messages(operations).map(\.text) == (expected.map { [$0] } ?? []))
        #expect(outline(operations) == [expected == nil ? "ignored:empty" : "message"])
    }
}
