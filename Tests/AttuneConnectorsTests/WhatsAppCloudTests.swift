import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct WhatsAppCloudTests {
    @Test func readsEveryKindOfItem() throws {
        let operations = try decode("whatsapp-cloud", Files.fixture("cloud.json"))
        #expect(
            outline(operations) == [
                "message", "message", "attachment", "ignored:reaction", "edit", "delete", "message", "ignored:unsupported", "ignored:hologram",
                "ignored:system",
                "rejected:1", "status:read", "message", "ignored:account_update",
            ])
        let read = messages(operations)
        #expect(read[0].id == "whatsapp-cloud:900100:wamid.A" && read[0].nativeID == "wamid.A" && read[0].text == "still waiting é")
        #expect(read[0].inReplyTo == "whatsapp-cloud:900100:wamid.P" && RFC3339.format(read[0].sentAt) == "2026-02-03T09:09:07Z")
        #expect(
            read[0].author
                == Author(
                    role: .customer, displayName: "Priya",
                    identifiers: [
                        Identifier(kind: .phone, value: "+447700900123", verified: true),
                        Identifier(kind: .externalID, value: "whatsapp:GB.700123", verified: true),
                        Identifier(kind: .externalID, value: "whatsapp:GB.ENT.55", verified: true),
                        Identifier(kind: .handle, value: "whatsapp:priya.n", verified: true),
                    ]))
        #expect(read[1].text == "look" && read[1].attachments.map(\.kind) == ["image"])
        #expect(read[3].id == read[0].id && read[3].text == "still waiting!" && read[3].edited)
        #expect(
            read[4].text == "Cancel"
                && read[4].author.identifiers.contains(Identifier(kind: .externalID, value: "whatsapp:GB.700123", verified: true)))
        #expect(read[5].author.role == .agent && read[5].text == "on its way")
        #expect(Set(read.dropLast().map(\.conversationID)) == ["900100:GB.700123"])
        guard case .delete(let deletion) = operations[5] else { return #expect(Bool(false), "no deletion") }
        #expect(deletion.target == "whatsapp-cloud:900100:wamid.B" && deletion.author?.role == .customer)
    }

    @Test(arguments: [
        ("{\"object\":\"page\",\"entry\":[]}", "rejected:1"), ("{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "ignored:empty"),
        ("not json", "rejected:1"), ("[1]", "rejected:1"),
        ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":3}]}]}", "rejected:1"),
    ])
    func otherBodies(body: String, expected: String) throws {
        #expect(outline(try decode("whatsapp-cloud", body)) == [expected])
    }

    @Test func manyDeliveriesInOneFile() throws {
        let one = try String(decoding: Files.fixture("cloud.json"), as: UTF8.self).split(separator: "\n").joined()
        #expect(try decode("whatsapp-cloud", one + "\n" + one + "\n").count == 28)
    }

    /// What was filled into a form, not the word that WhatsApp puts in its place.
    @Test(arguments: [
        (#""body":"Sent","response_json":"{\"flow_token\":\"t\",\"comment\":\"too late\",\"again\":[\"no\"]}""#, ["too late\nno"]),
        (#""body":"Sent","response_json":"{}""#, []), (#""body":"my answer""#, ["my answer"]),
    ])
    func forms(reply: String, texts: [String]) throws {
        let message =
            #"{"from":"447700900123","id":"w1","timestamp":"1770109747","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{\#(reply)}}}"#
        let value = #"{"metadata":{"phone_number_id":"9"},"messages":[\#(message)]}"#
        let text = #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":\#(value)}]}]}"#
        #expect(messages(try decode("whatsapp-cloud", text)).map(\.text) == texts)
    }
}
