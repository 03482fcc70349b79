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
}
