import AttuneEngine

/// The events that tell of signals.
enum SignalEvents {
    /// `attune.signal.<rule>.v1`
    static func detected(_ stored: StoredSignal, cause: TimelineEntry?, state: CustomerState?) -> Event {
        let signal = stored.signal
        return Event(
            type: "attune.signal.\(signal.rule).v1", subject: stored.customerID, cause: causeKey(stored), time: signal.at,
            data: .object([
                "signalID": .string(signal.id), "rule": .string(signal.rule), "customerID": .string(stored.customerID.rawValue),
                "value": .decimal(signal.value), "reason": .string(signal.reason),
                "conversationID": (cause?.conversationID).map(JSONValue.string), "channel": (cause?.channel.rawValue).map(JSONValue.string),
                "messageID": .string(signal.causeMessageID), "evidence": .array(signal.evidenceMessageIDs.map(JSONValue.string)),
                "sensitive": (cause?.sensitive).flatMap { $0.isEmpty ? nil : .array($0.map(JSONValue.string)) },
                "expiresAt": signal.expiresAt.map { .string(RFC3339.format($0)) }, "state": state.map(stateJSON),
            ]))
    }

    /// `attune.signal.retracted.v1`
    static func retracted(_ stored: StoredSignal) -> Event {
        Event(
            type: "attune.signal.retracted.v1", subject: stored.customerID, cause: causeKey(stored), time: stored.signal.at,
            data: .object([
                "signalID": .string(stored.signal.id), "rule": .string(stored.signal.rule), "customerID": .string(stored.customerID.rawValue),
                "messageID": .string(stored.signal.causeMessageID),
            ]))
    }

    /// A retraction that does not name the message behind the signal, because that was erased.
    static func erased(_ stored: StoredSignal) -> Event {
        var event = retracted(stored)
        event.data = .object([
            "signalID": .string(stored.signal.id), "rule": .string(stored.signal.rule), "customerID": .string(stored.customerID.rawValue),
        ])
        return event
    }

    private static func causeKey(_ stored: StoredSignal) -> String { "\(stored.signal.id)\u{1F}\(stored.generation)" }

    private static func stateJSON(_ state: CustomerState) -> JSONValue {
        .object([
            "asOf": .string(RFC3339.format(state.asOf)), "valence": .decimal(state.valence), "arousal": .decimal(state.arousal),
            "trend": .decimal(state.trend), "attention": .int(state.attention),
            "emotions": .object(
                state.emotions.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                    .map { JSONValue.Member($0.key.rawValue, .decimal($0.value)) }),
        ])
    }
}
