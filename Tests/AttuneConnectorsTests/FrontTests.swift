import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct FrontTests {
    @Test func readsEveryKindOfEvent() throws {
        let operations = try decode("front", Files.fixture("front.json"))
        #expect(
            outline(operations) == [
                "message", "message", "message", "ignored:archive", "ignored:tag", "message", "ignored:draft", "message", "rejected:6", "rejected:7",
            ])
        let read = messages(operations)
        #expect(read.map(\.text) == ["My parcel is late", "On Friday", "angry", "hello", "note"])
        #expect(read.map(\.author.role) == [.customer, .agent, .agent, .customer, .agent])
        #expect(read.filter { $0.visibility == .private }.map(\.nativeID) == ["com_1", "com_2"])
        #expect(read.map(\.conversationID) == ["cnv_1", "cnv_1", "cnv_1", "cnv_2", "cnv_2"] && read[3].channel == .sms)
        // A float of seconds; what a mail's header says is not vouched for.
        #expect(read[0].id == "front:msg_1" && RFC3339.format(read[0].sentAt) == "2026-02-03T09:09:07.125Z")
        #expect(
            read[0].author
                == Author(
                    role: .customer, displayName: "Priya",
                    identifiers: [
                        Identifier(kind: .email, value: "priya@example.com", verified: false),
                        Identifier(kind: .externalID, value: "front:crd_7", verified: true),
                    ]))
        #expect(read[1].author.displayName == "Ana B" && read[1].attachments == [Attachment(kind: "document", name: "l.pdf")])
    }

    /// Lists of conversations hold the last message of each at most.
    @Test func conversations() throws {
        let message = #"{"id":"msg_1","type":"email","is_inbound":true,"created_at":1770110047.1,"body":"<p>Late</p>","recipients":[]}"#
        let list =
            #"{"_links":{"self":"x"},"_results":[{"id":"cnv_1","subject":"S","status":"open","last_message":\#(message),"created_at":1770110040.1},"#
            + #"{"id":"cnv_2","status":"open","last_message":null,"created_at":1770110040.1},"#
            + #"{"id":"cnv_3","status":"open","_links":{"related":{"last_message":"https://api2.frontapp.com/messages/msg_3"}}}]}"#
        let found = try ConnectorRegistry.standard.recognise(head: Array(list.utf8)[...], fileName: "a.json")
        #expect(found.connector.name == "front" && found.recognition.certainty == .certain)
        let operations = try decode("front", list)
        #expect(outline(operations) == ["message", "ignored:conversation", "ignored:conversation"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Late"] && read[0].conversationID == "cnv_1" && read[0].id == "front:msg_1" && read[0].author.role == .customer)
    }

    @Test(arguments: [
        ("inbound", "", "message", Role.customer), ("outbound", "", "message", .agent), ("out_reply", "", "message", .agent),
        ("forward", #","is_inbound":false"#, "message", .agent), ("sending_error", #","is_inbound":false"#, "ignored:sending_error", .agent),
        ("comment", "", "message", .agent), ("reminder", "", "ignored:reminder", .agent),
    ])
    func eventTypes(type: String, members: String, expected: String, role: Role) throws {
        let body = #"{"id":"evt_1","type":"\#(type)","emitted_at":1770109747.1,"target":{"data":{"id":"msg_1","body":"x"\#(members)}}}"#
        let operations = try decode("front", body)
        #expect(outline(operations) == [expected] && messages(operations).allSatisfy { $0.author.role == role })
    }
}
