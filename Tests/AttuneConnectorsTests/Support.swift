import AttuneCore
import Foundation

@testable import AttuneConnectors

/// Decodes bytes in one piece or in pieces of a given size.
func decode(
    _ connector: String, _ bytes: [UInt8], _ configuration: String = "{}", fileName: String? = nil, pieces: Int? = nil
) throws -> [AttuneCore.Operation] {
    let context = DecodingContext(fileName: fileName, receivedAt: Timestamp(nanoseconds: 1_770_000_000_000_000_000))
    var decoder = try ConnectorRegistry.standard.connector(named: connector)
        .makeDecoder(ConnectorConfiguration(jsonText: Array(configuration.utf8)), context: context)
    var operations = [AttuneCore.Operation]()
    let size = max(pieces ?? bytes.count, 1)
    try bytes.withUnsafeBufferPointer { buffer in
        var at = 0
        repeat {
            let end = min(at + size, buffer.count)
            try decoder.decode(UnsafeBufferPointer(rebasing: buffer[at..<end]), isLast: end == buffer.count) { operations.append($0) }
            at = end
        } while at < buffer.count
    }
    return operations
}

func decode(_ connector: String, _ text: String, _ configuration: String = "{}", fileName: String? = nil) throws -> [AttuneCore.Operation] {
    try decode(connector, Array(text.utf8), configuration, fileName: fileName)
}

/// Messages of operations, whatever they do.
func messages(_ operations: [AttuneCore.Operation]) -> [Message] {
    operations.compactMap {
        switch $0 {
        case .message(let message), .edit(let message), .attachment(let message): message
        default: nil
        }
    }
}

/// `message`, `ignored:system`, `rejected:3`, … of each operation.
func outline(_ operations: [AttuneCore.Operation]) -> [String] {
    operations.map {
        switch $0 {
        case .message: "message"
        case .edit: "edit"
        case .attachment: "attachment"
        case .delete: "delete"
        case .status(_, let status, _): "status:\(status)"
        case .ignored(let reason, _, _): "ignored:\(reason)"
        case .notice: "notice"
        case .rejected(let rejection): "rejected:\(rejection.row ?? rejection.line ?? 0)"
        }
    }
}

enum Files {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let root = folder.deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }
    static func fixture(_ name: String) throws -> [UInt8] { try bytes(folder.appendingPathComponent("Fixtures/\(name)")) }

    /// Every fixture with the connector that reads it and the configuration it is read with.
    static let fixtures: [(connector: String, file: String, configuration: String)] = [
        ("whatsapp-export", "chat-ios.txt", #"{"zone":"Europe/London","agentNames":["Harbour Tea Co"]}"#),
        ("whatsapp-export", "chat-android-us.txt", #"{"agentNames":["Harbour Tea Co"]}"#),
        ("whatsapp-export", "chat-de.txt", #"{"zone":"Europe/Berlin"}"#),
        ("jsonl", "records.jsonl", "{}"),
        ("csv", "reviews.csv", "{}"),
        ("csv", "semicolon.csv", #"{"zone":"Europe/Berlin"}"#),
        ("whatsapp-cloud", "cloud.json", "{}"),
        ("meta", "meta-page.json", "{}"),
        ("meta", "meta-instagram.json", "{}"),
        ("meta-export", "meta-download.json", #"{"agentNames":["Harbour Tea"]}"#),
        ("x", "x-v2.jsonl", #"{"agentNames":["shop"]}"#),
        ("x", "x-activity.json", "{}"),
        ("youtube", "youtube.json", "{}"),
        ("reddit", "reddit.json", #"{"agentNames":["harbour_tea"]}"#),
        ("mastodon", "mastodon.jsonl", #"{"agentNames":["shop"]}"#),
        ("mastodon", "mastodon-sse.txt", "{}"),
        ("bluesky", "bluesky.jsonl", "{}"),
        ("telegram-bot", "telegram-bot.jsonl", "{}"),
        ("telegram-export", "telegram-export.json", #"{"zone":"Europe/Berlin"}"#),
        ("discord-export", "discord.json", #"{"agentRoleNames":["support"]}"#),
        ("signal-export", "signal.md", "{}"),
        ("text", "chat-de.txt", "{}"),
        ("google-play", "google-play.json", "{}"),
        ("google-play", "google-play.csv", "{}"),
        ("app-store-connect", "app-store-connect.json", "{}"),
        ("app-store-feed", "app-store-feed.json", "{}"),
        ("app-store-feed", "app-store-feed.xml", "{}"),
        ("google-business", "google-business.json", "{}"),
        ("trustpilot", "trustpilot.json", "{}"),
        ("trustpilot", "trustpilot-api.json", "{}"),
        ("yelp", "yelp.json", #"{"zone":"Europe/London"}"#),
        ("amazon-reviews", "amazon.jsonl", "{}"),
        ("transcribe-call-analytics", "call-analytics.json", #"{"callStart":"2026-02-03T09:00:00Z"}"#),
        ("transcribe", "transcribe.json", #"{"callStart":"2026-02-03T09:00:00Z","channelRoles":{"spk_0":"agent"}}"#),
        ("contact-lens", "contact-lens-voice.json", "{}"),
        ("contact-lens", "contact-lens-chat.json", "{}"),
        ("google-speech", "google-speech.json", #"{"channelRoles":{"1":"agent"}}"#),
        ("deepgram", "deepgram.json", #"{"channelRoles":{"0":"agent"}}"#),
        ("webvtt", "GMT20260203-090000_Recording.transcript.vtt", #"{"agentNames":["Ana Agent"]}"#),
        ("webvtt", "teams.vtt", #"{"agentNames":["Ana Agent"]}"#),
        ("webvtt", "rolling.vtt", "{}"),
        ("srt", "cues.srt", #"{"channelRoles":{"SPEAKER_00":"agent"}}"#),
        ("zendesk", "zendesk.json", "{}"),
        ("sunshine", "sunshine.json", "{}"),
        ("intercom", "intercom.json", "{}"),
        ("freshdesk", "freshdesk.json", "{}"),
        ("helpscout", "helpscout.json", "{}"),
        ("chatwoot", "chatwoot.json", "{}"),
        ("front", "front.json", "{}"),
        ("salesforce", "salesforce.json", "{}"),
        ("slack", "slack.json", #"{"agentNames":["slack:U42"]}"#),
        ("twilio", "twilio.txt", "{}"),
        ("email", "reply.eml", #"{"agentDomains":["harbour-tea.example"]}"#),
        ("email", "box.mbox", #"{"agentDomains":["harbour-tea.example"]}"#),
    ]
}
