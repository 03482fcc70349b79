import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct TwilioTests {
    @Test func readsEveryKindOfBody() throws {
        let operations = try decode("twilio", Files.fixture("twilio.txt"))
        #expect(
            outline(operations) == [
                "message", "attachment", "message", "status:delivered", "status:failed", "ignored:call", "rejected:8", "message",
            ])
        let read = messages(operations)
        #expect(read.map(\.text) == ["My parcel is late 😡 & wet", "", "Cancel", "100% %zz \u{FFFD}"])
        #expect(read.map(\.channel) == [.whatsapp, .sms, .whatsapp, .sms] && read.allSatisfy { $0.author.role == .customer })
        #expect(read[0].id == "twilio:AC0001:SM0001" && read[0].inReplyTo == "twilio:AC0001:SM0000" && read[0].author.displayName == "Priya N")
        // Twilio sends no time.
        #expect(read.allSatisfy { $0.timeBasis == .received && $0.sentAt.seconds == 1_770_000_000 })
        #expect(read[0].author.identifiers == [Identifier(kind: .phone, value: "+447700900123", verified: true)])
        #expect(read[0].conversationID == "+15550100200:+447700900123" && read[1].attachments.map(\.kind) == ["image", "document"])
        #expect(read[3].author.identifiers == [Identifier(kind: .externalID, value: "twilio:HARBOUR", verified: true)])
        guard case .status(let target, _, let at) = operations[3] else { return #expect(Bool(false), "no status") }
        #expect(target == "twilio:AC0001:SM0004" && at == nil)
    }

    /// JSON with the fields of forms, and events of Event Streams, give what forms give.
    @Test(arguments: [
        #"{"MessageSid":"SM1","AccountSid":"AC1","From":"whatsapp:+447700900123","To":"whatsapp:+15550100200","Body":"late & 100% cold = bad 😡","NumMedia":0}"#,
        #"[{"specversion":"1.0","type":"com.twilio.messaging.inbound-message.received","time":"2026-02-03T09:14:07.000Z","data":{"messageSid":"SM1","accountSid":"AC1","from":"whatsapp:+447700900123","to":"whatsapp:+15550100200","body":"late & 100% cold = bad 😡","numMedia":0}}]"#,
    ])
    func readsJSON(body: String) throws {
        let form =
            "MessageSid=SM1&AccountSid=AC1&From=whatsapp%3A%2B447700900123&To=whatsapp%3A%2B15550100200&Body=late+%26+100%25+cold+%3D+bad+%F0%9F%98%A1"
        let (read, expected) = (messages(try decode("twilio", body)), messages(try decode("twilio", form)))
        #expect(read.count == 1 && read[0].id == expected[0].id && read[0].text == expected[0].text && read[0].author == expected[0].author)
        #expect(read[0].conversationID == expected[0].conversationID && read[0].timeBasis == (body.hasPrefix("[") ? .exact : .received))
        #expect(try ConnectorRegistry.standard.recognise(head: Array(body.utf8)[...], fileName: nil).connector.name == "twilio")
    }

    @Test(arguments: [
        (#"{"type":"com.twilio.messaging.message.delivered","data":{"messageSid":"SM1","accountSid":"AC1"}}"#, "status:delivered"),
        (#"{"type":"com.twilio.voice.insights.call-summary.complete","data":{}}"#, "ignored:com.twilio.voice.insights.call-summary.complete"),
        (#"{"type":"com.twilio.messaging.inbound-message.received","data":{"messageSid":"SM1"}}"#, "rejected:1"),
        (#"{"MessageSid":"SM1"}"#, "rejected:1"),
    ])
    func events(body: String, expected: String) throws { #expect(outline(try decode("twilio", body)) == [expected]) }

    /// A service that has not chosen a number yet has written all the same; a customer without a number has not.
    @Test(arguments: [
        (#""direction":"outbound-api","from":null,"messaging_service_sid":"MG1""#, ["message"], "MG1:+447700900123"),
        (#""direction":"outbound-api","from":null"#, ["message"], "unknown:+447700900123"),
        (#""direction":"inbound","from":null"#, ["rejected:1"], ""),
        (#""direction":"outbound-api","from":"+15550100200""#, ["message"], "+15550100200:+447700900123"),
    ])
    func sendersThatAreNotChosenYet(members: String, expected: [String], conversation: String) throws {
        let item = #"{"sid":"SM1","account_sid":"AC1","to":"+447700900123","body":"On its way","status":"failed",\#(members)}"#
        let operations = try decode("twilio", #"{"messages":[\#(item)]}"#)
        #expect(outline(operations) == expected)
        #expect(messages(operations).allSatisfy { $0.author.role == .agent && $0.conversationID == conversation && $0.text == "On its way" })
    }

    @Test(arguments: [
        ("Body", "a=1&Body=x+y&Body=z", "x y"), ("Body", "Body=&Body=%2B%zz%4", "+%zz%4"), ("Body", "Body&=Body&&", nil),
        ("Body", "Bo%64y=%F0%9F%98%A1", "😡"),
        ("A b", "A+b=1", "1"), ("A b", "A b=2=3", "2=3"), ("Body", "", nil), ("Body", "xBody=1&Bod=2", nil), ("B", "%42=%ff", "\u{FFFD}"),
    ])
    func fields(name: String, body: String, value: String?) {
        #expect(Array(body.utf8).withUnsafeBufferPointer { FormFields($0)[name] } == value)
    }

    @Test(arguments: [
        ("+447700900123", "phone:+447700900123"), ("whatsapp:+447700900123", "phone:+447700900123"),
        ("whatsapp: 447700900123", "phone:+447700900123"),
        (" 447700900123", "phone:+447700900123"), ("72345", "externalID:twilio:72345"), ("messenger:123456789", "externalID:messenger:123456789"),
        ("SHOP", "externalID:twilio:SHOP"), ("whatsapp:GB.700123", "externalID:whatsapp:GB.700123"),
    ])
    func addresses(text: String, expected: String) {
        let identifier = TwilioAddress(text).identifier
        #expect("\(identifier.kind.rawValue):\(identifier.value)" == expected)
    }

    @Test(arguments: [
        ("MessageSid=SM1&From=%2B44&To=%2B1&Body=a+b", true), ("SmsSid=SM1&MessageStatus=sent", true), ("From=a&To=b&Body=c", false),
        ("MessageSid=SM1", false), ("MessageSid=SM1&AccountSid=AC1 and more", false),
    ])
    func recognition(body: String, isTwilios: Bool) {
        #expect((TwilioConnector().recognise(head: Array(body.utf8)[...], fileName: nil) != nil) == isTwilios)
    }

    @Test func ownNumbersAreAgents() throws {
        let body = "MessageSid=SM1&AccountSid=AC1&From=%2B15550100200&To=%2B447700900123&Body=hi"
        #expect(messages(try decode("twilio", body, #"{"agentNames":["+15550100200"]}"#)).map(\.author.role) == [.agent])
    }

    @Test(arguments: [("NumMedia=-3", 0), ("NumMedia=x", 0), ("NumMedia=99999999999999", 64), ("NumMedia=1", 1)])
    func mediaAreBounded(field: String, count: Int) throws {
        let read = messages(try decode("twilio", "MessageSid=SM1&From=%2B447700900123&To=1&Body=x&\(field)"))
        #expect(read.map(\.attachments.count) == [count])
    }

    /// What Conversations list in REST are the messages of their webhooks.
    @Test func readsListsOfConversations() throws {
        let list =
            #"{"messages":[{"sid":"IM1","account_sid":"AC1","conversation_sid":"CH1","body":"Still late","author":"+447700900123","#
            + #""participant_sid":"MB1","date_created":"2026-02-03T09:14:07Z","index":0,"media":[{"sid":"ME1","content_type":"image/png","filename":"a.png"}]},"#
            + #"{"sid":"IM2","account_sid":"AC1","conversation_sid":"CH1","body":"Sorry","author":"tom","participant_sid":"MB2","#
            + #""date_created":"2026-02-03T09:15:07Z","index":1,"media":null}],"meta":{"page":0,"key":"messages"}}"#
        let one = #"{"sid":"IM3","conversation_sid":"CH1","participant_sid":"MB1","body":"ok","author":"whatsapp:+447700900123"}"#
        for body in [list, one] {
            let found = try ConnectorRegistry.standard.recognise(head: Array(body.utf8)[...], fileName: "a.json")
            #expect(found.connector.name == "twilio" && found.recognition.certainty == .certain)
        }
        let read = messages(try decode("twilio", list + "\n" + one))
        #expect(read.map(\.text) == ["Still late", "Sorry", "ok"] && read.map(\.author.role) == [.customer, .agent, .customer])
        #expect(read.allSatisfy { $0.conversationID == "CH1" } && read.map(\.channel) == [.sms, .chat, .whatsapp])
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07Z" && read[0].attachments == [Attachment(kind: "image", name: "a.png")])
        #expect(read[1].author.displayName == "tom" && read[0].author.identifiers.first?.value == "+447700900123")
        let hook = "AccountSid=AC1&EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM1&Author=%2B447700900123&Body=Still+late&Source=SMS"
        let pushed = messages(try decode("twilio", hook))
        #expect(pushed.map(\.id) == [read[0].id] && pushed[0].author == read[0].author && pushed[0].conversationID == "CH1")
        #expect(outline(try decode("twilio", #"{"messages":[{"sid":"IM1","conversation_sid":"CH1"}]}"#)) == ["rejected:1"])
    }
}
