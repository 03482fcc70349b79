import AttuneCore
import AttuneStore
import Foundation

@testable import AttuneEngine

/// Claims to test with are named in a few letters.
extension KeyHash: ExpressibleByStringInterpolation {
    public init(stringLiteral name: String) {
        precondition(name.utf8.count <= KeyHash.byteCount, "a claim to test with has at most 16 letters")
        self = Array(Array(name.utf8) + [UInt8](repeating: 0, count: KeyHash.byteCount - name.utf8.count)).withUnsafeBytes { KeyHash($0) }
    }
}

extension EvidenceID: ExpressibleByStringInterpolation {
    public init(stringLiteral name: String) { self.init(claim: KeyHash(stringLiteral: name)) }
}

/// Things to store, made from a few words each.
enum Samples {
    static func time(_ seconds: Double) -> Timestamp { Timestamp(nanoseconds: 1_767_225_600_000_000_000 + Int64(seconds * 1e9)) }
    static func key(_ value: String, _ kind: Identifier.Kind = .email) -> IdentifierKey {
        SHA256.digest("\(kind.rawValue) \(value)".utf8).withUnsafeBytes { digest in
            IdentifierKey(kind: kind, hash: KeyHash(UnsafeRawBufferPointer(rebasing: digest.prefix(KeyHash.byteCount))))
        }
    }
    static func customer(_ name: String) -> CustomerID { CustomerID(firstMessageID: name) }

    static func evidence(_ id: String, _ keys: [IdentifierKey], customer: CustomerID? = nil, count: Int = 1) -> Evidence {
        Evidence(
            claim: KeyHash(stringLiteral: id), keys: keys.sorted { $0.precedes($1) }, firstSeen: time(0),
            firstMessageID: "first-\(id)", messageCount: count, customerID: customer)
    }

    static func message(_ id: String, _ text: String = "some text", at seconds: Double = 0, channel: Channel = .chat) -> Message {
        Message(
            id: id, nativeID: "n-\(id)", channel: channel, source: "test", conversationID: "conversation",
            author: Author(role: .customer, displayName: "Ada"), sentAt: time(seconds), text: text)
    }

    static func analysis(_ label: Sentiment.Label = .negative, valence: Double = -0.5, language: String? = "en") -> Analysis {
        Analysis(
            language: language.map { LanguageGuess(code: $0, confidence: 0.9) },
            sentiment: Sentiment(label: label, valence: valence, confidence: 1.0 / 3, negative: 0.1, neutral: 0.2, positive: 0.7),
            emotions: [EmotionScore(emotion: .anger, score: 0.1 + 0.2, intensity: 4)],
            intents: [
                LabelScore(label: "refund", confidence: 2.0 / 3),
                LabelScore(label: "a \"quoted\" \u{1F642} label", confidence: .leastNonzeroMagnitude),
            ],
            topics: [LabelScore(label: "delivery", confidence: 1)], urgency: 0.7, effort: -3.5, toxicity: 0.25, sensitive: ["health"],
            skipped: nil, receipt: nil)
    }

    static func record(_ message: Message, _ analysis: Analysis? = analysis(), evidence: EvidenceID? = "e") -> MessageRecord {
        MessageRecord(message: message, analysis: analysis, evidenceID: evidence, contentHash: "h:" + message.text)
    }

    static func event(_ cause: String, of customer: CustomerID = customer("a")) -> Event {
        Event(type: "attune.test.v1", subject: customer, cause: cause, time: time(1), data: .object([JSONValue.Member("cause", .string(cause))]))
    }

    static func state(attention: Int = 50, valence: Double = -0.25) -> CustomerState {
        CustomerState(
            asOf: time(5), messageCount: 3, valence: valence, arousal: 0.5, emotions: [.anger: 0.75, .relief: 0.25], trend: -0.1, volatility: 0.2,
            attention: attention)
    }

    static func signal(_ rule: String, cause: String, at seconds: Double = 0, expires: Double? = nil) -> Signal {
        Signal(
            rule: rule, at: time(seconds), expiresAt: expires.map(time), causeMessageID: cause, evidenceMessageIDs: ["x", cause], value: 0.1 + 0.7,
            reason: "said so")
    }
}

/// A directory of a test's own, removed with it.
final class TemporaryDirectory {
    let url: URL
    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("attune-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit {
        // A test may have taken the right to write away.
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
        try? FileManager.default.removeItem(at: url)
    }
    var store: String { path("store.db") }
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
