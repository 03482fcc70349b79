import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

/// What holds for all connectors of social platforms.
@Suite struct SocialConnectorsTests {
    private static let connectors: Set = [
        "meta", "meta-export", "x", "youtube", "reddit", "mastodon", "bluesky", "telegram-bot", "telegram-export", "discord-export",
        "signal-export",
    ]

    private static let fixtures = Files.fixtures.filter { connectors.contains($0.connector) }

    @Test func everyConnectorHasAFixture() { #expect(Set(Self.fixtures.map(\.connector)) == Self.connectors) }

    /// Each takes its own files for certain, and nobody else's.
    @Test(arguments: Files.fixtures.map(\.file).indices)
    func isSureOfItsOwnFilesOnly(index: Int) throws {
        let fixture = Files.fixtures[index]
        let head = try Files.fixture(fixture.file)[...]
        for connector in ConnectorRegistry.standard.connectors {
            let recognition = connector.recognise(head: head, fileName: nil)
            if Self.connectors.contains(connector.name) {
                #expect(recognition?.certainty == (connector.name == fixture.connector ? .certain : nil), "\(connector.name) of \(fixture.file)")
            } else if Self.connectors.contains(fixture.connector) {
                #expect(recognition?.certainty != .certain, "\(connector.name) of \(fixture.file)")
            }
        }
    }

    /// Records of a user that share names with a platform's stay the user's.
    @Test(arguments: [
        #"{"id":"1","text":"hi","data":1}"#, #"{"messages":[{"text":"a"}]}"#, #"{"data":[{"id":"1","text":"a"}]}"#,
        #"{"data":[{"id":"1","text":"a","author_id":"7"}],"meta":{"page":1}}"#,
        #"{"data":[{"id":"1","text":"a"}],"includes":{"users":[{"id":"1","name":"b"}]}}"#, #"{"participants":["a"],"messages":[]}"#,
        #"{"account":"b","content":"a","created_at":"2026-02-03","visibility":"public"}"#,
        #"{"kind":"complaint","data":"x"}"#,
        #"{"field":"comments","value":"late"}"#, #"{"field":"comments","value":{"text":"a"},"id":"1"}"#,
        #"{"type":"personal_chat","id":1,"messages":["a"]}"#, #"{"statuses":[{"text":"a"}]}"#, #"{"id_str":"1","text":"a","user":"b"}"#,
        #"{"data":[{"author":"a","body":"b","created_utc":1}]}"#,
        #"{"object":"order","entry":[]}"#, #"{"content":"a","account":"b"}"#, #"{"type":"review","id":"1","messages":["a"]}"#,
        #"{"stream":"a","text":"b"}"#, #"{"did":"x","text":"y"}"#, #"{"name":"a","type":"b","id":1,"text":"c"}"#, "[2026-02-03 09:14] Tom: hi",
        "event: opening\nwe meet at nine\n",
    ])
    func leavesGenericRecordsAlone(text: String) {
        for connector in ConnectorRegistry.standard.connectors where Self.connectors.contains(connector.name) {
            #expect(connector.recognise(head: Array(text.utf8)[...], fileName: nil) == nil, "\(connector.name)")
        }
    }

    @Test(arguments: fixtures.map(\.file).indices)
    func piecesAndRepetitionChangeNothing(index: Int) throws {
        let fixture = Self.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        let whole = try decode(fixture.connector, bytes, fixture.configuration)
        for size in [1, 7, 4_096] { #expect(try decode(fixture.connector, bytes, fixture.configuration, pieces: size) == whole) }
        #expect(try decode(fixture.connector, bytes, fixture.configuration) == whole)
        #expect(messages(whole).allSatisfy { !$0.id.isEmpty && !$0.source.isEmpty && !$0.conversationID.isEmpty })
    }

    /// No reason repeats what somebody wrote.
    @Test(arguments: fixtures.map(\.file).indices)
    func reasonsHoldNoText(index: Int) throws {
        let fixture = Self.fixtures[index]
        for operation in try decode(fixture.connector, Files.fixture(fixture.file), fixture.configuration) {
            switch operation {
            case .rejected(let rejection): #expect(!rejection.reason.contains("no id\"}") && rejection.line != nil)
            case .ignored(let reason, _, let text): #expect(reason.utf8.count <= 64 && text == nil)
            default: break
            }
        }
    }

    /// Lines that are no JSON, and JSON that is something else, are rejected one by one.
    @Test(arguments: connectors.filter { $0 != "signal-export" }.sorted())
    func rejectsWhatIsNot(connector: String) throws {
        #expect(outline(try decode(connector, "[1,\n\"a\",\n[]]")) == ["rejected:1", "rejected:2", "rejected:3"])
        #expect(outline(try decode(connector, "{\"broken\":\n{}")).allSatisfy { $0.hasPrefix("rejected") })
        #expect(try decode(connector, "").isEmpty)
    }

    @Test(arguments: fixtures.map(\.file).indices)
    func sourceAndChannelFollowTheConfiguration(index: Int) throws {
        let fixture = Self.fixtures[index]
        let operations = try decode(fixture.connector, Files.fixture(fixture.file), #"{"source":"mine","channel":"forum"}"#)
        #expect(messages(operations).allSatisfy { $0.source == "mine" && $0.channel.rawValue == "forum" })
        #expect(messages(operations).allSatisfy { $0.nativeID == nil || $0.id == "mine:\($0.nativeID ?? "")" })
    }

    /// Real files of other people, where they are at hand beside the checkout.
    @Test func sharedFixturesAreRead() throws {
        let folder = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures")
        let expected: [String: (connector: String, outline: [String])] = [
            "instagram-export/test_export.json": ("meta-export", ["message", "message"]),
            "mastodon/streaming_update.json": ("mastodon", ["message"]), "mastodon/streaming_delete.json": ("mastodon", ["delete"]),
            "reddit/post__post.json": ("reddit", ["message", "message", "message"]),
            "reddit/subreddit__posts.json": ("reddit", ["message", "message"]), "reddit/user__comments.json": ("reddit", ["message"]),
            "telegram-export/single.json": ("telegram-export", ["message", "message"]),
            "x-api-v2/get_tweet.json": ("x", ["message"]), "x-api-v2/get_tweets.json": ("x", ["message", "message"]),
            "youtube/comment_threads_all_to_me.json": ("youtube", ["message", "message", "message", "message"]),
            "youtube/comment_threads_by_video_paged_1.json": ("youtube", ["message", "message", "message", "message", "message"]),
            "youtube/comments_by_parent_paged_1.json": ("youtube", ["message", "message"]),
            "synthetic/instagram_comment_changes.json": ("meta", ["message"]),
        ]
        for (file, want) in expected {
            guard let bytes = try? Files.bytes(folder.appendingPathComponent(file)) else { continue }
            #expect(try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: file).connector.name == want.connector, "\(file)")
            #expect(outline(try decode(want.connector, bytes, fileName: file)) == want.outline, "\(file)")
        }
    }
}
