import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct ZendeskTests {
    @Test func readsEveryKindOfItem() throws {
        let operations = try decode("zendesk", Files.fixture("zendesk.json"))
        #expect(
            outline(operations) == [
                // The ticket with its comments in order of time; the description is the first comment's text.
                "message", "message", "message", "ignored:system", "message", "attachment", "rejected:1", "message",
                // Events.
                "message", "edit", "delete", "ignored:ticket.status_changed", "message",
                // An incremental export, and a ticket alone.
                "message", "ignored:Change", "message",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == [
                "Hello, my parcel is late", "It arrives on Friday", "Customer is angry", "Please call me back", "", "Took too long", "Still waiting",
                "My card is ▇▇▇▇", "Wrong tea", "Refund please", "Only a description",
            ])
        #expect(
            read.map(\.author.role) == [
                .customer, .agent, .agent, .customer, .customer, .customer, .customer, .customer, .customer, .customer, .agent,
            ])
        #expect(read.map(\.visibility).filter { $0 == .private }.count == 1 && read[2].visibility == .private)
        #expect(read[0].id == "zendesk:harbour:901" && read[0].conversationID == "5158" && read[0].author.displayName == "Priya N")
        #expect(
            read[0].author.identifiers == [
                Identifier(kind: .email, value: "priya@example.com", verified: true), Identifier(kind: .userID, value: "crm-9", verified: true),
                Identifier(kind: .externalID, value: "zendesk:8447388090494", verified: true),
            ])
        #expect(read[5].rating == Rating(value: 0, min: 0, max: 1) && RFC3339.format(read[5].sentAt) == "2026-02-03T09:14:07Z")
        // An id above 2^53, a time with nine digits.
        #expect(read[6].id == "zendesk:2212:9007199254740993" && RFC3339.format(read[6].sentAt) == "2026-02-03T09:30:00.123456789Z")
        #expect(read[7].edited && read[8].id == "zendesk:2212:ticket:5159")
    }

    @Test(arguments: [
        // Neither the ticket nor users: the default; with the configuration's word, an agent.
        (#"{"id":1,"author_id":42,"body":"Hi","public":true,"ticket_id":3}"#, "{}", Role.customer),
        (#"{"id":1,"author_id":42,"body":"Hi","public":true,"ticket_id":3}"#, #"{"agentNames":["zendesk:42"]}"#, .agent),
        (#"{"comments":[{"id":1,"author_id":42,"body":"Hi","public":false}]}"#, "{}", .agent),
        (#"{"id":3,"requester_id":7,"comments":[{"id":1,"author_id":8,"body":"Hi","public":true}]}"#, "{}", .agent),
        (#"{"id":3,"requester_id":7,"comments":[{"id":1,"author_id":7,"body":"Hi","public":true}]}"#, "{}", .customer),
        // What a user's record says comes before who asked.
        (#"{"ticket":{"id":3,"requester_id":7},"users":[{"id":7,"role":"agent"}],"comments":[{"id":1,"author_id":7,"body":"Hi"}]}"#, "{}", .agent),
        (#"{"tickets":[{"id":3,"requester_id":7,"description":"Hi"}],"users":[{"id":7,"role":"END_USER"}]}"#, "{}", .customer),
        (
            #"{"type":"zen:event-type:messaging_ticket.message_added","subject":"zen:ticket:3","event":{"actor":{"id":"1","type":"agent"},"#
                + #""message":{"id":"m","body":"Hi"}}}"#, "{}", .agent
        ),
    ])
    func roles(body: String, configuration: String, role: Role) throws {
        let read = messages(try decode("zendesk", body, configuration))
        #expect(read.map(\.author.role) == [role] && read[0].text == "Hi")
    }

    /// A ticket whose newest comments only were exported still shows its first message.
    @Test func aDescriptionThatNoCommentRepeatsIsAMessage() throws {
        let operations = try decode(
            "zendesk",
            #"{"id":3,"description":"First","requester_id":7,"created_at":"2026-02-03T09:00:00Z","comments":[{"id":9,"author_id":7,"#
                + #""body":"Later","created_at":"2026-02-03T10:00:00Z"}]}"#)
        #expect(messages(operations).map(\.text) == ["First", "Later"])
    }

    @Test(arguments: [
        (#"{"tickets":[]}"#, "ignored:empty"), (#"{"users":[{"id":1}]}"#, "ignored:user"), (#"{"tickets":[{"description":"x"}]}"#, "rejected:1"),
        (#"{"type":"zen:event-type:ticket.comment_added","event":{}}"#, "rejected:1"),
        (#"{"id":1,"author_id":7,"body":"x","created_at":"soon"}"#, "rejected:1"), (#"{"id":1,"author_id":7,"body":""}"#, "ignored:empty"),
        (#"{"ticket_id":1,"child_events":[]}"#, "ignored:empty"),
        (#"{"type":"zen:event-type:ticket.created","detail":{}}"#, "ignored:ticket.created"),
    ])
    func otherBodies(body: String, expected: String) throws { #expect(outline(try decode("zendesk", body)) == [expected]) }

    /// Tickets of a search and of their requesters' list are tickets; what else a search finds is not.
    @Test(arguments: [
        (
            #"{"results":[{"id":21,"description":"Broken","requester_id":7,"submitter_id":7,"result_type":"ticket"},"#
                + #"{"id":7,"role":"end-user","result_type":"user"}],"count":2}"#, ["message", "ignored:user"]
        ),
        (#"{"requests":[{"id":31,"description":"Broken","requester_id":7,"can_be_solved_by_me":false}],"count":1}"#, ["message"]),
    ])
    func pagesOfTickets(page: String, expected: [String]) throws {
        let found = try ConnectorRegistry.standard.recognise(head: Array(page.utf8)[...], fileName: "a.json")
        #expect(found.connector.name == "zendesk" && found.recognition.certainty == .certain)
        let operations = try decode("zendesk", page)
        #expect(outline(operations) == expected && messages(operations).allSatisfy { $0.text == "Broken" && $0.author.role == .customer })
    }

    @Test(arguments: [("good", 1.0), ("bad", 0), ("good_with_comment", 1), ("bad_with_comment", 0), ("Bad", 0)])
    func aRatingWithinATicketKeepsItsComment(score: String, value: Double) throws {
        let ticket = #"{"id":3,"requester_id":7,"satisfaction_rating":{"id":5,"score":"\#(score)","comment":"Too long"}}"#
        let read = messages(try decode("zendesk", ticket))
        #expect(read.map(\.text) == ["Too long"] && read.first?.rating == Rating(value: value, min: 0, max: 1))
    }

    /// As many operations as tickets, at least: none is lost without a word.
    @Test func aTicketWithoutWordsIsTold() throws {
        let operations = try decode(
            "zendesk", #"{"tickets":[{"id":1,"requester_id":7},{"id":2,"requester_id":7,"description":"Late"},{"id":3,"requester_id":7}]}"#)
        #expect(outline(operations) == ["ignored:empty", "message", "ignored:empty"])
    }

    /// Events name the way a comment came by with a word, the comment's own before its event's.
    @Test(arguments: [
        (#""via":"Mail""#, "", "Still late"), ("", #""via":"Mail""#, "Still late"), (#""via":{"channel":"email"}"#, "", "Still late"),
        (#""via":"Web form""#, #""via":"Mail""#, Self.quoting), (#""x":1"#, "", Self.quoting),
    ])
    func quotesInMailCommentsOfEventsAreCut(child: String, event: String, expected: String) throws {
        let members = child.isEmpty ? "" : child + ","
        let body =
            #"{"ticket_events":[{"id":1,"ticket_id":3,"updater_id":7,\#(event.isEmpty ? "" : event + ",")"child_events":[{\#(members)"id":2,"#
            + #""event_type":"Comment","author_id":7,"public":true,"plain_body":"\#(Self.quoting.replacing("\n", with: "\\n"))"}]}]}"#
        #expect(messages(try decode("zendesk", body)).map(\.text) == [expected])
    }

    private static let quoting = "Still late\n\nOn Mon, 2 Feb 2026 at 10:00, Ana <ana@acme.com> wrote:\n> your order"

    /// Said once, where several authors are unknown and nobody is named.
    @Test(arguments: [
        ([7, 42], "", "", "{}", 1), ([7, 7], "", "", "{}", 0), ([7, 42], "", "", #"{"agentNames":["zendesk:42"]}"#, 0),
        ([7, 42], #","users":[{"id":7,"role":"end-user"},{"id":42,"role":"agent"}]"#, "", "{}", 0),
        ([7, 42], "", #","public":false"#, "{}", 0),
    ])
    func unknownAuthorsAreTold(authors: [Int], users: String, member: String, configuration: String, count: Int) throws {
        let comments = authors.enumerated().map { #"{"id":\#($0),"author_id":\#($1),"body":"Hi"\#(member)}"# }.joined(separator: ",")
        let events = #"{"ticket_events":[{"id":1,"ticket_id":3,"child_events":[\#(comments)]}]\#(users)}"#
        for body in [#"{"comments":[\#(comments)]\#(users)}"#, events] {
            var decoder = try ZendeskConnector().makeDecoder(
                ConnectorConfiguration(jsonText: Array(configuration.utf8)), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
            try decoder.decode(all: Array(body.utf8)) { _ in }
            #expect(decoder.remarks.count == count && decoder.remarks.allSatisfy { $0.contains("agentNames") }, "\(body)")
        }
    }
}
