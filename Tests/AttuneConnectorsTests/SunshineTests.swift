import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct SunshineTests {
    @Test func readsEveryKindOfEvent() throws {
        let operations = try decode("sunshine", Files.fixture("sunshine.json"))
        #expect(
            outline(operations) == [
                "message", "message", "message", "attachment", "message", "ignored:receipt", "ignored:typing", "status:failed", "rejected:10",
                "rejected:11",
            ])
        let read = messages(operations)
        #expect(read.map(\.author.role) == [.customer, .bot, .agent, .customer, .customer])
        #expect(read[0].id == "sunshine:a1:m1" && read[0].channel == .whatsapp && RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07.44Z")
        #expect(
            read[0].author.identifiers == [
                Identifier(kind: .externalID, value: "sunshine:u1", verified: true), Identifier(kind: .userID, value: "crm-9", verified: true),
                Identifier(kind: .email, value: "priya@example.com", verified: true),
                Identifier(kind: .phone, value: "+447700900123", verified: true),
            ])
        #expect(read[2].inReplyTo == "sunshine:a1:m1" && read[4].text == "1182\np@example.com")
        guard case .status(let target, _, _) = operations[7] else { return #expect(Bool(false), "no status") }
        #expect(target == "sunshine:a1:m3")
    }

    @Test(arguments: [
        (#"{"type":"business","displayName":"Ana"},"source":{"type":"api"}"#, "{}", Role.bot),
        (#"{"type":"business","displayName":"Ana"},"source":{"type":"api"}"#, #"{"agentNames":["Ana"]}"#, .agent),
        (#"{"type":"business","subtypes":["AI"]},"source":{"type":"zd:agentWorkspace"}"#, "{}", .bot),
        (#"{"type":"business"}"#, "{}", .agent), (#"{"type":"user"}"#, "{}", .customer),
    ])
    func roles(author: String, configuration: String, role: Role) throws {
        let body =
            #"{"app":{"id":"a"},"events":[{"type":"conversation:message","payload":{"message":{"id":"m","content":{"type":"text","text":"x"},"author":"#
            + author + "}}}]}"
        #expect(messages(try decode("sunshine", body, configuration)).map(\.author.role) == [role])
    }

    /// What a visitor typed is not vouched for.
    @Test func unauthenticatedAddressesAreNotVerified() throws {
        let body =
            #"{"app":{"id":"a"},"events":[{"type":"conversation:message","payload":{"message":{"id":"m","content":{"type":"text","text":"x"},"#
            + #""author":{"type":"user","user":{"id":"u","authenticated":false,"profile":{"email":"p@example.com"}}}}}}]}"#
        let identifiers = messages(try decode("sunshine", body))[0].author.identifiers
        #expect(identifiers.contains(Identifier(kind: .email, value: "p@example.com", verified: false)))
    }

    @Test func anEmptyDeliveryIsIgnored() throws { #expect(outline(try decode("sunshine", #"{"app":{},"events":[]}"#)) == ["ignored:empty"]) }
}
