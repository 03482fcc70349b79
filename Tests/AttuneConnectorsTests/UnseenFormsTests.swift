import AttuneCore
import Testing

@testable import AttuneConnectors

/// Forms of payloads and files that users met and their connectors had passed over or misread: one row each.
@Suite struct UnseenFormsTests {
    /// `message customer: text`, `message agent private: text`, `message customer 1…7=2: text`, else the outline.
    static func told(_ operations: [AttuneCore.Operation]) -> [String] {
        zip(operations, outline(operations)).map { operation, outline in
            guard let message = messages([operation]).first else { return outline }
            let rating = message.rating.map { " \(Int($0.min))…\(Int($0.max))=\(Int($0.value))" } ?? ""
            let isPrivate = message.visibility == .private ? " private" : ""
            return "\(outline) \(message.author.role.rawValue)\(isPrivate)\(rating): \(message.text)"
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var connector: String
        var input: String
        var expected: [String]
        var conversation: String?

        init(_ connector: String, _ input: String, _ expected: [String], in conversation: String? = nil) {
            (self.connector, self.input, self.expected, self.conversation) = (connector, input, expected, conversation)
        }

        var testDescription: String { "\(connector): \(expected.joined(separator: ", "))" }
    }

    static let rows: [Row] = [
        Row(
            "webvtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n\n00:05.000 --> 00:06.000\n>> ANN: It is late.\n\n00:09.000 --> 00:10.000\n>> Who?\n\n00:12.000 --> 00:13.000\n♪ la ♪\n",
            ["ignored:sound", "message customer: It is late.", "message customer: Who?", "ignored:sound"]),
        Row(
            "webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>late</v>\n\n00:02.100 --> 00:03.000\n<v >who?</v>\n",
            ["message customer: late", "message customer: who?"]),
        Row(
            "webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>[laughs]</v>\n\n00:04.000 --> 00:05.000\n[PII]\n",
            ["ignored:sound", "message customer: [PII]"]),
        Row(
            "webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n(Ann B)\nIt is late.\n\n00:05.000 --> 00:06.000\n(Bob)\nSorry.\n",
            ["message customer: It is late.", "message customer: Sorry."]),
        Row(
            "bluesky",
            #"{"posts":[{"uri":"at://did:plc:a/app.bsky.feed.post/3m","author":{"did":"did:plc:a","handle":"a.example"},"record":{"text":"late","createdAt":"2026-02-03T09:09:00Z"},"indexedAt":"2026-02-03T09:09:01Z"}]}"#,
            ["message customer: late"]),
        Row(
            "bluesky",
            #"{"thread":{"post":{"uri":"at://did:plc:a/p/1","author":{"did":"did:plc:a"},"record":{"text":"one"}},"replies":[{"post":{"uri":"at://did:plc:b/p/2","author":{"did":"did:plc:b"},"record":{"text":"two"}}}]}}"#,
            ["message customer: one", "message customer: two"]),
        Row(
            "bluesky",
            #"{"thread":{"$type":"app.bsky.feed.defs#threadViewPost","parent":{"uri":"at://did:plc:c/p/0","notFound":true},"post":{"uri":"at://did:plc:a/p/1","author":{"did":"did:plc:a"},"record":{"text":"one"}},"replies":[{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://did:plc:b/p/2","notFound":true},{"$type":"app.bsky.feed.defs#blockedPost","uri":"at://did:plc:b/p/3","blocked":true,"author":{"did":"did:plc:b"}}]}}"#,
            ["ignored:notFound", "message customer: one", "ignored:notFound", "ignored:blocked"]),
        Row(
            "meta",
            #"{"object":"page","entry":[{"id":"1","changes":[{"field":"mention","value":{"post_id":"5_7"}}]}]}"# + "\n"
                + #"[{"object":"page","entry":[{"id":"1","changes":[{"field":"mention","value":{"post_id":"5_8"}}]}]},{"object":"page","entry":[]}]"#,
            ["ignored:mention", "ignored:mention", "ignored:empty"]),
        Row(
            "bluesky",
            #"{"$type":"message","payload":{"$type":"x.y#commit","seq":1,"did":"did:plc:a","time":"2026-02-03T09:09:07Z","operation":"create","collection":"app.bsky.feed.post","rkey":"3m","record":{"text":"late","createdAt":"2026-02-03T09:09:00Z"}}}"#,
            ["message customer: late"]),
        Row(
            "twilio",
            #"{"messages":[{"sid":"SM1","account_sid":"AC1","direction":"inbound","from":"+447700900123","to":"+15550100200","body":"late","num_media":"0"},{"sid":"SM2","account_sid":"AC1","direction":"outbound-api","from":"+15550100200","to":"+447700900123","body":"sorry"}]}"#,
            ["message customer: late", "message agent: sorry"], in: "+15550100200:+447700900123"),
        Row(
            "bluesky",
            #"{"notifications":[{"uri":"at://did:plc:a/p/3","author":{"did":"did:plc:a","handle":"ann"},"reason":"reply","record":{"text":"still late","reply":{"root":{"uri":"at://r"}}},"indexedAt":"2026-02-03T09:09:01Z"},{"uri":"at://did:plc:a/l/3","author":{"did":"did:plc:a"},"reason":"like","record":{},"indexedAt":"2026-02-03T09:09:01Z"}]}"#,
            ["message customer: still late", "ignored:reaction"]),
        Row(
            "bluesky",
            #"{"feed":[{"post":{"uri":"at://did:plc:a/p/3","author":{"did":"did:plc:a"},"record":{"text":"late"}}},{"post":{"uri":"at://did:plc:b/p/4","author":{"did":"did:plc:b"},"record":{"text":"other"}},"reason":{"$type":"app.bsky.feed.defs#reasonRepost"}}]}"#,
            ["message customer: late", "ignored:retweet"]),
        Row(
            "mastodon",
            #"{"accounts":[],"statuses":[{"id":"1","created_at":"2026-02-03T09:09:07.000Z","content":"<p>late</p>","account":{"id":"7","acct":"ann"}}],"hashtags":[]}"#,
            ["message customer: late"]),
        Row(
            "meta",
            #"{"object":"page","entry":[{"id":"1001","time":1770109747,"changes":[{"field":"mention","value":{"post_id":"5_6","sender_name":"Ann","item":"post","sender_id":"5","verb":"add","created_time":1770109747,"message":"@Shop late"}},{"field":"mention","value":{"post_id":"5_7"}}]}]}"#,
            ["message customer: @Shop late", "ignored:mention"], in: "5_6"),
        Row(
            "chatwoot",
            #"{"event":"message_created","id":"1","content":"late","created_at":"2026-02-03 09:09:07 UTC","message_type":"incoming","content_type":"text","contact":{"id":"1","name":"Ann"},"conversation":{"display_id":"4"},"account":{"id":"1","name":"Shop"}}"#,
            ["message customer: late"], in: "1:4"),
        Row(
            "telegram-bot",
            #"{"update_id":2,"business_message":{"business_connection_id":"b","message_id":6,"from":{"id":7,"is_bot":false,"first_name":"Ann"},"chat":{"id":7,"type":"private"},"date":1770109747,"text":"late","sender_business_bot":null}}"#,
            ["message customer: late"]),
        Row(
            "twilio",
            """
            EventType=onMessageAdded&AccountSid=AC1&ConversationSid=CH1&MessageSid=IM1&DateCreated=2026-02-03T09%3A09%3A07.000Z&Body=late&Author=%2B15551230000&Source=SMS
            EventType=onMessageAdded&AccountSid=AC1&ConversationSid=CH1&MessageSid=IM2&Body=sorry&Author=ana&Source=API
            EventType=onMessageUpdated&AccountSid=AC1&ConversationSid=CH1&MessageSid=IM1&Body=very+late&Author=%2B15551230000&Source=SMS
            EventType=onMessageRemoved&AccountSid=AC1&ConversationSid=CH1&MessageSid=IM1&Author=%2B15551230000
            EventType=onParticipantAdded&AccountSid=AC1&ConversationSid=CH1
            """,
            ["message customer: late", "message agent: sorry", "edit customer: very late", "delete", "ignored:onParticipantAdded"], in: "CH1"),
        Row(
            "freshdesk",
            #"[{"id":1,"survey_id":1,"user_id":43,"ticket_id":20,"feedback":"Awful","created_at":"2026-02-03T09:14:07Z","ratings":{"default_question":-102}}]"#,
            ["message customer 1…7=2: Awful"], in: "20"),
        Row(
            "zendesk",
            #"{"comments":[{"id":1,"type":"Comment","author_id":2,"body":"Hi","public":true,"created_at":"2026-02-03T09:14:07Z"}],"next_page":"https://a.zendesk.com/api/v2/tickets/77/comments.json?page=2"}"#,
            ["message customer: Hi"], in: "77"),
        Row(
            "zendesk",
            #"{"satisfaction_ratings":[{"id":1,"requester_id":4,"ticket_id":5,"score":"bad","comment":"Awful","created_at":"2026-02-03T09:14:07Z"},{"id":2,"requester_id":4,"ticket_id":6,"score":"offered"}]}"#,
            ["message customer 0…1=0: Awful", "ignored:unrated"], in: "5"),
        Row(
            "helpscout",
            #"{"_embedded":{"threads":[{"id":1,"type":"customer","state":"published","body":"late","createdAt":"2026-02-03T09:14:07Z","createdBy":{"id":7,"type":"customer"},"customer":{"id":7}}]},"_links":{"self":{"href":"https://api.helpscout.net/v2/conversations/1234/threads?page=1"}}}"#,
            ["message customer: late"], in: "1234"),
        Row(
            "sunshine",
            #"{"messages":[{"id":"m1","received":"2026-02-03T09:14:07Z","author":{"userId":"u1","displayName":"Ann","type":"user"},"content":{"type":"text","text":"late"},"source":{"type":"web"}}],"meta":{"hasMore":false},"links":{"next":"https://api.smooch.io/v2/apps/a/conversations/c9/messages?page"}}"#,
            ["message customer: late"], in: "c9"),
        Row(
            "intercom",
            #"{"type":"notification_event","topic":"conversation.deleted","app_id":"w","created_at":1770109747,"data":{"item":{"type":"conversation","id":"471"}}}"#,
            ["delete"]),
        Row(
            "intercom",
            #"{"type":"notification_event","topic":"conversation_part.redacted","app_id":"w","created_at":1770109747,"data":{"item":{"type":"conversation_part","id":"9","part_type":"comment","body":"<p>x</p>"}}}"#,
            ["delete"]),
        Row(
            "slack",
            #"[{"type":"message","user":"U1","text":"","ts":"1770109747.000200","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"late & <cold> "},{"type":"emoji","name":"rage","unicode":"1f621"}]},{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},{"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]}]}]}]"#,
            ["message customer: late & <cold> 😡\none\ntwo"]),
        Row(
            "reddit",
            #"[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"name":"t3_p","id":"p","title":"Where?","selftext":"cold\n\n&amp;#x200B;","author":"a","created_utc":1770109747.0}}]}}]"#,
            ["message customer: Where?\n\ncold"]),
        Row(
            "reddit",
            "{\"subreddit\":\"tea\",\"author\":\"a\",\"body\":\"late &amp; cold\",\"id\":\"g1\",\"link_id\":\"t3_p\",\"parent_id\":\"t3_p\",\"created_utc\":1600000000}\n{\"subreddit\":\"tea\",\"author\":\"a\",\"title\":\"Where?\",\"selftext\":\"\",\"id\":\"p\",\"created_utc\":1600000000}\n",
            ["message customer: late & cold", "message customer: Where?"], in: "t3_p"),
        Row(
            "meta-export",
            #"{"participants":[{"name":"Ann"}],"messages":[{"sender_name":"Ann","timestamp_ms":1770109747000,"content":"Ann hat einen Anhang gesendet.","photos":[{"uri":"a/b.jpg"}]},{"sender_name":"Ann","timestamp_ms":1770109746000,"content":"She sent a photo."}],"title":"Ann","thread_path":"inbox/ann_1"}"#,
            ["attachment customer: ", "message customer: She sent a photo."]),
        Row(
            "mastodon",
            #"{"id":"1","uri":"https://m.example/1","created_at":"2026-02-03T09:14:07Z","in_reply_to_id":null,"content":"<p class=\"quote-inline\">RE: x</p><p>my view</p>","spoiler_text":"","visibility":"public","account":{"id":"9","username":"a","acct":"a","display_name":"A"},"mentions":[],"reblog":null}"#,
            ["message customer: my view"]),
        Row("email", "42\nFrom: a@b.example\nMessage-ID: <1@b>\n\nlate\n<?xml version=\"1.0\"?>\n<plist></plist>\n", ["message customer: late"]),
        Row("email", "99  \nFrom: a@b.example\nSubject: s\n\nlate\n<?xml version=\"1.0\"?>\n<plist></plist>\n", ["message customer: late"]),
        Row("email", "From: a@b.example\nSubject: Automatic reply: Order\nMessage-ID: <1@b>\n\naway\n", ["ignored:auto-reply"]),
        Row("email", "From: a@b.example\nSubject: Re: Automatic reply: Order\nMessage-ID: <1@b>\n\nlate\n", ["message customer: late"]),
        Row("email", "Return-Path: <>\nFrom: a@b.example\nMessage-ID: <1@b>\n\naway\n", ["ignored:auto-reply"]),
        Row("csv", "Datum;Uhrzeit;Kunde;Kommentar;Bewertung\n13.02.2026;09:14;Ann;zu spät;2\n", ["message customer 1…5=2: zu spät"]),
        Row("csv", "Date,Time,Name,Message\n2026-02-03,09:14:07,Ann,late\n", ["message customer: late"]),
        Row(
            "csv", "nps,comment,date\n10,great,2026-02-03\n0,awful,2026-02-03\n",
            ["message customer 0…10=10: great", "message customer 0…10=0: awful"]),
        Row("csv", "text,date\r\n\"a\r\nb\",2026-02-03\r\n,2026-02-03\r\n", ["message customer: a\nb", "ignored:empty"]),
        Row("csv", "日時,名前,コメント\n2026-02-03 09:14:07,A,遅い\n", ["message customer: 遅い"]),
        Row("jsonl", #"{"message":"Unauthorized","statusCode":401}"#, ["rejected:1"]),
        Row("jsonl", #"{"message":"Bad credentials","documentation_url":"https://a.example"}"#, ["rejected:1"]),
        Row("jsonl", #"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"no key"}"#, ["rejected:1"]),
        Row("jsonl", #"{"nps":3,"comment":"slow"}"#, ["message customer 0…10=3: slow"]),
        Row(
            "whatsapp-export", "13/02/2026, 09:14 - Ann: cup.jpg <attached>\nBroken\n13/02/2026, 09:15 - Bob: Voice call, No answer\n",
            ["message customer: Broken", "ignored:system"]),
        Row(
            "intercom",
            #"{"type":"notification_event","app_id":"a","topic":"ticket.contact.replied","data":{"item":{"type":"ticket_part","ticket":{"type":"ticket","id":"491","ticket_attributes":{"_default_description_":"late"},"created_at":1770109700},"ticket_part":{"type":"ticket_part","id":"2","part_type":"comment","body":"<p>still</p>","created_at":1770109747,"author":{"type":"user","id":"5"}}}}}"#,
            ["message customer: late", "message customer: still"], in: "491"),
        Row(
            "intercom",
            #"{"type":"notification_event","app_id":"a","topic":"ticket.closed","data":{"item":{"ticket":{"type":"ticket","id":"491","ticket_attributes":{"_default_description_":"late"},"created_at":1770109700,"ticket_parts":{"ticket_parts":[]}}}}}"#,
            ["message customer: late"], in: "491"),
        Row(
            "whatsapp-export",
            "[10/7/2024 下午1:38:12] Klaus: 早晨!\r\n[10/7/2024 下午1:38:12] Klaus:<附件：00000042-PHOTO-2024-07-10-13-38-12.jpg>\r\n[10/7/2024 下午1:38:13] Klaus: 太慢了 \u{200E}<附件：00000009-AUDIO-2024-07-10-13-38-13.opus>\r\n[15/7/2024 下午1:39:14] Bob: \u{200E}图像已忽略\r\n[15/7/2024 下午1:39:16] Bob: 收到了吗\u{200E}<这条消息已经过编辑>\r\n",
            ["message customer: 早晨!", "attachment customer: ", "message customer: 太慢了", "attachment customer: ", "message customer: 收到了吗"]),
        Row(
            "whatsapp-export",
            "[2026-02-13, 09:14:07] Ann: Hej\r\n[2026-02-13, 09:15:07] Bo: Sent \u{200E}<Meddelelsen er rettet>\r\n[2026-02-13, 09:16:07] Bo: a <b> \u{200E}c>\r\n",
            ["message customer: Hej", "message customer: Sent", "message customer: a <b> c>"]),
        Row(
            "google-speech",
            #"{"name":"operations/1","done":true,"response":{"results":{"gs://b/a.wav":{"transcript":{"results":[{"alternatives":[{"transcript":"late","confidence":0.9}],"resultEndOffset":"1s"}]}},"gs://b/b.wav":{"error":{"code":5}}}}}"#,
            ["message customer: late", "ignored:failed"], in: "a.wav"),
        Row(
            "contact-lens",
            #"{"Channel":"CHAT","Segments":[{"Transcript":{"Id":"x","ParticipantId":"p1","ParticipantRole":"CUSTOMER","Content":"late","ContentType":"text/plain","Time":{"AbsoluteTime":"2026-02-03T09:14:07Z"}}},{"Event":{"Id":"e","EventType":"application/vnd.amazonaws.connect.event.participant.left","Time":{"AbsoluteTime":"2026-02-03T09:14:07Z"}}},{"Attachments":{"Id":"a","ParticipantRole":"CUSTOMER","Attachments":[{"AttachmentName":"x.png","ContentType":"image/png"}],"Time":{"AbsoluteTime":"2026-02-03T09:14:07Z"}}}]}"#,
            ["message customer: late", "ignored:participant.left", "attachment customer: "]),
        Row(
            "contact-lens",
            #"{"Segments":[{"Transcript":{"Id":"x","ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER","Content":"late","BeginOffsetMillis":4000}},{"Categories":{"MatchedCategories":["a"]}}]}"#,
            ["message customer: late", "ignored:categories"]),
        Row(
            "email",
            "From: ann@example.com\nSubject: Re: Order\n\nStill waiting\n\nвт, 3 февр. 2026 г. в 09:14, Магазин С Длинным Названием <\nhelp@shop.example>:\n\n> Old\n",
            ["message customer: Still waiting"]),
        Row(
            "email",
            "From: ann@example.com\nSubject: Re: Order\n\nStill waiting\n\nŠalje: Trgovina <help@shop.example>\nPoslano: 3. veljače 2026. 09:14\nPrima: Ana <ann@example.com>\nPredmet: Order\n\nOld\n",
            ["message customer: Still waiting"]),
        Row(
            "email",
            "From: ann@example.com\nSubject: Re: Order\n\nStill waiting\n\nОт: Магазин <help@shop.example>\nИзпратено: 3 февруари 2026 г. 09:14\nДо: Ана <ann@example.com>\nТема: Order\n\nOld\n",
            ["message customer: Still waiting"]),
    ]

    @Test(arguments: rows)
    func row(_ row: Row) throws {
        let operations = try decode(row.connector, row.input)
        #expect(Self.told(operations) == row.expected)
        if let conversation = row.conversation { #expect(messages(operations).first?.conversationID == conversation) }
        let found = try ConnectorRegistry.standard.recognise(head: Array(row.input.utf8)[...], fileName: nil).connector.name
        #expect(found == row.connector, "recognised without a name")
    }

    @Test func textIsReadAsWindows1252WhenItIsNoUTF8() throws {
        #expect(try messages(decode("text", [0x73, 0x70, 0xE4, 0x74, 0x20, 0x80, 0x0A])).map(\.text) == ["spät €"])
        #expect(try outline(decode("text", [0x73, 0x81, 0xE4, 0x0A])) == ["rejected:1"])
    }

    /// Times of both columns, and of two mapped ones.
    @Test(arguments: [
        ("Datum;Uhrzeit;Kommentar\n13.02.2026;09:14;x\n", "{}"),
        ("tag;zeit;was\n13.02.2026;09:14;x\n", #"{"mapping":{"text":"was","timestamp":["tag","zeit"],"timestampFormat":"dd.MM.yyyy HH:mm"}}"#),
        ("when,time,text\n2026-02-13 09:14,11:11,x\n", #"{"mapping":{"timestamp":["when","time"]}}"#),
    ])
    func dayAndTimeInTwoColumns(table: String, configuration: String) throws {
        #expect(try messages(decode("csv", table, configuration)).map { RFC3339.format($0.sentAt) } == ["2026-02-13T09:14:00Z"])
    }

    /// Words of one language do not make columns of an English table.
    @Test func englishHeadersStayAsTheyAre() throws {
        let operations = try decode("csv", "text,note,data,client\nlate,call back,x,y\n")
        #expect(Self.told(operations) == ["message customer: late"])
    }

    /// Names that differ by marks and blanks only are one person, however many there are.
    @Test func manyPeople() throws {
        let lines = (0..<3_000).map { "13/02/26, 09:00 - Person \($0 / 2)\($0 % 2 == 0 ? "" : "\u{200E}"): a\n" }
        let read = messages(try decode("whatsapp-export", lines.joined()))
        #expect(read.count == 3_000 && Set(read.map { $0.author.displayName ?? "" }).count == 1_500)
    }

    /// Each message of a batch gets the contact with its number or its user id.
    @Test(arguments: [2, 40])
    func contactsOfABatch(count: Int) throws {
        let people = (0..<count).map {
            #"{"profile":{"name":"P\#($0)"},\#($0 % 2 == 0 ? #""wa_id":"44770090\#(1000 + $0)""# : #""user_id":"GB.\#($0)""#)}"#
        }
        let sent = (0..<count).map {
            #"{"id":"wamid.\#($0)","timestamp":"1770109747","type":"text","text":{"body":"a"},\#($0 % 2 == 0 ? #""from":"44770090\#(1000 + $0)""# : #""from_user_id":"GB.\#($0)""#)}"#
        }
        let value =
            #"{"messaging_product":"whatsapp","metadata":{"phone_number_id":"1"},"contacts":[\#(people.joined(separator: ","))],"messages":[\#(sent.joined(separator: ","))]}"#
        let text = #"{"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"field":"messages","value":\#(value)}]}]}"#
        #expect(messages(try decode("whatsapp-cloud", text)).map(\.author.displayName) == (0..<count).map { "P\($0)" })
    }

    /// Out of an inbox somebody writes.
    @Test func whoWroteForAnInbox() throws {
        let text =
            #"{"type":"outbound","conversation":{"id":"cnv_1"},"target":{"data":{"id":"msg_1","type":"email","is_inbound":false,"created_at":1770109747,"body":"sorry","author":{"first_name":"A","last_name":"B"},"recipients":[{"handle":"help@shop.example","role":"from","name":"Support"}]}}}"#
        #expect(messages(try decode("front", text)).map(\.author.displayName) == ["A B"])
    }

    @Test(arguments: ["$..when", "$.meta[*].when"])
    func pathsToManyPlacesAreRefused(path: String) {
        #expect(throws: (any Error).self) { try decode("jsonl", "{}", #"{"mapping":{"timestamp":"\#(path)"}}"#) }
    }

    /// A guess about the whole file is told, and only a guess.
    @Test(arguments: [
        ("whatsapp-export", "3/2/26, 09:14 - Ann: a\n", true), ("whatsapp-export", "3/3/26, 09:14 - Ann: a\n", false),
        ("whatsapp-export", "13/2/26, 09:14 - Ann: a\n", false), ("csv", "date,text\n3/2/2026,a\n", true),
        ("csv", "date,text\n3/2/2026,a\n3/22/2026,b\n", false),
        ("csv", "date,text\n2026-02-03,a\n", false),
    ])
    func ambiguousDaysAreTold(connector: String, text: String, isGuess: Bool) throws {
        let context = DecodingContext(fileName: nil, receivedAt: Timestamp(nanoseconds: 0))
        var decoder = try ConnectorRegistry.standard.connector(named: connector).makeDecoder(ConnectorConfiguration(), context: context)
        try decoder.decode(all: Array(text.utf8)) { _ in }
        #expect(decoder.remarks.isEmpty != isGuess)
    }

    /// A rating beyond its scale is left out and told; without words there is nothing left to keep.
    @Test(arguments: [
        (
            "csv", "text,rating,date\nlate,10,2026-02-03\ncold,4,2026-02-03\n,10,2026-02-03\n",
            ["message customer: late", "message customer 1…5=4: cold", "rejected:3"]
        ),
        ("jsonl", #"{"text":"late","rating":0}"# + "\n" + #"{"rating":7}"#, ["message customer: late", "rejected:2"]),
        (
            "app-store-feed", #"{"feed":{"entry":{"id":{"label":"1"},"content":{"label":"late"},"im:rating":{"label":"9"}}}}"#,
            ["message customer: late"]
        ),
        ("google-business", #"{"reviews":[{"reviewId":"1","starRating":7,"comment":"late"}]}"#, ["message customer: late"]),
        ("yelp", #"{"reviews":[{"id":"1","rating":7,"text":"late"},{"id":"2","rating":7}]}"#, ["message customer: late", "rejected:1"]),
        ("amazon-reviews", #"{"asin":"1","overall":7,"summary":"late"}"#, ["message customer: late"]),
        ("app-store-connect", #"{"data":{"type":"customerReviews","id":"1","attributes":{"rating":7,"body":"late"}}}"#, ["message customer: late"]),
    ])
    func ratingsBeyondTheirScale(connector: String, text: String, expected: [String]) throws {
        let context = DecodingContext(fileName: nil, receivedAt: Timestamp(nanoseconds: 0))
        var decoder = try ConnectorRegistry.standard.connector(named: connector).makeDecoder(ConnectorConfiguration(), context: context)
        var operations: [AttuneCore.Operation] = []
        try decoder.decode(all: Array(text.utf8)) { operations.append($0) }
        #expect(Self.told(operations) == expected)
        #expect(decoder.remarks.count == 1 && decoder.remarks.first?.hasPrefix("1 record was read without a rating") == true)
    }

    /// What surely is something else is not taken for lines of text.
    @Test(arguments: [
        "<?xml version=\"1.0\"?>\n<a/>\n", "<!DOCTYPE html>\n<p>late</p>\n", "window.YTD.tweets.part0 = [ {\n",
        "0:00:01.000,0:00:04.000\nlate\n\n0:00:05.000,0:00:06.000\nx\n",
        "2026年2月13日 9:14 - Ann: late\n2026年2月13日 9:15 - Bob: x\n", "13 Feb 2026, 09:14 - Ann: late\n13 Feb 2026, 09:15 - Bob: x\n",
        "09:14:07\t From Ann to Everyone : late\n09:15:07\t From Bob to Everyone : x\n",
    ])
    func structureIsNoText(text: String) {
        #expect(throws: RecognitionFailure.none(isEmpty: false)) {
            try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "a.txt")
        }
    }

    @Test(arguments: ["12:30 I waited an hour\n2026-02-03 nothing\n", "late\n1. cold\n2. wet\n", "9 of 10: good\n8 of 10: better\n", "a < b\n<3\n"])
    func linesStayText(text: String) throws {
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "a.txt").connector.name == "text")
    }

    /// Whatever a file is called, it is read as what it is.
    @Test(arguments: Files.fixtures.indices, [nil, "data", "data.json", "data.txt"])
    func neutralNames(index: Int, name: String?) throws {
        let (connector, file, _) = Files.fixtures[index]
        guard connector != "text" else { return }
        let found = try ConnectorRegistry.standard.recognise(head: try Files.fixture(file)[...], fileName: name)
        #expect(found.connector.name == connector)
    }
}
