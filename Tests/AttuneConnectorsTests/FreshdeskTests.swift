import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct FreshdeskTests {
    /// Mail servers are no customers, and rules no agents.
    @Test(
        arguments: [
            (#""incoming":true,"from_email":"MAILER-DAEMON@mx.example""#, "ignored:auto-reply", nil),
            (#""incoming":true,"from_email":"p@x.example""#, "message", .customer),
            (#""incoming":false,"auto_response":true,"user_id":5"#, "message", .bot), (#""incoming":false,"user_id":5"#, "message", .agent),
        ] as [(String, String, Role?)])
    func whatMachinesWrite(members: String, expected: String, role: Role?) throws {
        let operations = try decode(
            "freshdesk", #"{"id":9,"ticket_id":1,"body_text":"x","private":false,"created_at":"2026-01-02T00:00:00Z",\#(members)}"#)
        #expect(outline(operations) == [expected] && messages(operations).first?.author.role == role)
    }

    @Test func readsBothEnvelopesInOrderOfTime() throws {
        let operations = try decode("freshdesk", Files.fixture("freshdesk.json"))
        #expect(
            outline(operations) == [
                "message", "message", "message", "message", "delete", "rejected:6",
                // A web chat: the bot's greeting, then the conversation that repeats the description.
                "message", "message",
                "ignored:spam", "delete", "ignored:empty", "message", "rejected:14",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == ["My parcel is late", "Hello?", "On Friday", "Angry customer", "Hi, how can I help?", "Wrong tea", "Alone"])
        #expect(read.map(\.author.role) == [.customer, .customer, .agent, .agent, .bot, .customer, .customer])
        #expect(read.filter { $0.visibility == .private }.map(\.text) == ["Angry customer"])
        #expect(read.map(\.id).prefix(2) == ["freshdesk:ticket:1", "freshdesk:2001"] && Set(read.prefix(4).map(\.conversationID)) == ["1"])
        #expect(
            read[0].author.identifiers == [
                Identifier(kind: .email, value: "Priya@example.com", verified: true),
                Identifier(kind: .phone, value: "+447700900123", verified: true),
                Identifier(kind: .userID, value: "crm-9", verified: true), Identifier(kind: .externalID, value: "freshdesk:1001", verified: true),
            ])
        // The sender of a mail is what the mail says; a number in the same field is no address.
        #expect(read[1].author.identifiers.last == Identifier(kind: .email, value: "priya@work.example", verified: false))
        #expect(read[2].author.identifiers == [Identifier(kind: .externalID, value: "freshdesk:1002", verified: true)])
        #expect(read[2].attachments == [Attachment(kind: "document", name: "label.pdf")])
    }

    @Test(arguments: [
        (#""incoming":true,"private":false,"user_id":7"#, Role.customer, Visibility.public),
        (#""incoming":false,"private":false,"user_id":7"#, .agent, .public),
        (#""incoming":false,"private":false,"user_id":null"#, .bot, .public), (#""incoming":false,"private":true,"user_id":7"#, .agent, .private),
        (#""incoming":true,"private":true,"user_id":7"#, .agent, .private),
    ])
    func roles(flags: String, role: Role, visibility: Visibility) throws {
        let read = messages(try decode("freshdesk", #"{"id":1,"body":"x",\#(flags)}"#))
        #expect(read.map(\.author.role) == [role] && read[0].visibility == visibility)
    }

    /// An absence note of the customer's mailbox, and what the desk itself sends.
    @Test func automaticAnswers() throws {
        let flags = #""id":1,"body":"away until Monday","user_id":7,"auto_response":true"#
        #expect(outline(try decode("freshdesk", #"{\#(flags),"incoming":true}"#)) == ["ignored:auto-reply"])
        #expect(messages(try decode("freshdesk", #"{\#(flags),"incoming":false}"#)).map(\.author.role) == [.bot])
    }

    /// The list of tickets and the ticket with its conversations are of one ticket: equal ids.
    @Test func overlappingExportsAgree() throws {
        let ticket = #"{"id":1,"description_text":"a","requester_id":2,"responder_id":3,"created_at":"2026-02-03T09:00:00Z""#
        let alone = messages(try decode("freshdesk", "[\(ticket)}]"))
        let whole = messages(try decode("freshdesk", #"{"ticket":\#(ticket)},"conversations":[{"id":4,"body":"b","incoming":true}]}"#))
        #expect(alone.map(\.id) == ["freshdesk:ticket:1"] && whole.map(\.id) == ["freshdesk:ticket:1", "freshdesk:4"])
    }

    /// As many operations as tickets, at least: none is lost without a word.
    @Test(arguments: ["@", #"{"tickets":@}"#, #"{"results":@,"total":2}"#])
    func aTicketWithoutWordsIsTold(list: String) throws {
        let tickets = [("48", ""), ("49", "Late")].map { #"{"id":\#($0),"requester_id":5,"description":"\#($1)","description_text":"\#($1)"}"# }
        let text = list.replacing("@", with: "[\(tickets.joined(separator: ","))]")
        #expect(outline(try decode("freshdesk", text)) == ["ignored:empty", "message"])
    }

    /// A mail that the business began: its requester is whom it went to.
    @Test func outboundMailsAreAnAgents() throws {
        let read = messages(try decode("freshdesk", #"{"id":1,"description_text":"a","requester_id":2,"source":10}"#))
        #expect(read.map(\.author) == [Author(role: .agent)])
    }
}
