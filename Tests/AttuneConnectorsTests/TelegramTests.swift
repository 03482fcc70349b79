import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct TelegramTests {
    @Test func readsUpdates() throws {
        let operations = try decode("telegram-bot", Files.fixture("telegram-bot.jsonl"))
        #expect(
            outline(operations) == [
                "message", "edit", "message", "message", "message", "message", "delete", "delete", "ignored:system", "attachment", "ignored:reaction",
                "ignored:callback_query", "ignored:system", "rejected:13", "rejected:14", "message",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "telegram-bot:5001:12", nativeID: "5001:12", channel: .chat, source: "telegram-bot", conversationID: "5001",
                    author: Author(
                        role: .customer, displayName: "Priya N",
                        identifiers: [
                            Identifier(kind: .externalID, value: "telegram:5001", verified: true),
                            Identifier(kind: .handle, value: "telegram:pri_brews", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:09:07Z")), text: "Where is my parcel?", inReplyTo: "telegram-bot:5001:11"))
        #expect(read[1].id == read[0].id && read[1].edited)
        // Chats have negative ids above 2^53; a message of a topic does not answer the one that opened it.
        #expect(read[2].nativeID == "-1009007199254740993:4" && read[2].conversationID == "-1009007199254740993:3" && read[2].inReplyTo == nil)
        #expect(read[2].author.role == .bot && read[2].text == "look" && read[2].attachments == [Attachment(kind: "image")])
        // A group or channel in its own name, and the owner of a business account.
        #expect(read[3...5].map(\.author.role) == [.agent, .agent, .agent] && read[3].author.displayName == "Tea")
        #expect(read[6].attachments == [Attachment(kind: "video", name: "a.mp4")] && read[7].text == "polled")
        guard case .delete(let deletion) = operations[6] else { return #expect(Bool(false)) }
        #expect(deletion.target == read[5].id)
    }

    @Test(arguments: [
        (#"{"ok":true,"result":[]}"#, "ignored:empty"), (#"{"ok":false,"error_code":401}"#, "ignored:error"),
        (#"{"update_id":1,"poll":{}}"#, "ignored:poll"),
        (#"{"message_id":1,"date":1,"chat":{"id":2},"text":"alone"}"#, "message"),
        (#"{"update_id":1,"deleted_business_messages":{"chat":{"id":2}}}"#, "rejected:1"),
        (#"{"update_id":1,"message":{"message_id":1,"chat":{"id":2},"from":{"id":2},"text":"no date"}}"#, "message"),
        (#"{"update_id":1,"message":{"message_id":1,"chat":{"id":-2},"date":1,"migrate_to_chat_id":-100}}"#, "ignored:system"),
    ])
    func otherUpdates(body: String, expected: String) throws { #expect(outline(try decode("telegram-bot", body)) == [expected]) }

    @Test func readsAnExportedAccount() throws {
        let operations = try decode("telegram-export", Files.fixture("telegram-export.json"), #"{"zone":"Europe/Berlin"}"#)
        #expect(
            outline(operations) == [
                "ignored:system", "message", "message", "attachment", "message", "message", "ignored:empty", "rejected:10", "message", "message",
                "ignored:unsupported", "rejected:13", "message", "message",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "telegram-export:5001:2", nativeID: "5001:2", channel: .chat, source: "telegram-export", conversationID: "5001",
                    author: Author(
                        role: .customer, displayName: "Priya", identifiers: [Identifier(kind: .externalID, value: "telegram:5001", verified: true)]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:09:07Z")), text: "Where is my parcel?"))
        #expect(read[1].author.role == .agent && read[1].edited && read[1].inReplyTo == read[0].id, "the exporting account is the business's")
        #expect(read[2].attachments == [Attachment(kind: "image", name: "p.jpg")])
        #expect(read[3].author.displayName == nil && read[3].attachments == [Attachment(kind: "audio")] && read[3].text == "listen")
        #expect(read[4].timeBasis == .localAssumed && RFC3339.format(read[4].sentAt) == "2026-02-03T09:14:00Z")
        #expect(read[5].author.role == .bot && read[6].author.role == .agent && read[6].conversationID == "9007199254740993")
        #expect(read[7].nativeID == nil && read[7].id != read[8].id && read[7].id.utf8.count == 64)
    }

    /// What the exporting program did not know has neither date nor writer.
    @Test(arguments: [
        (#"{"id":12,"type":"unsupported"}"#, "ignored:unsupported"), (#"{"id":12,"type":"message","text":"a"}"#, "rejected:1"), ("3", "rejected:1"),
    ])
    func itemsWithoutADate(item: String, expected: String) throws {
        #expect(outline(try decode("telegram-export", #"{"name":"A","type":"personal_chat","id":7,"messages":[\#(item)]}"#)) == [expected])
    }

    /// A later export gives the same ids: by number, or by content where there is none.
    @Test func idsAreStable() throws {
        func export(_ items: [String]) -> String {
            #"{"name":"Old","type":"private_group","id":70,"messages":["# + items.joined(separator: ",") + "]}"
        }
        let items = ["a", "ok", "ok", "b"].map { #"{"type":"message","date_unixtime":"1770110300","from":"Tom","text":"\#($0)"}"# }
        let all = messages(try decode("telegram-export", export(items))).map(\.id)
        #expect(Set(all).count == 4)
        #expect(messages(try decode("telegram-export", export(Array(items.dropFirst())))).map(\.id) == Array(all.dropFirst()))
    }

    /// Exports of before 2021: "never edited" is the beginning of Unix time, ids of people have no letters.
    @Test(arguments: [
        (#""edited":"1970-01-01T01:00:00""#, false), (#""edited":"1969-12-31T19:00:00""#, false), (#""edited_unixtime":"0""#, false),
        (#""edited":"2019-02-03T01:00:00""#, true), (#""x":1"#, false),
    ])
    func oldExports(member: String, isEdited: Bool) throws {
        let message = #"{"id":1,"type":"message","date":"2019-02-03T01:00:00","from":"A","from_id":77,"text":"a",\#(member)}"#
        let read = messages(try decode("telegram-export", #"{"name":"A","type":"personal_chat","id":77,"messages":[\#(message)]}"#))
        #expect(read.map(\.edited) == [isEdited] && read[0].author.role == .customer)
    }

    /// What is quoted, or was forwarded from others, is not what somebody says.
    @Test(
        arguments: [
            (#""text":["q ",{"type":"blockquote","text":"their words"},"\nmine"]"#, "q \nmine"), (#""text":[{"type":"blockquote","text":"x"}]"#, nil),
            (#""text":["a ",{"type":"bold","text":"b"}," "]"#, "a b "), (#""text":"x","forwarded_from":"Zed""#, nil),
            (#""text":"x","forwarded_from":"Priya""#, "x"), (#""text":"x","photo":"p.jpg","forwarded_from":"Zed""#, nil),
        ] as [(String, String?)])
    func quotesInExports(members: String, expected: String?) throws {
        let text =
            #"{"name":"P","type":"personal_chat","id":1,"messages":[{"id":9,"type":"message","date_unixtime":"1770109756","#
            + #""from":"Priya","from_id":"user7",\#(members)}]}"#
        let operations = try decode("telegram-export", text)
        #expect(messages(operations).map(\.text) == (expected.map { [$0] } ?? []))
        #expect(expected != nil || ["ignored:forwarded", "ignored:empty"].contains(outline(operations)[0]))
    }

    @Test(
        arguments: [
            // Places count in units of UTF-16.
            (#""text":"\#u{1F600} their words\nmine","entities":[{"type":"blockquote","offset":3,"length":11}]"#, "message", "😀 \nmine"),
            (
                #""text":"theirs\nmine","entities":[{"type":"expandable_blockquote","offset":0,"length":7},{"type":"bold","offset":0,"length":3}]"#,
                "message", "mine"
            ),
            (#""caption":"theirs","photo":[{"file_id":"x"}],"caption_entities":[{"type":"blockquote","offset":0,"length":6}]"#, "attachment", ""),
            (#""text":"theirs","entities":[{"type":"blockquote","offset":0,"length":6}]"#, "ignored:empty", ""),
            (#""text":"mine","entities":[{"type":"blockquote","offset":-1,"length":900}]"#, "message", "mine"),
            (
                #""text":"ab cd ef gh","entities":[{"type":"blockquote","offset":6,"length":3},{"type":"blockquote","offset":0,"length":5},{"type":"blockquote","offset":2,"length":2},{"type":"blockquote","offset":11,"length":1}]"#,
                "message", "gh"
            ),
            (#""text":"x","forward_origin":{"type":"hidden_user","sender_user_name":"Zed"}"#, "ignored:forwarded", ""),
            (#""text":"x","forward_date":1,"forward_from":{"id":8}"#, "ignored:forwarded", ""),
            (#""text":"x","forward_origin":{"type":"user","sender_user":{"id":7}}"#, "message", "x"),
            (#""text":"x","is_automatic_forward":true,"forward_origin":{"type":"channel"}"#, "message", "x"),
            (#""left_chat_member":{"id":7}"#, "ignored:system", ""),
        ])
    func quotesInUpdates(members: String, expected: String, text: String) throws {
        let update =
            #"{"update_id":1,"message":{"message_id":2,"date":1770109747,"chat":{"id":5,"type":"group"},"from":{"id":7,"first_name":"P"},"#
            + #"\#(members)}}"#
        let operations = try decode("telegram-bot", update)
        #expect(outline(operations) == [expected] && messages(operations).allSatisfy { $0.text == text })
    }
}
