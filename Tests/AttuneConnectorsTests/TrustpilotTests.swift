import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct TrustpilotTests {
    @Test func readsABatchOfEvents() throws {
        let operations = try decode("trustpilot", Files.fixture("trustpilot.json"))
        #expect(outline(operations) == ["message", "edit", "delete", "ignored:service-review-sparkled", "rejected:1", "rejected:1"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Late\n\nThird delay in a row", "Late\n\nIt came after all"] && read[0].id == read[1].id)
        #expect(read.map(\.edited) == [false, true] && read[0].rating == Rating(value: 2) && read[0].language == "en")
        #expect(
            read[0].author
                == Author(
                    role: .customer, displayName: "Priya N",
                    identifiers: [
                        Identifier(kind: .externalID, value: "trustpilot:c9", verified: true),
                        Identifier(kind: .orderNumber, value: "1182", verified: true),
                    ]))
        guard case .delete(let deletion) = operations[2] else { return #expect(Bool(false), "no deletion") }
        #expect(deletion.target == "trustpilot:65be" && deletion.author?.identifiers.first?.value == "trustpilot:c9")
    }

    @Test func readsThePagesOfTheAPI() throws {
        let operations = try decode("trustpilot", Files.fixture("trustpilot-api.json"))
        #expect(outline(operations) == ["message", "message", "message"])
        let read = messages(operations)
        #expect(read[0].id == "trustpilot:65bd" && read[0].author.displayName == "Priya N" && read[0].edited)
        #expect(read[0].author.identifiers.last == Identifier(kind: .email, value: "p@example.com", verified: false))
        #expect(read[1].inReplyTo == read[0].id && read[1].author.role == .agent && read[1].text == "Glad it did.")
        #expect(read[2].text == "Broken" && !read[2].edited)
        let webhook = messages(try decode("trustpilot", Files.fixture("trustpilot.json")))
        #expect(webhook[1].text == read[0].text && webhook[1].id == read[0].id && webhook[1].conversationID == read[0].conversationID)
    }

    @Test(arguments: [
        (#"{"events":[]}"#, ["ignored:empty"]), (#"{"reviews":[]}"#, ["ignored:empty"]), (#"{"id":"1","stars":3}"#, ["message"]),
        ("{}", ["rejected:1"]),
        (#"{"id":"1","stars":0}"#, ["rejected:1"]), (#"{"id":"1","stars":0,"text":"bad"}"#, ["message"]),
        (#"{"eventName":"service-review-deleted","eventData":{"id":"1"}}"#, ["delete"]),
    ])
    func otherPayloads(text: String, expected: [String]) throws { #expect(outline(try decode("trustpilot", text)) == expected) }

    @Test func deletionsSayWhen() throws {
        let event = #"{"eventName":"service-review-deleted","eventData":{"id":"1","deletedAt":"2026-02-05T10:00:00Z"}}"#
        guard case .delete(let deletion)? = try decode("trustpilot", event).first else { return #expect(Bool(false), "no deletion") }
        #expect(deletion.at.map(RFC3339.format) == "2026-02-05T10:00:00Z")
    }

    @Test func changesHaveTheirTime() throws {
        let review = #"{"id":"1","stars":3,"createdAt":"2026-02-03T09:14:07Z","updatedAt":"2026-02-05T10:00:00Z"}"#
        let read = messages(try decode("trustpilot", review))
        #expect(read.map { $0.editedAt.map(RFC3339.format) } == ["2026-02-05T10:00:00Z"])
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07Z")
    }
}
