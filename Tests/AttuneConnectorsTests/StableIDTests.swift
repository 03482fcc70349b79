import AttuneCore
import AttuneEngine
import Foundation
import Testing

@testable import AttuneConnectors

/// An id is the same whenever, from whichever export and by whichever way its message comes.
@Suite struct StableIDTests {
    private static func ids(
        _ connector: String, _ bytes: [UInt8], _ configuration: String = "{}", receivedAt: Int64 = 1_770_200_000
    ) throws -> [String] {
        let context = DecodingContext(fileName: "chat/file.txt", receivedAt: Timestamp(nanoseconds: receivedAt * 1_000_000_000))
        var decoder = try ConnectorRegistry.standard.connector(named: connector)
            .makeDecoder(ConnectorConfiguration(jsonText: Array(configuration.utf8)), context: context)
        var ids = [String]()
        try decoder.decode(all: bytes) { ids += messages([$0]).map(\.id) }
        return ids
    }

    /// The time of arrival is no part of an id, and no id is given twice, but to a message and its edits.
    @Test(arguments: Files.fixtures.indices)
    func anotherDayGivesTheSame(index: Int) throws {
        let (connector, file, configuration) = Files.fixtures[index]
        let bytes = try Files.fixture(file)
        let first = try Self.ids(connector, bytes, configuration)
        #expect(try Self.ids(connector, bytes, configuration, receivedAt: 1_780_000_001) == first)
        // A review that stands twice in Amazon's files is one review.
        if connector == "amazon-reviews" { return }
        let operations = try decode(connector, bytes, configuration)
        let created = operations.filter { if case .edit = $0 { false } else { true } }
        let made = messages(created).map(\.id)
        #expect(Set(made).count == made.count)
    }

    /// How a record of each format without ids of its own is written, in a minute of a day, and what stands before the first.
    private static let writers:
        [(connector: String, opening: String, record: @Sendable (_ day: Int, _ minute: Int, _ who: String, _ text: String) -> String)] = [
            ("whatsapp-export", "", { "[\($0)/02/2026, 09:\(two($1)):00] \($2): \($3)\r\n" }),
            ("whatsapp-export", "", { "2/\($0)/26, 9:\(two($1))\u{202F}AM - \($2): \($3)\n" }),
            ("signal-export", "", { "[2026-02-\(two($0)) 09:\(two($1)):00] \($2): \($3)\n" }),
            ("csv", "date,author,text\n", { "2026-02-\(two($0))T09:\(two($1)):00Z,\($2),\"\($3)\"\n" }),
            ("jsonl", "", { "{\"sentAt\":\"2026-02-\(two($0))T09:\(two($1)):00Z\",\"author\":\"\($2)\",\"text\":\"\($3)\"}\n" }),
            (
                "email", "",
                {
                    "From a@b.example Tue Feb  3 09:14:07 2026\nFrom: \($2) <\($2)@b.example>\nDate: \($0) Feb 2026 09:\(two($1)):00 +0000\n\n\($3)\n\n"
                }
            ),
        ]

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// An export of the same chat that begins later, or one that goes on longer, gives the ids that the first one gave.
    @Test(arguments: writers.indices, 0..<12)
    func trimmedAndOverlappingExportsAgree(index: Int, seed: Int) throws {
        let (connector, opening, write) = Self.writers[index]
        var random = SplitMix64(seed: UInt64(seed) &* 7_919 &+ UInt64(index))
        let words = ["late", "ok", "thanks 😊", "où est-il", "still waiting", "ok"]
        // Several of a minute are often equal; every minute begins anew.
        var minutes = [[String]]()
        for minute in 0..<24 {
            let count = 1 + Int(random.next() % 3)
            minutes.append(
                (0..<count).map { _ in
                    write(13 + minute / 8, minute, ["Ann", "Bob", "Cy"][Int(random.next() % 3)], words[Int(random.next() % UInt64(words.count))])
                })
        }
        func ids(_ range: Range<Int>) throws -> [String] {
            try Self.ids(connector, Array((opening + minutes[range].joined().joined()).utf8))
        }
        let all = try ids(0..<24)
        #expect(Set(all).count == all.count && all.count == minutes.joined().count)
        let cut = 1 + Int(random.next() % 22)
        #expect(try ids(cut..<24) == Array(all.suffix(minutes[cut...].joined().count)), "earlier ones trimmed")
        #expect(try ids(0..<cut) == Array(all.prefix(minutes[..<cut].joined().count)), "exported earlier")
    }

