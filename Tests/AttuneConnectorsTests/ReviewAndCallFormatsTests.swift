import AttuneCore
import Testing

@testable import AttuneConnectors

/// What holds for every format of reviews, calls and captions.
@Suite struct ReviewAndCallFormatsTests {
    static let connectors: Set<String> = [
        "google-play", "app-store-connect", "app-store-feed", "google-business", "trustpilot", "yelp", "amazon-reviews", "transcribe-call-analytics",
        "transcribe", "contact-lens", "google-speech", "deepgram", "webvtt", "srt",
    ]
    static let own = Files.fixtures.indices.filter { connectors.contains(Files.fixtures[$0].connector) }

    @Test(arguments: own)
    func fixturesAreRecognisedByTheirConnectorOnly(index: Int) throws {
        let fixture = Files.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        for name in [fixture.file, nil] {
            let certain = ConnectorRegistry.standard.connectors.filter { $0.recognise(head: bytes[...], fileName: name)?.certainty == .certain }
            #expect(certain.map(\.name) == [fixture.connector])
        }
    }

    @Test func otherFixturesAreNotRecognised() throws {
        for fixture in Files.fixtures where !Self.connectors.contains(fixture.connector) {
            let bytes = try Files.fixture(fixture.file)
            for connector in ConnectorRegistry.standard.connectors where Self.connectors.contains(connector.name) {
                #expect(connector.recognise(head: bytes[...], fileName: fixture.file) == nil, "\(connector.name) takes \(fixture.file)")
            }
        }
    }

    /// Users' own records, with members that these formats have too.
    @Test(arguments: [
        #"{"reviews":[{"text":"a","rating":4}]}"#, #"{"data":[{"id":"1","text":"a"}]}"#, #"{"results":[{"text":"a"}]}"#,
        #"{"events":[{"text":"a"}]}"#,
        #"{"id":"1","stars":4,"text":"a"}"#, #"{"rating":4,"title":"a","text":"b","user_id":"u"}"#, #"{"transcript":"a"}"#, #"{"Transcript":"a"}"#,
        #"{"message":{"data":"aGVsbG8="},"subscription":"s"}"#, #"{"feed":[{"text":"a"}]}"#, "id,text\n1,WEBVTT\n", "WEBVTTX is a word\n",
        "see --> there\n", #"{"object":"business","data":{}}"#, #"{"asin":"1","title":"a tea"}"#, #"{"text":"a \"userComment\" b"}"#,
    ])
    func ownRecordsOfUsersAreLeftAlone(text: String) {
        for connector in ConnectorRegistry.standard.connectors where Self.connectors.contains(connector.name) {
            #expect(connector.recognise(head: Array(text.utf8)[...], fileName: nil) == nil, "\(connector.name)")
        }
    }

    @Test(arguments: own)
    func piecesAndRepetitionGiveTheSame(index: Int) throws {
        let fixture = Files.fixtures[index]
        let bytes = try Files.fixture(fixture.file)
        let whole = try decode(fixture.connector, bytes, fixture.configuration, fileName: fixture.file)
        #expect(!whole.isEmpty)
        for size in [1, 7, 4_096] {
            #expect(try decode(fixture.connector, bytes, fixture.configuration, fileName: fixture.file, pieces: size) == whole)
        }
        let ids = messages(whole).map(\.id)
        #expect(messages(try decode(fixture.connector, bytes, fixture.configuration, fileName: fixture.file)).map(\.id) == ids)
    }

    /// A later page that overlaps an earlier one gives the same ids.
    @Test(arguments: own)
    func filesThatOverlapGiveTheSameIDs(index: Int) throws {
        let fixture = Files.fixtures[index]
        guard fixture.file.hasSuffix(".json") else { return }
        let bytes = try Files.fixture(fixture.file)
        let once = messages(try decode(fixture.connector, bytes, fixture.configuration)).map(\.id)
        let twice = messages(try decode(fixture.connector, bytes + [10] + bytes, fixture.configuration)).map(\.id)
        #expect(twice == once + once)
    }

    @Test func sourcesAndChannelsAreObeyed() throws {
        for index in Self.own {
            let fixture = Files.fixtures[index]
            let read = messages(try decode(fixture.connector, Files.fixture(fixture.file), #"{"source":"desk","channel":"survey"}"#))
            #expect(!read.isEmpty && read.allSatisfy { $0.source == "desk" && $0.channel.rawValue == "survey" }, "\(fixture.file)")
        }
    }

    /// Reviews with neither words nor stars, and answers without words, say nothing.
    @Test(arguments: [
        ("trustpilot", #"{"id":"1","stars":3,"companyReply":{"text":""}}"#, ["message", "ignored:empty"]),
        ("trustpilot", #"{"reviews":[{"id":"1","stars":null,"text":" "}]}"#, ["ignored:empty"]),
        ("yelp", #"{"reviews":[{"id":"1","text":"","rating":null,"time_created":"2026-02-03 09:14:07"}]}"#, ["ignored:empty"]),
        (
            "yelp", #"{"object":"business","data":{"updates":[{"event_type":"NEW_REVIEW_EVENT","review_id":"1","rating":null}]}}"#,
            ["ignored:empty"]
        ),
        ("google-business", #"{"reviewId":"b1","reviewReply":{"comment":""}}"#, ["ignored:empty", "ignored:empty"]),
        (
            "google-play", #"{"reviewId":"g1","comments":[{"userComment":{"text":"\tHi"}},{"developerComment":{"text":""}}]}"#,
            ["message", "ignored:empty"]
        ),
        ("app-store-connect", #"{"data":{"type":"customerReviewResponses","id":"1","attributes":{"responseBody":""}}}"#, ["ignored:empty"]),
    ])
    func whatSaysNothingIsIgnored(connector: String, body: String, expected: [String]) throws {
        #expect(outline(try decode(connector, body)) == expected)
    }

    @Test func answersAreFoundWhereverTheyStand() throws {
        let product =
            #"{"productReviews":[{"id":"5d","stars":2,"content":"Broke","firstCompanyComment":{"comment":"Sorry","createdAt":"2026-02-04T09:14:07Z"}}]}"#
        let comments = messages(try decode("trustpilot", product))
        #expect(comments.map(\.text) == ["Broke", "Sorry"] && comments[1].author.role == .agent && comments[1].inReplyTo == "trustpilot:5d")
        let response =
            #"{"data":{"type":"customerReviewResponses","id":"resp-1","attributes":{"responseBody":"Hi"}},"#
            + #""links":{"self":"https://api.appstoreconnect.apple.com/v1/customerReviews/r2/response"}}"#
        let answer = try #require(messages(try decode("app-store-connect", response)).first)
        #expect(answer.inReplyTo == "app-store-connect:r2" && answer.conversationID == "r2" && answer.nativeID == "resp-1")
    }

    /// Some languages are written without blanks, whatever their region.
    @Test(arguments: [
        ("zh", "ab"), ("zh-TW", "ab"), ("JA-jp", "ab"), ("Th", "ab"), ("-zh", "ab"), ("en", "a b"), ("z", "a b"), ("zho", "a b"), ("", "a b"),
        ("x-zh", "a b"),
    ])
    func wordsStandAsTheirLanguageIsWritten(language: String, text: String) {
        let words = ["a", "b"].map { SpokenWord(text: $0, start: 0) }
        #expect(SpokenTurn.turns(words, language: language).map(\.text) == [text])
    }
}
