import AttuneCore
import Testing

@testable import AttuneConnectors

/// Platforms write `null` for what they do not say as well as nothing at all: both read the same.
@Suite struct NullMemberTests {
    static let fixtures = Files.fixtures.indices.filter { Files.fixtures[$0].file.hasSuffix(".json") || Files.fixtures[$0].file.hasSuffix(".jsonl") }

    /// Every name that the connector's fixtures have, as null in every object that lacks it, and a name that nobody knows.
    @Test(arguments: fixtures)
    func nullsChangeNothing(index: Int) throws {
        let fixture = Files.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        let plain = try decode(fixture.connector, bytes, fixture.configuration)
        for name in try Self.names(fixture.connector) {
            let changed = Self.inserting("\"\(name)\":null", into: bytes, byLine: fixture.file.hasSuffix("l"))
            #expect(try decode(fixture.connector, changed, fixture.configuration) == plain, "\(fixture.file): \(name)")
        }
    }

    private static func names(_ connector: String) throws -> Set<String> {
        var names: Set<String> = ["unknownField"]
        for index in fixtures where Files.fixtures[index].connector == connector {
            let bytes = try Files.fixture(Files.fixtures[index].file)
            for text in [bytes] + bytes.split(separator: 10).map(Array.init) {
                if let value = try? JSONParser.parse(text) { collect(value, into: &names) }
            }
        }
        return names
    }

    private static func collect(_ value: JSONValue, into names: inout Set<String>) {
        for item in value.items { collect(item, into: &names) }
        for member in value.members {
            // Names that are numbers or addresses are ids.
            if member.key.utf8.allSatisfy({ ($0 | 0x20) &- 97 < 26 || $0 == UInt8(ascii: "_") }) { names.insert(member.key) }
            collect(member.value, into: &names)
        }
    }

    /// At the beginning of every object that has members: those of the same name behind it count. What is wrong with a damaged line says
    /// where, so that it stays as it is.
    private static func inserting(_ member: String, into bytes: [UInt8], byLine: Bool) -> [UInt8] {
        if byLine {
            let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
            return Array(lines.map { (try? JSONParser.parse($0)) == nil ? $0 : inserting(member, into: $0, byLine: false) }.joined(separator: [10]))
        }
        var out = [UInt8]()
        var (isInString, isEscaped) = (false, false)
        for (at, byte) in bytes.enumerated() {
            out.append(byte)
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{"), bytes[(at + 1)...].first(where: { $0 > 32 }) == UInt8(ascii: "\"") {
                out += Array(member.utf8) + [UInt8(ascii: ",")]
            }
        }
        return out
    }

    /// What connectors look for in one place after another, or whose presence alone they heed.
    @Test(arguments: [
        (
            "telegram-bot",
            #"{"update_id":1,"message":{"message_id":2,"date":1770109747,"edit_date":null,"chat":{"id":5,"type":"private"},"sender_chat":null,"#
                + #""from":{"id":5,"is_bot":false,"first_name":"Ann"},"text":null,"caption":"It broke","photo":[{"file_id":"a"}],"audio":null,"#
                + #""document":null,"sticker":null,"location":null,"venue":null,"animation":null,"reply_to_message":null}}"#
        ),
        (
            "telegram-export",
            #"{"name":"Ann","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message","date_unixtime":"1770109747","from":"Ann","#
                + #""from_id":"user7","text":"late","photo":null,"file":null,"media_type":null,"edited_unixtime":null,"edited":null}]}"#
        ),
        (
            "twilio",
            #"{"sid":"SM1","account_sid":"AC1","direction":"inbound","from":"+447700900123","to":"+15550100200","body":"late","#
                + #""date_sent":null,"date_created":"Tue, 03 Feb 2026 09:14:07 +0000","messaging_service_sid":null}"#
        ),
        (
            "salesforce",
            #"{"attributes":{"type":"Case"},"Id":"5005g00000AbCdEAAV","CaseNumber":"1","Subject":"Late","Description":"It is late","#
                + #""CreatedDate":"2026-02-03T09:14:07.000+0000","SuppliedName":null,"SuppliedEmail":null,"ContactEmail":null,"#
                + #""Contact":{"Name":"Ann","Email":"ann@example.com"}}"#
        ),
        (
            "salesforce",
            #"{"attributes":{"type":"EmailMessage"},"Id":"02s5g00000AbCdEAAV","ParentId":null,"RelatedToId":"5005g00000AbCdEAAV","#
                + #""TextBody":"late","FromAddress":"ann@example.com","Incoming":true,"MessageDate":null,"CreatedDate":"2026-02-03T09:14:07Z"}"#
        ),
        (
            "amazon-reviews",
            #"{"asin":"B1","rating":null,"overall":2,"user_id":null,"reviewerID":"A2","timestamp":null,"unixReviewTime":1770109747,"text":"bad"}"#
        ),
        ("slack", #"{"type":"message","user":"U1","ts":"1770109747.000100","text":"late","edited":null,"thread_ts":null,"file":null}"#),
        (
            "chatwoot",
            #"{"event":"message_created","id":"1","content":"late","created_at":"2026-02-03 09:09:07 UTC","message_type":"incoming","#
                + #""sender":null,"contact":{"id":"1","name":"Ann"},"conversation":{"display_id":"4"},"account":{"id":"1","name":"Shop"}}"#
        ),
        (
            "x",
            #"{"for_user_id":"42","tweet_create_events":[{"id_str":"1890000000000000001","full_text":null,"text":"late","#
                + #""extended_tweet":null,"user":{"id_str":"77"},"retweeted_status":null}],"favorite_events":null}"#
        ),
        (
            "meta",
            #"{"object":"instagram","entry":[{"id":"1","time":1770109747,"field":null,"changes":[{"field":"comments","#
                + #""value":{"from":{"id":"2","username":"ann"},"media":{"id":"3"},"id":"4","text":"late"}}]}]}"#
        ),
    ])
    func nullIsNothing(connector: String, text: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        let operations = try decode(connector, text)
        #expect(try decode(connector, JSONWriter.string(Self.pruned(value))) == operations)
        #expect(messages(operations).count == 1 && operations.count == 1)
    }

    private static func pruned(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .array(items.map(pruned))
        case .object(let members): .object(members.filter { !$0.value.isNull }.map { .init($0.key, pruned($0.value)) })
        default: value
        }
    }
}
