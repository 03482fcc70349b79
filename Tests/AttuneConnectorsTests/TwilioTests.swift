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
}
