import AttuneCore
import Testing

@testable import AttuneConnectors

/// What recognition must not depend on: the order of members, where in a long file they stand, how the file is encoded.
@Suite struct RecognitionTests {
    /// Beginnings and ends of records between which a long list of fillers stands.
    static let records: [(connector: String, before: String, list: String, after: String)] = [
        (
            "telegram-export", #""about":"a","personal_information":{"user_id":1},"#, #""contacts":{"list":[{"user_id":0}$]}"#,
            #","chats":{"list":[{"name":"A","type":"personal_chat","id":2,"messages":[]}]}"#
        ),
        (
            "telegram-export", "", #""messages":[{"id":1,"type":"message","date":"2026-02-03T10:14:07","from":"A","text":"a"}$]"#,
            #","name":"A","type":"personal_chat","id":2"#
        ),
        ("whatsapp-cloud", "", #""entry":[{"id":"1","changes":[]}$]"#, #","object":"whatsapp_business_account""#),
        ("meta", "", #""entry":[{"id":"1","changes":[]}$]"#, #","object":"page""#),
        ("intercom", "", #""conversation_parts":{"conversation_parts":[{"id":"1","part_type":"comment"}$]}"#, #","id":"3","type":"conversation""#),
        ("intercom", "", #""conversations":[{"id":"1","type":"conversation"}$]"#, #","type":"conversation.list""#),
        ("reddit", "", #""data":{"children":[{"data":{"name":"t1_a","body":"x"},"kind":"t1"}$]}"#, #","kind":"Listing""#),
        ("youtube", "", #""items":[{"id":"1","snippet":{}}$]"#, #","kind":"youtube#commentThreadListResponse""#),
        ("x", "", #""direct_message_events":[{"id":"1","type":"message_create"}$]"#, #","for_user_id":"1","users":{}"#),
        ("yelp", "", #""data":{"updates":[{"event_type":"NEW_REVIEW"}$]}"#, #","object":"business""#),
        ("mastodon", "", #""ancestors":[{"id":"1","account":{"acct":"a"},"content":"x"}$]"#, #","descendants":[]"#),
        ("meta-export", "", #""messages":[{"senderName":"A","text":"x","timestamp":1}$]"#, #","participants":["A"],"threadName":"A_1""#),
        ("slack", "", #""messages":[{"type":"message","ts":"1.000001","text":"x"}$]"#, #","ok":true"#),
        ("app-store-feed", "", #""feed":{"entry":[{"id":{"label":"1"},"im:rating":{"label":"5"}}$]}"#, ""),
    ]

    @Test(arguments: records.indices, [2, 4_000])
    func membersHaveNoOrder(index: Int, fillers: Int) throws {
        let (connector, before, list, after) = Self.records[index]
        let filler = String(repeating: #",{"x":"0123456789"}"#, count: fillers)
        let text = "{\(before)\(list.replacing("$", with: filler))\(after)}"
        let found = try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "a.json")
        #expect(found.connector.name == connector && found.recognition.certainty == .certain)
    }

    /// More is asked for as long as it may help, and no longer.
    @Test func asksForMore() {
        let registry = ConnectorRegistry.standard
        func wantsMore(_ text: String) -> Bool { registry.wantsMore(Array(text.utf8)[...], fileName: nil) }
        #expect(wantsMore(#"{"entry":[{"id":"1"},{"id":"#) && wantsMore(#"[{"a":1,"b"#))
        #expect(!wantsMore(#"{"object":"page","entry":[{"id":"#), "already certain")
        #expect(!wantsMore(#"{"a":1}"#) && !wantsMore("[{\"a\":1},{\"b\"") && !wantsMore("hello") && !wantsMore(""))
    }

    @Test(arguments: Files.fixtures.filter { $0.file.hasSuffix(".json") || $0.file.hasSuffix(".jsonl") }.map(\.file), [true, false])
    func readsUTF16(file: String, isMarked: Bool) throws {
        let bytes = try Files.fixture(file)
        let expected = try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: file).connector.name
        var wide: [UInt8] = isMarked ? [0xFF, 0xFE] : []
        for unit in String(decoding: bytes, as: UTF8.self).utf16 { wide += [UInt8(unit & 255), UInt8(unit >> 8)] }
        #expect(try ConnectorRegistry.standard.recognise(head: wide[...], fileName: file).connector.name == expected)
    }

    @Test(arguments: [
        ("app-store-feed", #"{"feed":{"id":{"label":"https:\/\/a.example\/us\/rss\/customerreviews\/id=1\/json"},"author":{}}}"#, "ignored:empty"),
        ("app-store-feed", #"{"feed":{"id":{"label":"https://a.example/us/rss/customerreviews/id=1/json"}}}"#, "ignored:empty"),
        ("yelp", #"{"reviews":[],"total":0,"possible_languages":["en"]}"#, "ignored:empty"),
        ("google-business", #"{"reviews":[],"averageRating":0,"totalReviewCount":0}"#, "ignored:empty"),
        ("trustpilot", #"{"links":[],"reviews":[]}"#, "ignored:empty"), ("google-play", #"{"reviews":[],"pageInfo":{}}"#, "ignored:empty"),
        ("yelp", #"{"object":"business","time":"2026-02-03T09:14:07Z","data":{"id":"b","updates":[]}}"#, "ignored:empty"),
        ("jsonl", #"{"events":[]}"#, "ignored:empty"), ("jsonl", #"{"reviews":[]}"#, "ignored:empty"),
        ("jsonl", #"{"object":"business","updates":[]}"#, "ignored:empty"), ("jsonl", #"{"id":"1","events":[]}"#, "rejected:1"),
        ("jsonl", #"{"text":"late","reviews":[]}"#, "message"), ("jsonl", #"{"reviews":[{"text":"late"}],"averageRating":2}"#, "message"),
        ("telegram-bot", #"{"ok":true,"result":[]}"#, "ignored:empty"), ("x", #"{"meta":{"result_count":0}}"#, "ignored:empty"),
        (
            "x", #"{"data":{"id":"1890000000000000001","text":"late","author_id":"77"},"includes":{"users":[{"id":"77","username":"pri"}]}}"#,
            "message"
        ),
        ("x", #"{"data":[{"id":"1890000000000000001","text":"late"}],"meta":{"newest_id":"1","result_count":1}}"#, "message"),
        (
            "mastodon",
            #"{"id":"42","created_at":"2026-02-03T09:14:07Z","content":"<p>late</p>","account":{"id":"7","acct":"pri"},"visibility":"public"}"#,
            "message"
        ),
        ("mastodon", #"{"accounts":[],"statuses":[],"notification_groups":[]}"#, "ignored:empty"),
        ("meta-export", #"{"participants":[{"name":"P"}],"messages":[],"title":"P","thread_path":"inbox/p_1"}"#, "ignored:empty"),
        ("meta-export", #"{"participants":["P"],"threadName":"P_1","messages":[]}"#, "ignored:empty"),
        ("x", #"{"user_event":{"revoke":{"date_time":"2026-02-03T09:14:07Z"}}}"#, "ignored:user_event"),
        ("telegram-export", #"{"name":"P","type":"personal_chat","id":5,"messages":[]}"#, "ignored:empty"),
        ("meta", #"{"field":"comments","value":{"from":{"id":"2","username":"test"},"id":"1","text":"This is an example."}}"#, "message"),
        ("meta", #"{"field": "feed", "value": {"item": "like", "verb": "add"}}"#, "ignored:reaction"),
        ("slack", #"{"token":"t","type":"app_rate_limited","team_id":"T1","api_app_id":"A1","minute_rate_limited":1}"#, "ignored:app_rate_limited"),
        ("slack", #"{"ok":true,"messages":[{"type":"message","user":"U1","ts":"1.000001","text":"hi"}],"has_more":false}"#, "message"),
        ("slack", #"{"type":"message","user":"U1","ts":"1770109747.000001","text":"hi"}"#, "message"),
        ("google-speech", #"{"speechEventType":"END_OF_SINGLE_UTTERANCE"}"#, "ignored:event"),
        ("trustpilot", #"{"productReviews":[{"id":"1","stars":3,"content":"Cup leaks","consumer":{"displayName":"Ann"}}]}"#, "message"),
        (
            "app-store-connect",
            #"{"data":[],"links":{"self":"https://api.appstoreconnect.apple.com/v1/apps/1/customerReviews?limit=5"},"meta":{"paging":{"total":0}}}"#,
            "ignored:empty"
        ),
        (
            "whatsapp-cloud",
            #"{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"9"},"messages":[{"from":"16315551181","id":"w1","timestamp":"1504902988","type":"text","text":{"body":"hi"}}]}}"#,
            "message"
        ),
        (
            "zendesk",
            #"{"id":1,"subject":"s","description":"Late","requester_id":2,"status":"open","created_at":"2026-02-03T09:14:07Z"}"#, "message"
        ),
        ("zendesk", #"{"comments":[{"author_id":1,"id":2,"body":"x","public":true}],"users":[{"id":1,"name":"Ann"}]}"#, "message"),
        (
            "sunshine",
            #"{"events":[{"id":"1","type":"conversation:message","payload":{"message":{"id":"2","author":{"type":"user"},"content":{"type":"text","text":"x"}}}}]}"#,
            "message"
        ),
        (
            "intercom",
            #"{"type":"conversation","id":"1","created_at":1770109747,"source":{"id":"2","body":"<p>x</p>","author":{"type":"user","id":"3"}}}"#,
            "message"
        ),
        (
            "chatwoot",
            #"{"event":"message_created","id":1,"content":"x","message_type":"outgoing","sender":{"id":2,"type":"user"},"conversation":{"id":3},"inbox":{"id":4}}"#,
            "message"
        ),
        (
            "salesforce",
            #"{"records":[{"Id":"02s1","ParentId":"5001","FromAddress":"a@b.example","TextBody":"x","Incoming":true,"MessageDate":"2026-02-03T09:14:07Z"}]}"#,
            "message"
        ),
        (
            "salesforce",
            #"[{"Id":"02s1","FromAddress":"a@b.example","HtmlBody":"<p>x</p>","Incoming":true,"MessageDate":"2026-02-03T09:14:07Z"}]"#, "message"
        ),
        (
            "helpscout",
            #"{"id":5,"customer":{"id":4,"emails":[{"value":"a@b.example"}]},"ticketId":1,"threadId":3,"rating":"Great","comments":"x"}"#,
            "message"
        ),
        ("zendesk", #"{"comments":[],"next_page":null,"previous_page":null,"count":0}"#, "ignored:empty"),
        ("zendesk", #"{"tickets":[],"after_url":null,"after_cursor":null,"end_of_stream":true}"#, "ignored:empty"),
        ("helpscout", #"{"_embedded":{"threads":[]},"page":{"size":50,"totalElements":0}}"#, "ignored:empty"),
        ("salesforce", #"{"totalSize":0,"done":true,"records":[]}"#, "ignored:empty"),
        ("google-speech", #"{"totalBilledTime":"15s","requestId":"1"}"#, "ignored:empty"),
    ])
    func smallDeliveries(connector: String, text: String, expected: String) throws {
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: nil).connector.name == connector)
        #expect(outline(try decode(connector, text)) == [expected])
    }

    private static let discord =
        #"{"channel":{"id":"1"},"messages":[{"id":"5","timestamp":"2026-02-03T09:14:07Z","content":"a","author":{"id":"2","name":"p"}},"#

    /// One document that was cut off keeps the records before the cut, and says so.
    @Test(arguments: [
        // Behind them the users would stand, or what ids are made of.
        ("zendesk", #"{"comments":[{"id":1,"author_id":2,"public":true,"body":"a"},{"id":3,"author_id":2,"public":true,"body":"b"},{"id":4,"bo"#, 0),
        ("x", #"{"data":[{"id":"1890000000000000001","text":"a"},{"id":"1890000000000000002","text":"b"}],"includes":{"users":[{"id":"15"#, 0),
        ("meta-export", #"{"participants":[],"messages":[{"sender_name":"Ann","timestamp_ms":1770109747000,"content":"a"}],"thread_pa"#, 0),
        (
            "telegram-export",
            #"{"name":"A","type":"personal_chat","id":2,"messages":[{"id":1,"type":"message","date_unixtime":"1","text":"a"},{"id":2,"te"#, 1
        ),
        // The list within a message is not taken for the list of messages.
        (
            "telegram-export",
            "{\n\"name\":\"A\",\"type\":\"personal_chat\",\"id\":2,\"messages\":[\n"
                + (1...9).map { "{\"id\":\($0),\"type\":\"message\",\"date_unixtime\":\"1\",\"text\":\"a\"},\n" }.joined()
                + #"{"id":10,"type":"message","date_unixtime":"1","text":[{"type":"bold","text":"b"},"c"#, 9
        ),
        (
            "telegram-export",
            #"{"chats":{"list":[{"name":"A","type":"personal_chat","id":2,"messages":[{"id":1,"type":"message","date_unixtime":"1","text":"a"},{"id":2,"te"#,
            1
        ),
        // A record in which the document breaks off may lack the word that it is private, whatever list in it is whole.
        ("discord-export", discord + #"{"id":"6","content":"b","attachments":[{"id":"1"}],"is_d"#, 1),
        ("discord-export", discord + #"{"id":"6","content":"b","attachments":[{"id":"1"},{"fi"#, 1),
        ("jsonl", #"{"items":[{"text":"a"},{"text":"b"},{"text":"c"#, 2),
        // Behind its records, in what belongs to them.
        ("jsonl", #"{"items":[{"text":"a"},{"text":"b"}],"meta":{"pages":[{"n":1"#, 2), ("jsonl", #"{"items":[{"text":"a"},{"text":"b"}]"#, 2),
        ("jsonl", "{\n \"items\": [\n  {\"text\": \"a\"},\n  {\"text\": \"b\\u00", 1),
    ])
    func cutDocuments(connector: String, text: String, count: Int) throws {
        let whole = try decode(connector, text)
        #expect(messages(whole).count == count && whole.count == count + 1)
        guard case .rejected(let rejection) = whole.last else { return #expect(Bool(false), "the cut is not told") }
        #expect(rejection.reason.contains("cut off") && rejection.reason.contains("again"))
        #expect(try decode(connector, Array(text.utf8), pieces: 7) == whole)
    }

    /// What begins otherwise than an object is a line like others: whether more follow is not known when its first bytes are read.
    @Test(arguments: ["contact-lens", "deepgram", "jsonl", "telegram-export"])
    func cutLinesOfNoObject(connector: String) throws {
        let text = #""{"results":{"channels":[]},"messages":[{"text":"a","id":"u1"}{"#
        let whole = try decode(connector, text)
        guard whole.count == 1, case .rejected(let rejection) = whole[0] else { return #expect(Bool(false), "\(whole)") }
        #expect(rejection.reason.hasPrefix("not JSON"))
        #expect(try decode(connector, Array(text.utf8), pieces: 7) == whole)
    }

    @Test(arguments: [
        #"{"a":[{"b":1}]}"#, #"{"a":[{"b":1}] x"#, #"{"comments":[{"id":1,"body":"note","attachments":[{"file_name":"a.png"}],"publ"#,
        #"{"a":[1,2"#, #"{"a":"b"#, #"{"a":[{"b":1}}"#, "", "[", #"{"a":{"b"#,
    ])
    func nothingToRepair(text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { JSONCut.repaired($0) } == nil)
    }
}
