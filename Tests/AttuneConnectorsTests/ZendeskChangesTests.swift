import AttuneCore
import Testing

@testable import AttuneConnectors

/// What happens to Zendesk's tickets, and who takes part in them.
@Suite struct ZendeskChangesTests {
    @Test(arguments: [
        ("ticket.soft_deleted", true), ("ticket.permanently_deleted", true), ("ticket.marked_as_spam", false), ("ticket.merged", false),
    ])
    func deletedTickets(type: String, isDeleted: Bool) throws {
        let event =
            #"{"type":"zen:event-type:\#(type)","zendesk_event_version":"2022-11-06","account_id":9,"subject":"zen:ticket:5158","#
            + #""time":"2026-02-03T09:14:07Z","detail":{"id":"5158"},"event":{}}"#
        let expected = Deletion(
            target: nil, isOfAll: true, source: "zendesk:9", conversationID: "5158", at: try #require(RFC3339.parse("2026-02-03T09:14:07Z")))
        let operations = try decode("zendesk", event)
        #expect(isDeleted ? operations == [.delete(expected)] : outline(operations) == ["ignored:\(type)"])
        // What `decode` prints reads back as the same.
        if isDeleted { #expect(try decode("jsonl", OperationJSON.line(operations[0])) == operations) }
    }

    /// The comment that a ticket began with says again what the ticket said, whichever comes first; a later one may say the same words.
    @Test func ticketsAndTheirFirstCommentsAsEvents() throws {
        func event(_ type: String, _ rest: String) -> String {
            #"{"type":"zen:event-type:ticket.\#(type)","account_id":9,"subject":"zen:ticket:7","time":"2026-02-03T09:14:07Z",\#(rest)}"#
        }
        let created = event("created", #""detail":{"id":"7","description":"Where is it?","requester_id":"77","submitter_id":"77"},"event":{}"#)
        func comment(_ id: Int, _ text: String) -> String {
            let body = #""body":"\#(text)","is_public":true,"author":{"id":"77","is_staff":false}"#
            return event("comment_added", #""detail":{"id":"7","requester_id":"77"},"event":{"comment":{"id":"\#(id)",\#(body)}}"#)
        }
        let comments = [comment(1, "Where is it?"), comment(2, "Hello?"), comment(3, "Where is it?")]
        let read = try decode("zendesk", ([created] + comments).joined(separator: "\n"))
        #expect(outline(read) == ["message", "ignored:description", "message", "message"])
        #expect(messages(read).map(\.text) == ["Where is it?", "Hello?", "Where is it?"])
        #expect(messages(read).allSatisfy { $0.author.role == .customer })
        let late = try decode("zendesk", ([comments[0], created] + comments[1...]).joined(separator: "\n"))
        #expect(outline(late) == ["message", "ignored:description", "message", "message"])
    }

    /// What becomes private counts no more, also where its words are not told again.
    @Test(arguments: [#""body":"Liar","#, ""])
    func aCommentThatIsPrivateNow(body: String) throws {
        let event =
            #"{"type":"zen:event-type:ticket.comment_made_private","account_id":1,"subject":"zen:ticket:7","time":"2026-02-03T09:14:07Z","#
            + #""detail":{"id":"7","requester_id":"77"},"event":{"comment":{"id":"902",\#(body)"author":{"id":"77","is_staff":false}}}}"#
        let operations = try decode("zendesk", event)
        #expect(outline(operations) == ["edit"] && messages(operations).map(\.visibility) == [.private])
        #expect(messages(operations).map(\.id) == ["zendesk:1:902"])
    }

    /// Audits and incremental exports tell of it, too, and do not repeat the words.
    @Test(arguments: [
        (#""type":"CommentPrivacyChange","comment_id":902,"public":false"#, "edit"),
        (#""event_type":"CommentPrivacyChange","comment_id":902,"public":true"#, "ignored:CommentPrivacyChange"),
        (#""event_type":"CommentPrivacyChange","public":false"#, "ignored:CommentPrivacyChange"),
        (#""event_type":"CommentRedactionEvent","comment_id":902"#, "delete"), (#""type":"CommentRedactionEvent""#, "ignored:CommentRedactionEvent"),
    ])
    func changesOfCommentsInAudits(event: String, expected: String) throws {
        let operations = try decode("zendesk", Self.audits([(1, 42, #"{"id":15,\#(event)}"#)]))
        #expect(outline(operations) == [expected])
        #expect(messages(operations).allSatisfy { $0.id == "zendesk:902" && $0.visibility == .private && $0.author.role == .agent })
        let target = Deletion(target: "zendesk:902", source: "zendesk", conversationID: "7", at: try #require(RFC3339.parse("2026-02-03T09:14:07Z")))
        if expected == "delete" { #expect(operations == [.delete(target)]) }
    }

    /// Where the comment's own event was fetched after words were taken out, what is left of it stays.
    @Test(arguments: [("My card is ▇▇▇▇", "ignored:CommentRedactionEvent"), ("My card is 4111", "delete")])
    func redactedComments(text: String, expected: String) throws {
        let comment = #"{"id":902,"type":"Comment","author_id":77,"body":"\#(text)","public":true}"#
        let redaction = #"{"id":15,"type":"CommentRedactionEvent","comment_id":902}"#
        #expect(outline(try decode("zendesk", Self.audits([(1, 77, comment), (2, 42, redaction)]))) == ["message", expected])
        let pages = Self.audits([(1, 77, comment)]) + "\n" + Self.audits([(2, 42, redaction)])
        #expect(outline(try decode("zendesk", pages)) == ["message", expected])
    }

    /// Ids do not depend on whether there is a next page.
    @Test func theLastPageHasTheIDsOfTheOthers() throws {
        func page(_ next: String) throws -> [String] {
            let comment = #"{"id":1,"author_id":2,"public":true,"body":"a","ticket_id":7}"#
            return messages(try decode("zendesk", #"{"comments":[\#(comment)],"next_page":\#(next)}"#)).map(\.id)
        }
        #expect(try page("null") == page(#""https://acme.zendesk.com/api/v2/tickets/7/comments.json?page=2""#))
    }

    private static func audits(_ audits: [(id: Int, author: Int, events: String)]) -> String {
        let list = audits.map {
            #"{"id":\#($0.id),"ticket_id":7,"created_at":"2026-02-03T09:14:07Z","author_id":\#($0.author),"events":[\#($0.events)]}"#
        }
        return "{\"audits\":[\(list.joined(separator: ","))]}"
    }

    /// Comments of social networks and answers to surveys are events of audits, too.
    @Test func eventsThatSayWhatTheCustomerThinks() throws {
        let events =
            #"{"id":1,"type":"FacebookComment","author_id":77,"body":"fb says bad","public":true},"#
            + #"{"id":2,"type":"SatisfactionRating","score":"bad","body":"never again"},"#
            + #"{"id":3,"type":"SatisfactionRating","score":"offered","body":null},{"id":4,"type":"Push"}"#
        let operations = try decode("zendesk", Self.audits([(1, 77, events)]))
        #expect(outline(operations) == ["message", "message", "ignored:unrated", "ignored:Push"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["fb says bad", "never again"] && read.allSatisfy { $0.author.role == .customer && $0.conversationID == "7" })
        #expect(read[1].rating == Rating(value: 0, min: 0, max: 1) && read[1].author.identifiers.map(\.value) == ["zendesk:77"])
    }

    /// The event that created a ticket says whose it is: whoever else writes is taken for an agent.
    @Test(arguments: [
        #"{"id":1,"type":"Create","field_name":"requester_id","value":"77"}"#, #"{"id":1,"event_type":"Create","requester_id":77}"#,
    ])
    func theRequesterStandsInTheFirstAudit(created: String) throws {
        func said(_ id: Int) -> String { #"{"id":\#(id),"type":"Comment","body":"text \#(id)","public":true}"# }
        let list = Self.audits([(1, 77, "\(said(10)),\(created)"), (2, 42, said(11)), (3, 77, said(12))])
        #expect(messages(try decode("zendesk", list)).map(\.author.role) == [.customer, .agent, .customer])
        // The ticket behind it repeats its first comment.
        let ticket = #"{"id":7,"description":"text 10","requester_id":77,"submitter_id":77,"created_at":"2026-02-03T09:14:07Z"}"#
        #expect(outline(try decode("zendesk", list + "\n" + ticket)).last == "ignored:description")
    }

    /// In exports of whole tickets the people who are copied in stand in a list.
    @Test func peopleWhoAreCopiedIn() throws {
        let ticket =
            #"{"id":1,"requester":{"id":77,"name":"Priya","role":"end-user"},"assignee":{"id":42,"role":"agent"},"#
            + #""collaborator":[{"id":78,"name":"Carl","role":"end-user"},{"id":43,"name":"Ada","role":"agent"}],"comments":["#
            + #"{"id":1,"author_id":78,"body":"angry cc","public":true},{"id":2,"author_id":43,"body":"sorry","public":true}]}"#
        let read = messages(try decode("zendesk", ticket))
        #expect(read.map(\.author.role) == [.customer, .agent] && read.map(\.author.displayName) == ["Carl", "Ada"])
    }

    /// A ticket may come alone and with its comments, in any order and number: its description is told once.
    @Test(arguments: [[0, 1], [1, 0], [0, 1, 1], [1, 0, 0], [0, 0, 1]])
    func aTicketThatComesAgainWithItsComments(order: [Int]) throws {
        let ticket = #"{"id":3,"description":"Cup broke","requester_id":7,"submitter_id":7,"created_at":"2026-02-03T09:14:07Z"}"#
        let comments = [
            #"{"id":1,"author_id":7,"body":"Cup broke","plain_body":"Cup broke","public":true,"created_at":"2026-02-03T09:14:07Z"}"#,
            #"{"id":2,"author_id":8,"body":"Sorry","public":true,"created_at":"2026-02-03T09:15:07Z"}"#,
        ]
        let forms = [ticket, #"{"ticket":\#(ticket),"comments":[\#(comments.joined(separator: ","))]}"#]
        let read = messages(try decode("zendesk", order.map { forms[$0] }.joined(separator: "\n")))
        let texts = Dictionary(read.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
        #expect(texts.values.sorted() == ["Cup broke", "Sorry"])
    }
}
