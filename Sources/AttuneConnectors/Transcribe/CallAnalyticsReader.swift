import AttuneCore

/// Reads what Amazon Transcribe Call Analytics writes after a call. Amazon's own sentiment is left alone.
struct CallAnalyticsReader {
    private let scope: CallScope

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        scope = CallScope(connector: connector, configuration: configuration, context: context)
    }

    /// One operation per turn.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        var call = CallAssembler(
            scope, account: payload["AccountId"]?.scalarText,
            conversation: payload["JobName"]?.scalarText ?? payload["SessionId"]?.scalarText)
        call.language = payload["LanguageCode"]?.string
        if let utterance = payload["UtteranceEvent"], utterance.isObject { return [operation(utterance: utterance, &call, line: line)] }
        if payload["CategoryEvent"] != nil { return [.ignored(reason: "CategoryEvent")] }
        guard let turns = payload["Transcript"]?.array else {
            return [.rejected(Rejection(reason: "no Call Analytics transcript: it has no \"Transcript\" list", line: line))]
        }
        if turns.isEmpty { return [.ignored(reason: "empty")] }
        return turns.map { turn in
            operation(turn, nativeID: turn["Id"]?.scalarText, text: turn["Content"]?.string, &call, line: line)
        }
    }

    /// Real-time analytics: partial results come before the final one of the same id.
    private func operation(utterance: Payload, _ call: inout CallAssembler, line: Int) -> Operation {
        if utterance["IsPartial"]?.bool ?? false { return .ignored(reason: "partial") }
        return operation(utterance, nativeID: utterance["UtteranceId"]?.scalarText, text: utterance["Transcript"]?.string, &call, line: line)
    }

    private func operation(_ turn: Payload, nativeID: String?, text: String?, _ call: inout CallAssembler, line: Int) -> Operation {
        guard let text else { return .rejected(Rejection(reason: "a turn has no text", line: turn.line(from: line))) }
        guard let offset = SpokenTime.milliseconds(turn["BeginOffsetMillis"]) else {
            return .rejected(Rejection(reason: "a turn has no \"BeginOffsetMillis\"", line: turn.line(from: line)))
        }
        let role = turn["ParticipantRole"]?.string.map { call.role(named: $0) } ?? .customer
        return call.message(nativeID: nativeID, role: role, name: nil, offset: offset, text: text)
    }
}
