import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct TrustpilotTests {
    @Test func readsABatchOfEvents() throws {
        let operations = try decode("trustpilot", Files.fixture("trustpilot.json"))
        #expect(outline(operations) == ["message", "edit", "delete", "ignored:service-review-sparkled", "rejected:6", "rejected:7"])
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

    /// The table that Trustpilot Business exports has the reviews of the API, in UTC whatever zone is configured.
    @Test func readsTheExportedTable() throws {
        let header =
            "Review Id,Review Created (UTC),Review Consumer User Id,Review Title,Review Content,Review Stars,Source Of Review,Review Language,"
            + "Company Reply Date (UTC),Company Reply Text,Review Username,Consumer Email,Reference Id,Review Url\n"
        let rows = [
            "65bd,2026-02-03 09:14:07,c9,Late,\"Third delay\nin a row\",2,Organic,en,2026-02-04 08:00:00,We are sorry.,Priya N,p@x.example,1182,https://t.example/65bd",
            "65be,2026-02-03 09:15:07,c2,Great,,5,InvitationLinkApi,en,,,Jane,,,", ",2026-02-03 09:15:07,c2,Great,,5,,en,,,Jane,,,",
            "65bf,2026-02-03 09:15:07,c2,Great,,5",
        ]
        let text = "\u{FEFF}" + header + rows.joined(separator: "\n")
        let found = try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "reviews.csv")
        #expect(found.connector.name == "trustpilot")
        let operations = try decode("trustpilot", text, #"{"zone":"Europe/Berlin"}"#)
        #expect(outline(operations) == ["message", "message", "message", "rejected:3", "rejected:4"])
        let api =
            #"{"id":"65bd","stars":2,"title":"Late","text":"Third delay\nin a row","language":"en","createdAt":"2026-02-03T09:14:07Z","#
            + #""referenceId":"1182","referralEmail":"p@x.example","consumer":{"id":"c9","displayName":"Priya N"},"#
            + #""companyReply":{"text":"We are sorry.","createdAt":"2026-02-04T08:00:00Z"}}"#
        let expected = messages(try decode("trustpilot", api))
        let read = messages(operations)
        #expect(Array(read.prefix(2)) == expected)
        #expect(read[2].text == "Great" && read[2].rating == Rating(value: 5) && read[2].author.identifiers.map(\.value) == ["trustpilot:c2"])
        for size in [1, 7, 100] { #expect(try decode("trustpilot", Array(text.utf8), #"{"zone":"Europe/Berlin"}"#, pieces: size) == operations) }
        #expect(throws: UnreadableInput.self) { try decode("trustpilot", "a,b\n1,2\n") }
    }

    @Test(arguments: ["Company Reply", "Company Reply Text", "Company Response"], ["Consumer Email", "Review User Email"])
    func columnsHaveSeveralNames(reply: String, email: String) throws {
        let table =
            "Review Id,Review Created (UTC),Review Consumer User Id,Review Content,Review Stars,Company Reply Date (UTC),\(reply),\(email)\n"
            + "65bd,2026-02-03 09:14:07,c9,Late,2,2026-02-04 08:00:00,We are sorry.,p@x.example\n"
        let read = messages(try decode("trustpilot", table))
        #expect(read.map(\.text) == ["Late", "We are sorry."] && read.last?.author.role == .agent)
        #expect(read.first?.author.identifiers.last == Identifier(kind: .email, value: "p@x.example", verified: false))
    }
}
