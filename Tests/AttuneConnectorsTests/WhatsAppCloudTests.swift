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
                "rejected:14", "status:read", "message", "ignored:account_update",
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
                        Identifier(kind: .externalID, value: "whatsapp:1:GB.700123", verified: true),
                        Identifier(kind: .externalID, value: "whatsapp:GB.ENT.55", verified: true),
                        Identifier(kind: .handle, value: "whatsapp:priya.n", verified: true),
                    ]))
        #expect(read[1].text == "look" && read[1].attachments.map(\.kind) == ["image"])
        #expect(read[3].id == read[0].id && read[3].text == "still waiting!" && read[3].edited)
        #expect(
            read[4].text == "Cancel"
                && read[4].author.identifiers.contains(Identifier(kind: .externalID, value: "whatsapp:1:GB.700123", verified: true)))
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

    private static func delivery(_ value: String, field: String = "messages", business: String = #""id":"77","#) -> String {
        #"{"object":"whatsapp_business_account","entry":[{\#(business)"changes":[{"field":"\#(field)","value":{"metadata":{"phone_number_id":"9"},\#(value)}}]}]}"#
    }

    /// Who a notice says is one person: identifiers, and the name where it tells one.
    @Test(arguments: [
        (
            #""from":"447700900123","system":{"type":"user_changed_number","wa_id":"447700900456","body":"User Ann Lee changed from 447700900123 to 447700900456"}"#,
            ["+447700900123", "+447700900456"], "Ann Lee"
        ),
        (
            #""from":"447700900123","system":{"type":"customer_changed_number","wa_id":"447700900456","customer":"447700900123"}"#,
            ["+447700900123", "+447700900456"], nil
        ),
        (
            #""from":"447700900123","system":{"new_wa_id":"447700900456","body":"447700900123 changed to 447700900456"}"#,
            ["+447700900123", "+447700900456"], nil
        ),
        (
            #""system":{"type":"user_changed_user_id","user_id":"US.2","body":"User Ann changed from US.1 to US.2"}"#,
            ["whatsapp:77:US.1", "whatsapp:77:US.2"], "Ann"
        ),
        (
            #""from":"447700900123","system":{"type":"user_changed_number","wa_id":"447700900456","user_id":"US.2","previous_user_id":"US.1","parent_user_id":"US.ENT.5","previous_parent_user_id":"US.ENT.4"}"#,
            ["+447700900123", "whatsapp:77:US.1", "whatsapp:US.ENT.4", "+447700900456", "whatsapp:77:US.2", "whatsapp:US.ENT.5"], nil
        ),
        // A name that says it was somebody else's number.
        (
            #""from":"447700900123","system":{"type":"user_changed_number","wa_id":"447700900456","body":"User X changed from 4917012345 to 1 changed from 447700900123 to 447700900456"}"#,
            ["+447700900123", "+447700900456"], "X changed from 4917012345 to 1"
        ),
    ])
    func changedNumbersAreNotices(message: String, expected: [String], name: String?) throws {
        let text = Self.delivery(#""messages":[{"id":"w1","timestamp":"1770109747","type":"system",\#(message)}]"#)
        let operations = try decode("whatsapp-cloud", text)
        guard case .notice(let notice)? = operations.first, operations.count == 1 else { return #expect(Bool(false), "\(operations)") }
        #expect(notice.author.identifiers.map(\.value) == expected && notice.author.displayName == name && !notice.feedsState)
        let line = OperationJSON.line(operations[0])
        #expect(line.hasPrefix(#"{"op":"ignored","reason":"system","id":"whatsapp-cloud:9:w1""#) && line.contains(#""role":"customer""#))
        #expect(try decode("jsonl", line) == operations)
    }

    /// Notices that do not say who is one person.
    @Test(arguments: [
        (#""from":"447700900123","system":{"type":"user_identity_changed","wa_id":"447700900456"}"#, "ignored:system"),
        (#""from":"447700900123","system":{"type":"user_changed_number","wa_id":"447700900123"}"#, "ignored:system"),
        (#""from":"447700900123","system":{"body":"changed from 447700900123 to 447700900456"}"#, "ignored:system"),
        (#""from":"447700900123","system":{"type":"user_changed_number"}"#, "ignored:system"), (#""from":"447700900123""#, "ignored:system"),
    ])
    func otherNotices(message: String, expected: String) throws {
        let text = Self.delivery(#""messages":[{"id":"w1","timestamp":"1770109747","type":"system",\#(message)}]"#)
        #expect(outline(try decode("whatsapp-cloud", text)) == [expected])
    }

    @Test func updatesOfUserIDsAreNoticesWithStableIDs() throws {
        let update = #"{"wa_id":"447700900456","detail":"d","user_id":{"previous":"US.1","current":"US.2"},"timestamp":"1700000003"}"#
        let contacts = #""contacts":[{"profile":{"name":"Ann Lee"},"wa_id":"447700900456"}],"#
        let text = Self.delivery(contacts + #""user_id_update":[\#(update),{"user_id":{"current":"US.2"}}]"#, field: "user_id_update")
        let operations = try decode("whatsapp-cloud", text)
        #expect(outline(operations) == ["notice", "ignored:user_id_update"])
        #expect(try decode("whatsapp-cloud", text) == operations)
        guard case .notice(let notice) = operations[0] else { return }
        #expect(notice.author.identifiers.map(\.value) == ["whatsapp:77:US.1", "+447700900456", "whatsapp:77:US.2"])
        #expect(notice.author.displayName == "Ann Lee" && !notice.id.contains("US.1") && RFC3339.format(notice.sentAt) == "2023-11-14T22:13:23Z")
        #expect(outline(try decode("whatsapp-cloud", Self.delivery(#""x":1"#, field: "user_id_update"))) == ["ignored:user_id_update"])
    }

    /// A user id is scoped by the account that was written to; without one by the number.
    @Test(arguments: [(#""id":"77","#, "whatsapp:77:GB.7"), ("", "whatsapp:9:GB.7")])
    func userIDsAreScoped(business: String, expected: String) throws {
        let message = #""messages":[{"from_user_id":"GB.7","id":"w1","timestamp":"1770109747","type":"text","text":{"body":"hi"}}]"#
        let read = messages(try decode("whatsapp-cloud", Self.delivery(message, business: business)))
        #expect(read.map { $0.author.identifiers.map(\.value) } == [[expected]])
    }

    /// A user name is the same with its sign and without.
    @Test(arguments: [("@pri", ["whatsapp:pri"]), ("pri", ["whatsapp:pri"]), ("@", [])])
    func usersNames(name: String, expected: [String]) throws {
        let text = Self.delivery(
            #""contacts":[{"profile":{"name":"Pri","username":"\#(name)"},"user_id":"GB.7"}],"messages":[{"from_user_id":"GB.7","id":"w1","#
                + #""timestamp":"1770109747","type":"text","text":{"body":"hi"}}]"#)
        let read = messages(try decode("whatsapp-cloud", text))
        #expect(read.map { $0.author.identifiers.filter { $0.kind == .handle }.map(\.value) } == [expected])
    }

    /// What was filled into a form, not the word that WhatsApp puts in its place.
    @Test(arguments: [
        (#""body":"Sent","response_json":"{\"flow_token\":\"t\",\"comment\":\"too late\",\"again\":[\"no\"]}""#, ["too late\nno"]),
        (#""body":"Sent","response_json":"{}""#, []), (#""body":"my answer""#, ["my answer"]),
        (#""body":"Ann\nTea Street","response_json":"{\"saved_address_id\":\"1\",\"values\":{}}""#, ["Ann\nTea Street"]),
        (#""body":"Sent","response_json":"{\"order_id\":\"77\",\"comment\":\"cold\"}""#, ["cold"]),
    ])
    func forms(reply: String, texts: [String]) throws {
        let message =
            #"{"from":"447700900123","id":"w1","timestamp":"1770109747","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{\#(reply)}}}"#
        let value = #"{"metadata":{"phone_number_id":"9"},"messages":[\#(message)]}"#
        let text = #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":\#(value)}]}]}"#
        #expect(messages(try decode("whatsapp-cloud", text)).map(\.text) == texts)
    }
}
