import AttuneCore
import AttuneEngine
import AttuneStore

/// A customer's profile as tables.
enum CustomerAnswer {
    static func answer(_ profile: CustomerProfile) -> Answer {
        Answer(sections: [timeline(profile), customer(profile), identifiers(profile), signals(profile)])
    }

    private static func customer(_ profile: CustomerProfile) -> Answer.Section {
        let state = profile.state
        let emotions = state?.emotions.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.prefix(3).map { $0.key.rawValue } ?? []
        let values: [(String, JSONValue)] = [
            ("id", .string(profile.id.rawValue)), ("name", profile.displayName.map(JSONValue.string) ?? .null),
            ("formerIDs", .array(profile.formerIDs.map { .string($0.rawValue) })),
            ("firstSeen", profile.firstSeen.map { .string(RFC3339.format($0)) } ?? .null),
            ("messages", state.map { .int($0.messageCount) } ?? 0), ("attention", state.map { .int($0.attention) } ?? .null),
            ("valence", state.map { .decimal($0.valence, decimals: 3) } ?? .null), ("trend", state.map { .decimal($0.trend, decimals: 3) } ?? .null),
            ("emotions", .array(emotions.map(JSONValue.string))),
        ]
        return .init(name: "customer", columns: values.map { .init($0.0) }, rows: [values.map(\.1)])
    }

    private static func identifiers(_ profile: CustomerProfile) -> Answer.Section {
        .init(
            name: "identifiers", columns: [.init("kind"), .init("value")],
            rows: profile.identifiers.filter { $0.key.kind != IdentityPolicy.participant }
                .map { [.string($0.key.kind.rawValue), $0.value.map(JSONValue.string) ?? .null] })
    }

    private static func signals(_ profile: CustomerProfile) -> Answer.Section {
        .init(
            name: "signals", columns: [.init("at"), .init("rule"), .init("state"), .init("reason"), .init("message")],
            rows: profile.signals.map { stored in
                [
                    .string(RFC3339.format(stored.signal.at)), .string(stored.signal.rule), stored.isRetracted ? "retracted" : "active",
                    .string(stored.signal.reason), .string(stored.signal.causeMessageID),
                ]
            })
    }

    private static func timeline(_ profile: CustomerProfile) -> Answer.Section {
        .init(
            name: "timeline",
            columns: [.init("sentAt"), .init("channel"), .init("label"), .init("valence", .right), .init("emotion"), .init("intent"), .init("text")],
            rows: profile.timeline.map { message in
                let reading = message.reading
                return [
                    .string(RFC3339.format(message.sentAt)), .string(message.channel.rawValue), reading.map { .string($0.label.rawValue) } ?? .null,
                    reading.map { .decimal($0.valence, decimals: 3) } ?? .null,
                    (reading?.emotions.first).map { .string($0.emotion.rawValue) } ?? .null,
                    (reading?.intents.first).map { .string($0.label) } ?? .null, message.text.map(JSONValue.string) ?? "(deleted)",
                ]
            })
    }
}
