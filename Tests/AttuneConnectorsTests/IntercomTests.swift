import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct IntercomTests {
    @Test func aDeletedConversationTakesAllOfItsMessages() throws {
        let event =
            #"{"type":"notification_event","app_id":"ab12","topic":"conversation.deleted","created_at":1734537270,"#
            + #""data":{"item":{"type":"conversation","id":"471"}}}"#
        let at = Timestamp(seconds: 1_734_537_270, nanoseconds: 0)
        #expect(
            try decode("intercom", event) == [
                .delete(Deletion(target: nil, isOfAll: true, source: "intercom:ab12", conversationID: "471", at: at))
            ])
    }

    @Test func aDeletionNamesMessagesThatMayComeLater() throws {
        let item = #"{"type":"conversation","id":"1","source":{"id":"2","body":"x"}}"#
        let operations = try decode("intercom", #"{"type":"notification_event","topic":"conversation.deleted","data":{"item":\#(item)}}"#)
        let targets = operations.map { operation -> String? in if case .delete(let deletion) = operation { deletion.target } else { "none" } }
        #expect(targets == ["intercom:2", nil])
    }

    /// The first versions of the API call the first message otherwise.
    @Test func conversationsOfTheFirstVersions() throws {
        let first = #"{"id":"53","body":"<p>Where is it?</p>","author":{"type":"user","id":"5","name":""}}"#
        let read = try decode("intercom", #"{"type":"conversation","id":"147","created_at":1400850973,"conversation_message":\#(first)}"#)
        #expect(messages(read).map(\.text) == ["Where is it?"] && messages(read).map(\.author.displayName) == [nil])
    }

    @Test func readsEveryKindOfPart() throws {
        let operations = try decode("intercom", Files.fixture("intercom.json"))
        #expect(
            outline(operations) == [
                // The source, ten parts, the rating.
                "message", "ignored:assignment", "message", "message", "message", "message", "delete", "attachment", "ignored:system",
                "ignored:conversation_attribute_updated_by_admin", "rejected:1", "message",
                // Notifications: the source again with a note, a ping, a redaction.
                "message", "message", "ignored:ping", "delete",
                // An empty list, a ticket.
                "ignored:empty", "message", "ignored:ticket_state_updated_by_admin",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == [
                "Where is my & parcel?", "Hi! I am a bot", "angry", "Arrives on Friday", "It did not", "", "Too slow", "Where?", "look", "Comment",
            ])
        #expect(
            read.map(\.author.role) == [.customer, .bot, .agent, .agent, .customer, .customer, .customer, .customer, .agent, .customer])
        #expect(read.filter { $0.visibility == .private }.map(\.text) == ["angry", "look"])
        #expect(read[0].id == "intercom:4039" && read[0].conversationID == "367" && RFC3339.format(read[0].sentAt) == "2026-02-03T09:09:07Z")
        #expect(
            read[0].author.identifiers == [
                Identifier(kind: .email, value: "priya@example.com", verified: true), Identifier(kind: .userID, value: "crm-9", verified: true),
                Identifier(kind: .externalID, value: "intercom:667d", verified: true),
            ])
        // A lead only typed the address.
        #expect(read[5].author.identifiers.first == Identifier(kind: .email, value: "typed@example.com", verified: false))
        #expect(read[6].rating == Rating(value: 2) && read[7].id == "intercom:ab12:4039" && read[7].channel == .email)
    }

    /// A customer's reply that reopens a conversation is no comment, and yet a message.
    @Test(arguments: [
        ("open", "user", "<p>x</p>", "message"), ("close", "admin", "<p>x</p>", "message"), ("close", "admin", "", "ignored:close"),
        ("assignment", "admin", "<p>x</p>", "message"), ("assignment", "team", "<p>x</p>", "ignored:system"),
        ("open", "user", "<p></p>", "ignored:open"),
        ("participant_added", "admin", "<p>x</p>", "ignored:participant_added"), ("note", "bot", "<p>x</p>", "message"),
    ])
    func parts(type: String, author: String, body: String, expected: String) throws {
        let part = #"{"id":"1","part_type":"\#(type)","body":"\#(body)","created_at":1770109747,"author":{"type":"\#(author)","id":"2"}}"#
        let text = #"{"type":"conversation","id":"3","conversation_parts":{"conversation_parts":[\#(part)]}}"#
        #expect(outline(try decode("intercom", text)) == [expected])
    }

    @Test func aRepeatedSourceHasTheSameId() throws {
        let item =
            #"{"type":"conversation","id":"3","source":{"id":"9","body":"x","author":{"type":"user"}},"conversation_parts":{"conversation_parts":[]}}"#
        let notification = #"{"type":"notification_event","app_id":"a","topic":"conversation.user.created","data":{"item":\#(item)}}"#
        let read = messages(try decode("intercom", notification + "\n" + notification))
        #expect(read.map(\.id) == ["intercom:a:9", "intercom:a:9"])
    }

    @Test(arguments: [
        (#"{"type":"notification_event","topic":"contact.created","data":{"item":{"type":"contact"}}}"#, "ignored:contact.created"),
        (#"{"type":"notification_event","topic":"conversation.deleted","data":{"item":{}}}"#, "ignored:conversation.deleted"),
        (
            #"{"type":"notification_event","topic":"conversation_part.tag.created","data":{"item":{"type":"conversation_part","id":"1","body":"x"}}}"#,
            "ignored:conversation_part.tag.created"
        ),
        (#"{"type":"conversation","id":"1","source":{"id":"2","redacted":true}}"#, "delete"), (#"{"type":"admin","id":"1"}"#, "ignored:admin"),
        (#"{"type":"conversation.list","conversations":[{"type":"x"}]}"#, "rejected:1"),
    ])
    func otherBodies(body: String, expected: String) throws { #expect(outline(try decode("intercom", body)) == [expected]) }

    /// A conversation of which a ticket was made says what was said as before, alone and as news.
    @Test(arguments: ["@", #"{"type":"notification_event","topic":"conversation.user.replied","data":{"item":@}}"#])
    func aConversationWithItsTicket(envelope: String) throws {
        let part = #"{"type":"conversation_part","id":"11","part_type":"comment","body":"<p>Still late</p>","author":{"type":"user","id":"u"}}"#
        let item =
            #"{"type":"conversation","id":"471","source":{"id":"4","body":"<p>Where is it?</p>","author":{"type":"user","id":"u"}},"#
            + #""ticket":{"type":"ticket","id":"12","title":"Late"},"conversation_parts":{"conversation_parts":[\#(part)]}}"#
        let read = messages(try decode("intercom", envelope.replacing("@", with: item)))
        #expect(read.map(\.text) == ["Where is it?", "Still late"] && read.allSatisfy { $0.conversationID == "471" })
    }

    /// As many operations as conversations, at least: none is lost without a word.
    @Test func aConversationWithoutWordsIsTold() throws {
        let said = #"{"type":"conversation","id":"1","source":{"id":"2","body":"<p>Hi</p>","author":{"type":"user","id":"u"}}}"#
        let items = #"{"type":"conversation","id":"3","source":null},\#(said),{"type":"conversation","id":"4"}"#
        let operations = try decode("intercom", #"{"type":"conversation.list","conversations":[\#(items)]}"#)
        #expect(outline(operations) == ["ignored:empty", "message", "ignored:empty"])
    }

    @Test func aTicketsDescriptionIsTheCustomers() throws {
        let text = """
            {"type":"ticket","id":"9","created_at":1770109747,"ticket_attributes":{"_default_title_":"Late","_default_description_":"Parcel is late"},
            "contacts":{"contacts":[{"id":"u1","external_id":"crm-9"}]},"ticket_parts":{"ticket_parts":[]}}
            """
        let read = messages(try decode("intercom", text))
        #expect(read.map(\.text) == ["Parcel is late"] && read[0].author.role == .customer && read[0].conversationID == "9")
        #expect(read[0].author.identifiers.contains(Identifier(kind: .userID, value: "crm-9", verified: true)))
    }
}
