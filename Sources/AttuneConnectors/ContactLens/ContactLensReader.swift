import AttuneCore

/// Reads what Amazon Connect Contact Lens writes about calls and chats, and the segments of its real-time stream.
struct ContactLensReader {
    private let scope: CallScope

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        scope = CallScope(connector: connector, configuration: configuration, context: context)
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        let contact = payload["CustomerMetadata"]
        let recording = contact?["InputS3Uri"]?.string.flatMap { $0.lastPiece("/") }
        var call = CallAssembler(
            scope, account: contact?["InstanceId"]?.scalarText ?? Self.instance(payload["InstanceId"]?.string),
            conversation: contact?["ContactId"]?.scalarText ?? payload["ContactId"]?.scalarText, start: recording.flatMap(RecordingName.start))
        call.language = payload["LanguageCode"]?.string
        let participants = ContactParticipants(payload["Participants"]?.items ?? [])
        let chat = ContactChatReader(
            source: call.source, conversation: call.conversation, configuration: scope.configuration, participants: participants)
        if let segments = payload["Segments"]?.array {
            return segments.isEmpty ? [.ignored(reason: "empty")] : segments.map { operation(segment: $0, &call, chat, line: line) }
        }
        if let type = payload["EventType"]?.string { return [.ignored(reason: type.lowercased())] }
        guard let items = payload["Transcript"]?.array else {
            // Files about e-mail have no transcript.
            if contact != nil { return [.ignored(reason: payload["Channel"]?.string?.lowercased() ?? "empty")] }
            return [.rejected(Rejection(reason: "no Contact Lens file: it has neither \"Transcript\" nor \"CustomerMetadata\"", line: line))]
        }
        let isChat = payload["Channel"]?.says("CHAT") == true
        let operations = items.map { item in
            isChat || item["AbsoluteTime"] != nil ? chat.operation(item, &call, line: line) : operation(turn: item, &call, participants, line: line)
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// The instance's id at the end of its ARN.
    private static func instance(_ arn: String?) -> String? { arn?.lastPiece("/") }

    /// Of the real-time stream only final transcripts count; utterances are their beginnings.
    private func operation(segment: Payload, _ call: inout CallAssembler, _ chat: ContactChatReader, line: Int) -> Operation {
        // What a chat says has the time of day, a call the time since its start.
        if let item = segment["Transcript"] ?? segment["Attachments"] ?? segment["Event"], item.at("Time", "AbsoluteTime") != nil {
            return chat.operation(item, &call, line: line)
        }
        if let turn = segment["Transcript"], turn.isObject { return operation(turn: turn, &call, chat.participants, line: line) }
        if segment["Utterance"] != nil { return .ignored(reason: "partial") }
        return .ignored(reason: segment.members.first?.key.lowercased() ?? "empty")
    }

    private func operation(turn: Payload, _ call: inout CallAssembler, _ participants: ContactParticipants, line: Int) -> Operation {
        guard let text = turn["Content"]?.string else {
            return .rejected(Rejection(reason: "a turn has no \"Content\"", line: turn.line(from: line)))
        }
        guard let offset = SpokenTime.milliseconds(turn["BeginOffsetMillis"]) else {
            return .rejected(Rejection(reason: "a turn has no \"BeginOffsetMillis\"", line: turn.line(from: line)))
        }
        let (role, name) = participants.speaker(of: turn, call)
        return call.message(nativeID: turn["Id"]?.scalarText, role: role, name: name, offset: offset, text: text)
    }
}

/// Who takes part in a contact, by id.
struct ContactParticipants {
    private var roles: [String: String] = [:]
    private var names: [String: String] = [:]

    init(_ participants: [Payload]) {
        for participant in participants {
            guard let id = participant["ParticipantId"]?.scalarText else { continue }
            roles[id] = participant["ParticipantRole"]?.string
            names[id] = participant["DisplayName"]?.string
        }
    }

    /// Role and name of whoever said an item: by its own role, by its participant's, or by an id that is a role (old files).
    func speaker(of item: Payload, _ call: CallAssembler) -> (role: Role, name: String?) {
        let id = item["ParticipantId"]?.scalarText
        let name = item["DisplayName"]?.string ?? id.flatMap { names[$0] }
        if let word = item["ParticipantRole"]?.string ?? id.flatMap({ roles[$0] }) { return (call.role(named: word), name) }
        if let id, ["AGENT", "CUSTOMER", "SYSTEM", "CUSTOM_BOT", "SUPERVISOR"].contains(id.uppercased()) { return (call.role(named: id), name) }
        return (call.role(labels: [id, name].compactMap { $0 }) ?? .customer, name)
    }
}