    /// The same message as a webhook brings it and as a list or an export has it.
    private static let pairs: [(connector: String, configuration: String, first: String, second: String)] = [
        (
            "twilio", "{}", "MessageSid=SM1&AccountSid=AC1&From=whatsapp%3A%2B447700900123&To=whatsapp%3A%2B15550100200&Body=late&SmsStatus=received",
            #"{"messages":[{"sid":"SM1","account_sid":"AC1","direction":"inbound","from":"whatsapp:+447700900123","to":"whatsapp:+15550100200","body":"late","date_sent":"Tue, 03 Feb 2026 09:14:07 +0000"}]}"#
        ),
        (
            "bluesky", "{}",
            #"{"did":"did:plc:a","time_us":1770109747000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"3m","record":{"text":"late","createdAt":"2026-02-03T09:09:00Z"}}}"#,
            #"{"posts":[{"uri":"at://did:plc:a/app.bsky.feed.post/3m","author":{"did":"did:plc:a","handle":"a.example"},"record":{"text":"late","createdAt":"2026-02-03T09:09:00Z"},"indexedAt":"2026-02-03T09:09:01Z"}]}"#
        ),
        (
            "trustpilot", "{}",
            #"{"events":[{"eventName":"service-review-created","eventData":{"id":"t1","stars":1,"text":"late","createdAt":"2026-02-03T09:14:07Z","consumer":{"id":"c","name":"A"}}}]}"#,
            #"{"reviews":[{"id":"t1","stars":1,"text":"late","createdAt":"2026-02-03T09:14:07Z","consumer":{"id":"c","displayName":"A"}}]}"#
        ),
        (
            "x", "{}",
            #"{"for_user_id":"42","tweet_create_events":[{"id_str":"1890000000000000001","text":"late","created_at":"Tue Feb 03 09:14:07 +0000 2026","user":{"id_str":"77","screen_name":"pri"}}]}"#,
            #"{"data":[{"id":"1890000000000000001","text":"late","author_id":"77","edit_history_tweet_ids":["1890000000000000001"]}]}"#
        ),
        (
            "zendesk", #"{"source":"desk"}"#,
            #"{"account_id":22,"id":"u","subject":"zen:ticket:5","time":"2026-02-03T09:14:07Z","type":"zen:event-type:ticket.comment_added","zendesk_event_version":"1","detail":{"id":"5","requester_id":"11"},"event":{"comment":{"id":"29","body":"late","is_public":true,"author":{"id":"11","is_staff":false}}}}"#,
            #"{"comments":[{"id":29,"type":"Comment","author_id":11,"body":"late","public":true,"created_at":"2026-02-03T09:14:07Z"}],"next_page":"https://d3v.zendesk.com/api/v2/tickets/5/comments.json?page=2"}"#
        ),
        (
            "intercom", #"{"source":"desk"}"#,
            #"{"type":"notification_event","id":"n","topic":"conversation.user.created","app_id":"ws","created_at":1770109747,"data":{"item":{"type":"conversation","id":"471","created_at":1770109747,"source":{"id":"403","body":"<p>late</p>","author":{"type":"user","id":"u"}}}}}"#,
            #"{"type":"conversation.list","conversations":[{"type":"conversation","id":"471","created_at":1770109747,"source":{"id":"403","body":"<p>late</p>","author":{"type":"user","id":"u"}}}]}"#
        ),
        (
            "slack", #"{"source":"slack"}"#,
            #"{"type":"event_callback","team_id":"T1","event_id":"E","event_time":1770109747,"event":{"type":"message","channel":"C1","user":"U1","text":"late","ts":"1770109747.000200"}}"#,
            #"{"type":"event_callback","team_id":"T1","event_id":"E2","event_time":1770109799,"event":{"type":"message","channel":"C1","user":"U1","text":"late","ts":"1770109747.000200"}}"#
        ),
        (
            "front", "{}",
            #"{"id":"evt_1","type":"inbound","emitted_at":1770109747.4,"conversation":{"id":"cnv_1"},"target":{"data":{"id":"msg_1","type":"email","is_inbound":true,"created_at":1770109747.1,"text":"late","recipients":[{"handle":"a@b.example","role":"from"}]}}}"#,
            #"{"type":"inbound","authorization":{"id":"cmp_1"},"payload":{"id":"evt_9","type":"inbound","emitted_at":1770109748.4,"conversation":{"id":"cnv_1"},"target":{"data":{"id":"msg_1","type":"email","is_inbound":true,"created_at":1770109747.1,"text":"late","recipients":[{"handle":"a@b.example","role":"from"}]}}}}"#
        ),
        (
            "salesforce", "{}",
            #"{"attributes":{"type":"CaseComment"},"Id":"00a5e000001AbCdAAK","ParentId":"5005e000001XyZaAAK","CommentBody":"late","IsPublished":true,"CreatedDate":"2026-02-03T09:14:07.000+0000"}"#,
            #"{"attributes":{"type":"CaseComment"},"Id":"00a5e000001AbCd","ParentId":"5005e000001XyZa","CommentBody":"late","IsPublished":true,"CreatedDate":"2026-02-03T09:14:07.000+0000"}"#
        ),
    ]

    @Test(arguments: pairs.indices)
    func everyWayGivesTheSameID(index: Int) throws {
        let (connector, configuration, first, second) = Self.pairs[index]
        let a = messages(try decode(connector, first, configuration)), b = messages(try decode(connector, second, configuration))
        #expect(a.count == 1 && a.map(\.id) == b.map(\.id) && a.map(\.conversationID) == b.map(\.conversationID))
        #expect(a.first?.author.role == .customer && b.first?.author.role == .customer && a.first?.text == b.first?.text)
    }
}
