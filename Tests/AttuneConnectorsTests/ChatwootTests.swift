import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct ChatwootTests {
    @Test func readsEveryKindOfMessage() throws {
        let operations = try decode("chatwoot", Files.fixture("chatwoot.json"))
        #expect(
            outline(operations) == [
                "message", "message", "message", "message", "message", "ignored:system", "edit", "delete", "message",
                "ignored:conversation_status_changed", "message", "attachment", "rejected:11",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == [
                "My parcel is late", "On Friday", "angry", "How did we do?", "Still no parcel", "My parcel is late!", "New words", "bot says", "",
            ])
        #expect(read.map(\.author.role) == [.customer, .agent, .agent, .bot, .customer, .customer, .customer, .bot, .customer])
        #expect(read.filter { $0.visibility == .private }.map(\.text) == ["angry"] && read[4].rating == Rating(value: 1))
        // A time with a blank and UTC; a conversation's number is one of its account.
        #expect(
            RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07Z" && read[0].conversationID == "1:17" && read[0].inReplyTo == "chatwoot:1:9000")
        #expect(read[5].id == read[0].id && read[5].edited && read.map(\.channel).prefix(2) == [.whatsapp, .chat])
        // Typed by a visitor, except the number that WhatsApp vouches for.
        #expect(
            read[0].author.identifiers == [
                Identifier(kind: .email, value: "typed@example.com", verified: false),
                Identifier(kind: .phone, value: "+447700900123", verified: true),
                Identifier(kind: .userID, value: "crm-9", verified: false), Identifier(kind: .externalID, value: "chatwoot:1:5", verified: true),
            ])
    }

    /// Conversations as the API lists them, with the newest messages of each.
    @Test(arguments: [#"{"data":{"meta":{"all_count":1},"payload":[ITEM]}}"#, #"{"payload":[ITEM]}"#, "ITEM"])
    func readsListsOfConversations(page: String) throws {
        let item =
            #"{"id":17,"meta":{"sender":{"id":5,"name":"Priya","type":"contact"},"channel":"Channel::Whatsapp"},"account_id":1,"inbox_id":3,"messages":["#
            + #"{"id":1,"content":"late","account_id":1,"inbox_id":3,"conversation_id":17,"message_type":0,"created_at":1770109747,"private":false},"#
            + #"{"id":2,"content":"sorry","message_type":1,"created_at":1770109748,"private":false,"sender":{"type":"user"}}]}"#
        let text = page.replacing("ITEM", with: item)
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: nil).connector.name == "chatwoot")
        let read = messages(try decode("chatwoot", text))
        #expect(read.map(\.text) == ["late", "sorry"] && read.map(\.author.role) == [.customer, .agent])
        #expect(read.map(\.id) == ["chatwoot:1:1", "chatwoot:1:2"] && read.allSatisfy { $0.conversationID == "1:17" && $0.channel == .whatsapp })
        #expect(read[0].author.displayName == "Priya")
        #expect(outline(try decode("chatwoot", #"{"data":{"payload":[{"id":17,"messages":[]}]}}"#)) == ["ignored:empty"])
    }

    @Test(arguments: [
        (#""message_type":0"#, "message", Role.customer), (#""message_type":1,"sender":{"type":"user"}"#, "message", .agent),
        (#""message_type":1,"sender":{"type":"agent_bot"}"#, "message", .bot), (#""message_type":2"#, "ignored:system", .system),
        (#""message_type":3"#, "message", .bot), (#""message_type":"outgoing","content_attributes":{"automation_rule_id":4}"#, "message", .bot),
        (#""message_type":"incoming","private":true"#, "message", .agent), (#""message_type":9"#, "rejected:1", .system),
    ])
    func roles(members: String, expected: String, role: Role) throws {
        let operations = try decode("chatwoot", #"{"event":"message_created","id":1,"content":"x",\#(members)}"#)
        #expect(outline(operations) == [expected] && messages(operations).allSatisfy { $0.author.role == role })
    }

    /// A page of one conversation's messages: whose they are stands beside them, the account in one place of several or nowhere.
    @Test(
        arguments: [
            (#","account_id":4"#, "", "{}", "4"), ("", #","attachments":[{"id":1,"file_type":"image","account_id":4}]"#, "{}", "4"),
            ("", "", #"{"source":"chatwoot:4"}"#, "4"), ("", "", #"{"source":"chatwoot:shop"}"#, nil), ("", "", "{}", nil),
        ] as [(String, String, String, String?)])
    func pagesOfMessagesAgreeWithDeliveries(assignee: String, attachments: String, configuration: String, account: String?) throws {
        let page =
            #"{"meta":{"contact":{"payload":{"id":5,"name":"Priya","email":"p@x.example"}},"assignee":{"id":1,"name":"Tom"\#(assignee)}},"payload":["#
            + #"{"id":1,"content":"late","conversation_id":17,"inbox_id":3,"message_type":0,"content_type":"text","created_at":1770109748\#(attachments)},"#
            + #"{"id":5,"content":"Rate us","conversation_id":17,"message_type":3,"content_type":"input_csat","created_at":1770109749,"#
            + #""content_attributes":{"submitted_values":{"csat_survey_response":{"rating":2,"feedback_message":"slow"}}}}]}"#
        let read = messages(try decode("chatwoot", page, configuration))
        let scope = account.map { "\($0):" } ?? ""
        #expect(read.map(\.nativeID) == ["1", "rating:5"] && read.allSatisfy { $0.conversationID == scope + "17" })
        // Of the rating, too.
        #expect(read.allSatisfy { $0.author.displayName == "Priya" && $0.author.identifiers.map(\.value) == ["p@x.example", "chatwoot:\(scope)5"] })
        let delivery =
            #"{"event":"message_created","id":1,"content":"late","message_type":"incoming","sender":{"id":5},"conversation":{"id":17},"account":{"id":4}}"#
        let delivered = try #require(messages(try decode("chatwoot", delivery, configuration)).first)
        if account != nil { #expect(delivered.id == read[0].id && delivered.conversationID == read[0].conversationID) }
    }

    /// What a customer answers to a bot's question is a message of theirs; automatic mails are none.
    @Test(
        arguments: [
            (#""content_type":"input_select","content_attributes":{"submitted_values":[{"title":"Too slow","value":"a"}]}"#, "Too slow"),
            (#""content_type":"form","content_attributes":{"submitted_values":[{"name":"why","value":"late"},{"name":"n","value":3}]}"#, "late\n3"),
            (#""content_type":"input_email","content_attributes":{"submitted_email":"p@x.example"}"#, "p@x.example"),
            (#""content_type":"input_select","content_attributes":{"items":[{"title":"A","value":"a"}]}"#, nil),
            (#""content_type":"form","content_attributes":{"submitted_values":[{"name":"why","value":""}]}"#, nil),
        ] as [(String, String?)])
    func answersToQuestions(members: String, answer: String?) throws {
        let text =
            #"{"event":"message_updated","id":14,"content":"Why?","message_type":"template",\#(members),"account":{"id":1},"#
            + #""conversation":{"id":17,"meta":{"sender":{"id":5,"name":"Priya"}}}}"#
        let operations = try decode("chatwoot", text)
        #expect(outline(operations) == (answer == nil ? ["edit"] : ["edit", "message"]))
        let read = messages(operations)
        #expect(read[0].text == "Why?" && read[0].author.role == .bot)
        guard let answer else { return }
        #expect(read[1].text == answer && read[1].author.role == .customer && read[1].author.displayName == "Priya")
        #expect(read[1].id == "chatwoot:1:answer:14" && read[1].inReplyTo == "chatwoot:1:14")
    }

    @Test(arguments: [("true", "ignored:auto-reply"), ("false", "message"), ("null", "message")])
    func automaticMails(flag: String, expected: String) throws {
        let text =
            #"{"event":"message_created","id":1,"content":"Out of office","message_type":"incoming","content_type":"incoming_email","#
            + #""content_attributes":{"email":{"auto_reply":\#(flag),"subject":"Re: x"}}}"#
        #expect(outline(try decode("chatwoot", text)) == [expected])
    }

    /// Where the last thing that happened is no message, the last message stands beside it.
    @Test(arguments: [(8, ["ignored:system", "message"]), (9, ["ignored:system"])])
    func theLastMessageStandsBesideWhatHappened(number: Int, expected: [String]) throws {
        let text =
            #"{"id":20,"account_id":1,"meta":{"sender":{"id":5,"name":"Priya"}},"messages":[{"id":9,"message_type":2,"content":"Tom joined"}],"#
            + #""last_non_activity_message":{"id":\#(number),"message_type":0,"content":"late"}}"#
        let operations = try decode("chatwoot", text)
        #expect(outline(operations) == expected)
        #expect(messages(operations).allSatisfy { $0.author.displayName == "Priya" && $0.conversationID == "1:20" })
    }
}
