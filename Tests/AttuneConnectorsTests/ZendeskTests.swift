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

    /// Only the plain form has entities, once.
    @Test(arguments: [
        (#""plain_body":"where is&nbsp; my cup &amp; &lt;3 &#39;x&#39;""#, "where is  my cup & <3 'x'"),
        (#""plain_body":"&amp;lt; A&B""#, "&lt; A&B"),
        (#""body":"A &amp; B""#, "A &amp; B"), (#""html_body":"<p>A &amp;amp; B</p>""#, "A &amp; B"),
    ])
    func entitiesOfThePlainForm(member: String, text: String) throws {
        #expect(messages(try decode("zendesk", #"{"id":1,"author_id":7,"public":true,\#(member)}"#)).map(\.text) == [text])
    }

    /// Whom a search found beside its tickets, or its page lists, is known by name.
    @Test(arguments: [
        #"{"results":[{"id":21,"description":"Broken","requester_id":7,"submitter_id":7,"result_type":"ticket"}],"users":[{"id":7,"name":"Ann"}]}"#,
        #"{"results":[{"id":21,"description":"Broken","requester_id":7,"submitter_id":7},{"id":7,"name":"Ann","result_type":"user"}]}"#,
    ])
    func searchesKnowTheirPeople(page: String) throws {
        #expect(messages(try decode("zendesk", page)).map(\.author.displayName) == ["Ann"])
    }

    /// Audits are what happened to a ticket: of a list, of an answer, or one a line.
    @Test(arguments: [#"{"audits":[AUDIT],"next_page":null}"#, #"{"audit":AUDIT}"#, "AUDIT\n"])
    func readsAudits(page: String) throws {
        let audit =
            #"{"id":1,"ticket_id":4,"created_at":"2026-02-03T09:14:07Z","author_id":42,"via":{"channel":"web"},"events":["#
            + #"{"id":2,"type":"Comment","author_id":7,"plain_body":"Broken cup","public":true},"#
            + #"{"id":3,"type":"Comment","plain_body":"angry","public":false},{"id":4,"type":"Create","field_name":"status","value":"new"}]}"#
        let text = page.replacing("AUDIT", with: audit)
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: nil).connector.name == "zendesk")
        let operations = try decode("zendesk", text)
        #expect(outline(operations) == ["message", "message", "ignored:Create"])
        let read = messages(operations)
        #expect(read.map(\.id) == ["zendesk:2", "zendesk:3"] && read.allSatisfy { $0.conversationID == "4" && $0.timeBasis == .exact })
        #expect(read.map(\.visibility) == [.public, .private] && read.map(\.author.role) == [.customer, .agent])
    }

    /// An answer to a change has the ticket beside the audit.
    @Test func anAuditBesideItsTicketDoesNotHideIt() throws {
        let text = #"{"ticket":{"id":4,"description":"Broken","requester_id":7},"audit":{"id":1,"ticket_id":4,"events":[]}}"#
        #expect(messages(try decode("zendesk", text)).map(\.text) == ["Broken"])
    }

    private static let apart = (
        tickets: #"{"tickets":[{"url":"https://acme.zendesk.com/api/v2/tickets/1.json","id":1,"description":"Cup  broke","requester_id":7,"#
            + #""submitter_id":7,"created_at":"2026-02-03T09:00:00Z"}]}"#,
        comments: #"{"comments":[{"id":12,"author_id":42,"plain_body":"Cup broke","public":true,"created_at":"2026-02-03T09:20:00Z"},"#
            + #"{"id":11,"author_id":7,"plain_body":"Cup broke","public":true,"created_at":"2026-02-03T09:00:00Z"}],"#
            + #""users":[{"id":7,"url":"https://acme.zendesk.com/api/v2/users/7.json"}],"next_page":null,"previous_page":null}"#,
        events: #"{"ticket_events":[{"id":9,"ticket_id":1,"created_at":"2026-02-03T09:00:00Z","child_events":["#
            + #"{"id":11,"event_type":"Comment","author_id":7,"plain_body":"Cup broke","public":true}]}]}"#
    )

    /// Lists of one export in files of their own, read by one command in any order: the description is there once, and ids are those of the files alone.
    @Test func aDescriptionInAnotherFileIsNotRepeated() throws {
        func read(_ files: [(String, String)], _ memory: InputMemory?) throws -> [[AttuneCore.Operation]] {
            try files.map { name, text in
                let context = DecodingContext(fileName: name, receivedAt: Timestamp(nanoseconds: 0), memory: memory)
                var decoder = try ZendeskConnector().makeDecoder(ConnectorConfiguration(), context: context)
                var operations = [AttuneCore.Operation]()
                try decoder.decode(all: Array(text.utf8)) { operations.append($0) }
                return operations
            }
        }
        let (tickets, comments) = (("x/tickets.json", Self.apart.tickets), ("x/ticket_1_comments.json", Self.apart.comments))
        let alone = try read([tickets, comments], nil)
        #expect(alone.map(outline) == [["message"], ["message", "message"]])
        #expect(messages(alone.flatMap(\.self)).map(\.id) == ["zendesk:acme:ticket:1", "zendesk:acme:11", "zendesk:acme:12"])
        #expect(messages(alone.flatMap(\.self)).allSatisfy { $0.conversationID == "1" })
        let behind = try read([tickets, comments], InputMemory())
        #expect(behind.map(outline) == [["message"], ["ignored:description", "message"]])
        // The ticket tells who asked.
        #expect(messages(behind.flatMap(\.self)).map(\.author.role) == [.customer, .agent])
        #expect(try read([comments, tickets], InputMemory()).map(outline) == [["message", "message"], ["ignored:description"]])
        #expect(try read([tickets, ("e.json", Self.apart.events)], InputMemory()).map(outline) == [["message"], ["ignored:description"]])
        // A ticket of another account may have the same number.
        let other = ("y/tickets.json", Self.apart.tickets.replacing("acme", with: "other"))
        #expect(try read([comments, other], InputMemory()).map(outline) == [["message", "message"], ["message"]])
        let others = ("y/ticket_1.json", Self.apart.comments.replacing("acme", with: "other"))
        let mixed = try read([tickets, others, ("e.json", Self.apart.events)], InputMemory())
        #expect(mixed.map(outline) == [["message"], ["message", "message"], ["ignored:description"]])
    }

    @Test(
        arguments: [
            ("ticket_77_comments.json", "77"), ("Ticket #77.json", "77"), ("comments-ticket-77.json.gz", "77"), ("ticket77.json", "77"),
            ("tickets_2026.json", nil), ("ticket-2026-02-03.json", nil), ("ticket.json", nil), (nil, nil),
            ("comments_77.json", "77"), ("77_comments.json", "77"), ("77.json", "77"), ("x/77/comments.json", "77"), ("77/page_2.json", "77"),
            ("tickets/ticket-77/comments.json", "77"), ("2026/comments_77.json", "77"), ("tickets/2026/comments.json", "2026"),
            ("78/comments_1.json", "78"),
            ("20260203.json", nil), ("export 3 of 4.json", nil), ("2026-02-03/comments.json", nil), ("part2.json", nil), ("x/comments.json", nil),
        ] as [(String?, String?)])
    func ticketsOfFileNames(path: String?, id: String?) {
        let context = DecodingContext(fileName: path, receivedAt: Timestamp(nanoseconds: 0))
        #expect(ZendeskPages.ticketID(baseName: context.baseName, folderName: context.folderName) == id)
    }

    /// A page of comments of which nothing tells the ticket is said to be one.
    @Test(arguments: [("comments.json", "", 1), ("tickets/3/comments.json", "", 0), ("comments.json", #","ticket_id":3"#, 0)])
    func commentsWithoutTicketAreTold(path: String, member: String, count: Int) throws {
        var decoder = try ZendeskConnector().makeDecoder(
            ConnectorConfiguration(), context: DecodingContext(fileName: path, receivedAt: Timestamp(nanoseconds: 0)))
        var read = [AttuneCore.Operation]()
        try decoder.decode(all: Array(#"{"comments":[{"id":1,"author_id":7,"body":"Hi"\#(member)}]}"#.utf8)) { read.append($0) }
        #expect(decoder.remarks.count { $0.contains("ticket_77.json") } == count)
        #expect(messages(read).map(\.conversationID) == [count == 0 ? "3" : "unknown"])
    }

    /// What a list of users says holds for the files that are read behind it.
    @Test(arguments: [
        #"{"users":[{"id":78,"name":"Cc Carl","email":"carl@x.com","role":"end-user"},{"id":42,"name":"Tom","role":"agent"}]}"#,
        #"{"id":78,"name":"Cc Carl","email":"carl@x.com","role":"end-user"}"# + "\n" + #"{"id":42,"name":"Tom","email":"t@x.com","role":"admin"}"#,
        #"{"tickets":[{"id":3,"requester_id":77,"submitter_id":77}],"users":[{"id":78,"name":"Cc Carl","email":"carl@x.com","role":"end-user"},"#
            + #"{"id":42,"name":"Tom","role":"agent"}]}"#,
    ])
    func usersAreRememberedForOtherFiles(users: String) throws {
        let audits =
            #"{"audits":[{"id":1,"ticket_id":3,"author_id":78,"events":[{"id":990,"type":"Comment","author_id":78,"body":"I too","public":true}]}]}"#
        let comments = #"{"id":991,"ticket_id":4,"author_id":42,"plain_body":"On Friday","public":true}"#
        let memory = InputMemory()
        let read = try [users, audits, comments].flatMap { body -> [AttuneCore.Operation] in
            let found = try ConnectorRegistry.standard.recognise(head: Array(body.utf8)[...], fileName: "a.json")
            #expect(found.connector.name == "zendesk" && found.recognition.certainty == .certain, "\(body)")
            let context = DecodingContext(receivedAt: Timestamp(nanoseconds: 0), memory: memory)
            var decoder = try found.connector.makeDecoder(ConnectorConfiguration(), context: context)
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: Array(body.utf8)) { operations.append($0) }
            #expect(decoder.remarks.isEmpty)
            return operations
        }
        let said = messages(read)
        #expect(said.map(\.author.role) == [.customer, .agent] && said.map(\.author.displayName) == ["Cc Carl", "Tom"])
        #expect(
            said.first?.author.identifiers == [
                Identifier(kind: .email, value: "carl@x.com", verified: true), Identifier(kind: .externalID, value: "zendesk:78", verified: true),
            ])
    }

    /// The answer to an update holds the comment that came with it.
    @Test func theCommentOfAnUpdateIsRead() throws {
        let body =
            #"{"ticket":{"url":"https://acme.zendesk.com/api/v2/tickets/3.json","id":3,"description":"Late","requester_id":7,"submitter_id":7},"#
            + #""audit":{"id":1,"ticket_id":3,"author_id":42,"events":[{"id":992,"type":"Comment","author_id":42,"body":"Sorry","public":true}]}}"#
        let read = messages(try decode("zendesk", body))
        #expect(read.map(\.text) == ["Late", "Sorry"] && read.map(\.author.role) == [.customer, .agent])
        #expect(read.allSatisfy { $0.source == "zendesk:acme" })
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
        for body in [#"{"ticket_id":3,"comments":[\#(comments)]\#(users)}"#, events] {
            var decoder = try ZendeskConnector().makeDecoder(
                ConnectorConfiguration(jsonText: Array(configuration.utf8)), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
            try decoder.decode(all: Array(body.utf8)) { _ in }
            #expect(decoder.remarks.count == count && decoder.remarks.allSatisfy { $0.contains("agentNames") }, "\(body)")
        }
    }
}
