import AttuneCore
import Testing

@testable import AttuneConnectors

/// Exports of support systems whose tickets and messages lie apart, and records that their readers had taken for something else.
@Suite struct SupportExportsTests {
    private static let ticket = #"{"id":3,"description":"Cup broke","requester_id":7,"submitter_id":7,"created_at":"2026-02-03T09:00:00Z"}"#
    private static let comments = [
        #"{"id":1,"ticket_id":3,"author_id":7,"body":"Cup  broke","public":true,"audit_id":1,"created_at":"2026-02-03T09:00:00Z"}"#,
        #"{"id":2,"ticket_id":3,"author_id":8,"body":"Sorry","public":true,"audit_id":2,"created_at":"2026-02-03T09:05:00Z"}"#,
        #"{"id":9,"ticket_id":3,"author_id":7,"body":"Cup broke","public":true,"audit_id":3,"created_at":"2026-02-03T09:06:00Z"}"#,
    ]
    private static let desk =
        #"{"id":3,"description_text":"Cup broke","requester_id":7,"responder_id":8,"requester":{"id":7,"name":"Ann"},"source":15,"created_at":"2026-02-03T09:00:00Z"}"#
    private static let conversations = [
        #"{"id":1,"ticket_id":3,"body_text":"Ticket Description: Cup broke","incoming":true,"private":false,"user_id":7,"created_at":"2026-02-03T09:00:00Z"}"#,
        #"{"id":2,"ticket_id":3,"body_text":"Sorry","incoming":false,"private":false,"user_id":8,"created_at":"2026-02-03T09:05:00Z"}"#,
    ]

