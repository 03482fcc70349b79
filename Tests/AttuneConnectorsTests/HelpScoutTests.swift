import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct HelpScoutTests {
    @Test func readsEveryKindOfThread() throws {
        let operations = try decode("helpscout", Files.fixture("helpscout.json"))
        #expect(
            outline(operations) == [
                "ignored:parcel", "message", "message", "message", "message", "ignored:draft", "ignored:system", "rejected:1",
                "ignored:conversation", "ignored:empty", "rejected:4",
            ])
        let read = messages(operations)
        #expect(read.map(\.text) == ["My parcel is late\nagain", "On Friday", "angry", "And now?"])
        #expect(read.map(\.author.role) == [.customer, .agent, .agent, .customer])
        #expect(read.map(\.visibility) == [.public, .public, .private, .public] && read.map(\.channel) == [.email, .email, .email, .chat])
        #expect(read[0].id == "helpscout:901" && read[0].conversationID == "55" && read[1].author.displayName == "Ana B")
        #expect(
            read[0].author.identifiers == [
                Identifier(kind: .email, value: "priya@example.com", verified: true),
                Identifier(kind: .externalID, value: "helpscout:7", verified: true),
            ])
        #expect(read[1].attachments == [Attachment(kind: "document", name: "l.pdf")])
    }

    @Test(arguments: [
        ("customer", "customer", "message", Role.customer), ("message", "user", "message", .agent), ("message", "team", "message", .bot),
        ("note", "user", "message", .agent), ("chat", "customer", "message", .customer), ("chat", "user", "message", .agent),
        ("phone", "user", "message", .agent), ("chat", "team", "ignored:system", .system), ("lineitem", "user", "ignored:system", .system),
    ])
    func roles(type: String, creator: String, expected: String, role: Role) throws {
        let operations = try decode("helpscout", #"{"id":1,"type":"\#(type)","body":"x","createdBy":{"id":2,"type":"\#(creator)"}}"#)
        #expect(outline(operations) == [expected] && messages(operations).allSatisfy { $0.author.role == role })
    }

    @Test func whatWasThrownAwayIsTakenOut() throws {
        let thread = #"{"id":901,"type":"customer","body":"x","createdBy":{"id":7,"type":"customer"}}"#
        let read = try decode("helpscout", #"{"id":55,"state":"deleted","_embedded":{"threads":[\#(thread),{"type":"customer"}]}}"#)
        #expect(read.first == .delete(Deletion(target: "helpscout:901", source: "helpscout", conversationID: "55", at: nil)))
        let all = AttuneCore.Operation.delete(Deletion(target: nil, isOfAll: true, source: "helpscout", conversationID: "55", at: nil))
        #expect(outline(read) == ["delete", "rejected:1", "delete"] && read.last == all)
        for rest in ["", #","_embedded":{"threads":[]}"#, #","status":"spam""#] {
            #expect(try decode("helpscout", #"{"id":55,"state":"deleted","subject":"x"\#(rest)}"#) == [all])
        }
    }

    @Test(arguments: [
        ("Great", Rating(value: 3, min: 1, max: 3)), ("Okay", Rating(value: 2, min: 1, max: 3)), ("Not Good", Rating(value: 1, min: 1, max: 3)),
    ])
    func readsSatisfactionRatings(word: String, rating: Rating) throws {
        let text =
            #"{"id":5,"customer":{"id":4,"firstName":"John","emails":[{"value":"j@b.example"}]},"ticketId":156,"threadId":3,"rating":"\#(word)","#
        let read = messages(try decode("helpscout", text + #""comments":"he was helpful","createdAt":"2026-02-03T09:14:07Z"}"#))
        #expect(read.map(\.text) == ["he was helpful"] && read[0].rating == rating && read[0].author.role == .customer)
        #expect(read[0].conversationID == "156" && read[0].inReplyTo == "helpscout:3" && read[0].author.displayName == "John")
        #expect(read[0].author.identifiers.first == Identifier(kind: .email, value: "j@b.example", verified: true))
    }

    @Test(arguments: [("spam", "ignored:spam"), ("active", "message")])
    func spamIsIgnored(status: String, expected: String) throws {
        let thread = #"{"id":1,"type":"customer","body":"Buy pills","createdBy":{"id":2,"type":"customer"}}"#
        let operations = try decode("helpscout", #"{"id":3,"status":"\#(status)","_embedded":{"threads":[\#(thread),\#(thread)]}}"#)
        #expect(outline(operations) == [expected, expected])
    }
}
