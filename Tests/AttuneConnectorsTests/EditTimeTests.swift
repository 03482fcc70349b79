import AttuneCore
import Testing

@testable import AttuneConnectors

/// When a message was edited, by which its versions are put in order.
@Suite struct EditTimeTests {
    @Test(arguments: [
        (
            "telegram-bot",
            #"{"update_id":1,"edited_message":{"message_id":2,"date":1770109747,"edit_date":1770109800,"chat":{"id":3,"type":"private"},"from":{"id":3},"text":"x"}}"#
        ),
        (
            "telegram-export",
            #"{"name":"A","type":"personal_chat","id":2,"messages":[{"id":1,"type":"message","date_unixtime":"1770109747","edited_unixtime":"1770109800","from":"A","text":"x"}]}"#
        ),
        (
            "slack",
            #"{"type":"event_callback","team_id":"T1","event":{"type":"message","subtype":"message_changed","channel":"C1","ts":"1770109801.000001","message":{"type":"message","user":"U1","ts":"1770109747.000001","text":"x","edited":{"user":"U1","ts":"1770109800.000000"}}}}"#
        ),
        ("slack", #"[{"type":"message","user":"U1","ts":"1770109747.000001","text":"x","edited":{"user":"U1","ts":"1770109800.000000"}}]"#),
        (
            "mastodon",
            #"{"id":"1","content":"<p>x</p>","created_at":"2026-02-03T09:09:07Z","edited_at":"2026-02-03T09:10:00Z","account":{"id":"2","acct":"a","username":"a"}}"#
        ),
        (
            "bluesky",
            #"{"did":"did:plc:a","time_us":1770109800000000,"kind":"commit","commit":{"operation":"update","collection":"app.bsky.feed.post","rkey":"3me","record":{"text":"x","createdAt":"2026-02-03T09:09:07Z"}}}"#
        ),
        (
            "discord-export",
            #"{"guild":{"id":"1"},"channel":{"id":"2"},"messages":[{"id":"3","type":"Default","timestamp":"2026-02-03T09:09:07Z","timestampEdited":"2026-02-03T10:10:00+01:00","content":"x","author":{"id":"4","name":"a"}}]}"#
        ),
        (
            "reddit",
            #"{"kind":"t1","data":{"name":"t1_a","body":"x","author":"a","link_id":"t3_b","created_utc":1770109747.0,"edited":1770109800.0}}"#
        ),
        (
            "youtube",
            #"{"kind":"youtube#comment","id":"1","snippet":{"textOriginal":"x","publishedAt":"2026-02-03T09:09:07Z","updatedAt":"2026-02-03T09:10:00Z"}}"#
        ),
        (
            "meta",
            #"{"object":"page","entry":[{"id":"1","time":1770109800,"changes":[{"field":"feed","value":{"item":"comment","verb":"edited","comment_id":"1_2","post_id":"1_1","message":"x","created_time":1770109747,"from":{"id":"7","name":"A"}}}]}]}"#
        ),
    ])
    func editsSayWhen(connector: String, payload: String) throws {
        let read = messages(try decode(connector, payload))
        #expect(read.map(\.edited) == [true] && read.map(\.editedAt) == [RFC3339.parse("2026-02-03T09:10:00Z")])
        #expect(read[0].sentAt < read[0].editedAt ?? read[0].sentAt)
    }
}