    static let rows: [UnseenFormsTests.Row] = [
        .init(
            "zendesk",
            #"{"tickets":[\#(ticket)],"comments":[\#(comments.joined(separator: ",")),{"id":4,"ticket_id":5,"author_id":9,"body":"Other"}]}"#,
            ["message customer: Cup  broke", "message agent: Sorry", "message customer: Cup broke", "message customer: Other"], in: "3"),
        .init(
            "zendesk", ([ticket] + comments).joined(separator: "\n"),
            ["message customer: Cup broke", "ignored:description", "message agent: Sorry", "message customer: Cup broke"], in: "3"),
        // People in the ticket, and no id of them beside.
        .init(
            "zendesk",
            #"{"id":3,"description":"Cup broke","requester":{"id":7,"name":"Ann"},"assignee":{"id":8,"name":"Bob"},"comments":["#
                + #"{"id":1,"author_id":7,"body":"Cup broke","public":true},{"id":2,"author_id":8,"body":"Sorry","public":true}]}"#,
            ["message customer: Cup broke", "message agent: Sorry"], in: "3"),
        .init(
            "zendesk",
            #"{"tickets":[{"id":3,"status":"deleted","description":"SCRUBBED","requester_id":7,"submitter_id":7,"satisfaction_rating":{"id":5,"score":"bad"},"#
                + #""comments":[{"id":1,"author_id":7,"body":"SCRUBBED"}]}]}"#,
            ["delete", "delete", "delete", "delete"]),
        .init(
            "freshdesk", #"{"tickets":[\#(desk)],"conversations":[\#(conversations.joined(separator: ","))]}"#,
            ["message customer: Cup broke", "message agent: Sorry"], in: "3"),
        .init(
            "freshdesk", ([desk] + conversations).joined(separator: "\n"),
            ["message customer: Cup broke", "ignored:description", "message agent: Sorry"], in: "3"),
        .init("freshdesk", #"{"results":[\#(desk)],"total":1}"#, ["message customer: Cup broke"], in: "3"),
        .init(
            "freshdesk",
            #"[{"helpdesk_ticket":{"id":801,"display_id":3,"description":"Cup broke","requester_id":7,"responder_id":8,"notes":["#
                + #"{"id":1,"body":"Still","incoming":true,"private":false,"user_id":7},{"note":{"id":2,"body":"x","body_html":"<p>Sorry</p>","incoming":"false","private":"true"}}]}}]"#,
            ["message customer: Cup broke", "message customer: Still", "message agent private: Sorry"], in: "3"),
        .init(
            "freshdesk", #"{"id":1,"body_text":"Late","incoming":"true","private":"false","user_id":7}"#, ["message customer: Late"]),
        .init(
            "intercom",
            #"{"type":"list","data":[{"type":"conversation","id":"3","source":{"id":"s","type":"email","body":"<p>Late</p>","author":{"type":"user","id":"7"}},"#
                + #""conversation_parts":{"conversation_parts":[{"id":"1","part_type":"comment","body":"<p><img src=\"https://i.example/a.png\"></p>","#
                + #""author":{"type":"user","id":"7"}}]},"conversation_rating":{"rating":2,"remark":"Slow","created_at":1770109747}}]}"#,
            ["message customer: Late", "attachment customer: ", "message customer 1…5=2: Slow"], in: "3"),
        .init(
            "email", "From: ann@example.com\nMessage-ID: <1@b>\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n",
            ["attachment customer: "]),
    ]

    @Test(arguments: rows)
    func row(_ row: UnseenFormsTests.Row) throws {
        let operations = try decode(row.connector, row.input)
        #expect(UnseenFormsTests.told(operations) == row.expected)
        if let conversation = row.conversation { #expect(messages(operations).first?.conversationID == conversation) }
        let found = try ConnectorRegistry.standard.recognise(head: Array(row.input.utf8)[...], fileName: nil).connector.name
        #expect(found == row.connector, "recognised without a name")
        // Whatever was remembered for later messages does not depend on how the input was cut.
        #expect(try decode(row.connector, Array(row.input.utf8), pieces: 7) == operations)
    }

    @Test func peopleWithinATicketNameItsAuthors() throws {
        let body =
            #"{"id":3,"requester":{"id":7,"name":"Ann","email":"ann@example.com"},"comments":[{"id":1,"author_id":7,"body":"Late","public":true}]}"#
        let author = try #require(messages(try decode("zendesk", body)).first).author
        #expect(author.displayName == "Ann" && author.identifiers.first == Identifier(kind: .email, value: "ann@example.com", verified: true))
    }

    /// A rating within a ticket is the same after each update of the ticket.
    @Test func aRatingKeepsItsTime() throws {
        let times = try ["2026-02-04T09:00:00Z", "2026-02-07T09:00:00Z"].map { updated in
            let body =
                #"{"id":3,"requester_id":7,"created_at":"2026-02-03T09:00:00Z","updated_at":"\#(updated)","satisfaction_rating":{"id":1,"score":"good"}}"#
            return try decode("zendesk", body)
        }
        #expect(times[0] == times[1] && messages(times[0]).count == 1)
    }

    @Test func aRatingHasTheChannelOfItsConversation() throws {
        let body =
            #"{"type":"conversation","id":"3","source":{"id":"s","type":"email","body":"Late"},"conversation_rating":{"rating":2,"created_at":1770109747}}"#
        #expect(messages(try decode("intercom", body)).map(\.channel) == [.email, .email])
    }

    @Test(arguments: [
        (#""sender":{"type":"captain_assistant"}"#, Role.bot), (#""sender_type":"AgentBot""#, .bot), (#""sender_type":"Captain::Assistant""#, .bot),
        (#""sender":{"type":"user"},"sender_type":"User""#, .agent),
    ])
    func whoAnswersInChatwoot(sender: String, role: Role) throws {
        #expect(messages(try decode("chatwoot", #"{"id":1,"message_type":1,"content":"Hi",\#(sender)}"#)).map(\.author.role) == [role])
    }

    /// Packed or not, a file is the same input.
    @Test(arguments: [
        ("webvtt", "call.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nlate\n"),
        ("slack", "help/2026-02-03.json", #"[{"type":"message","user":"U1","text":"late","ts":"1770109747.000200"}]"#),
        ("whatsapp-export", "WhatsApp Chat with Ann.txt", "13/02/2026, 09:14 - Ann: late\n13/02/2026, 09:15 - Ann: hello\n"),
        ("csv", "a.csv", "text\nlate\n"),
    ])
    func packedFilesKeepTheirIds(connector: String, name: String, text: String) throws {
        let plain = try decode(connector, text, fileName: name)
        #expect(try decode(connector, text, fileName: name + ".gz") == plain)
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: name + ".gz").connector.name == connector)
    }

    @Test(arguments: [
        ("Customer Service", Role.agent), ("support agent", .agent), ("CSR", .agent), ("Supervisor", .agent), ("customer_support", .agent),
        ("End User", .customer), ("end-user", .customer), ("Requester", .customer), ("Virtual Agent", .bot), ("AI", .bot), ("system", .system),
        ("Kunde", .customer), ("Mitarbeiterin", .agent), ("Cliente", .customer), ("Atención al Cliente", .agent), ("Opératrice", .agent),
        ("عميل", .customer), ("خدمة العملاء", .agent), ("ग्राहक", .customer), ("Atendimento", .agent), ("Assistente virtual", .bot),
    ])
    func wordsForRoles(word: String, role: Role) { #expect(Role(named: word) == role) }

    @Test(arguments: ["customer of ours", "", " ", "-", "robot 7"]) func wordsThatMeanNothingToUs(word: String) { #expect(Role(named: word) == nil) }
}
