import AttuneCore

/// Tells messages, events and the entries of an export's lists apart.
struct SlackReader {
    let assembler: DeskAssembler
    /// Name or id of the channel that the input belongs to.
    let channel: String
    /// Of the export's list, by id.
    var people: [String: KnownPerson] = [:]

    /// The folder of a day file; the name of any other file; without a file, the account.
    static func channel(of context: DecodingContext) -> String {
        guard let base = context.baseName else { return context.account ?? "unknown" }
        let stem = base.hasSuffix(".json") ? String(base.dropLast(5)) : base
        let isDay = stem.utf8.count == 10 && stem.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: "-") }
        return isDay ? context.folderName ?? "unknown" : stem
    }

    /// One operation per entry; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Slack entry: not an object", line)] }
        if let event = payload["event"], event.isObject {
            let assembler = assembler.account(payload["team_id"]?.string)
            guard event["type"]?.says("message") == true || event["type"]?.says("app_mention") == true else {
                return [.ignored(reason: Self.reason(event["type"]), at: assembler.time(payload["event_time"]))]
            }
            let channel = event["channel"]?.string ?? channel
            return [SlackMessageReader(assembler: assembler, channel: channel, line: line, people: people).operation(event)]
        }
        if payload["challenge"] != nil { return [.ignored(reason: "url_verification")] }
        if let list = payload["messages"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.map { message($0, line) }
        }
        if payload["ts"] != nil || payload["subtype"] != nil { return [message(payload, line)] }
        if payload["profile"] != nil || payload["is_bot"] != nil { return [.ignored(reason: "user")] }
        if payload["change_type"] != nil { return [.ignored(reason: "integration_log", at: assembler.time(payload["date"]))] }
        // Deliveries about the subscription itself, such as app_rate_limited.
        if payload["type"]?.string != nil, payload["team_id"] ?? payload["api_app_id"] != nil {
            return [.ignored(reason: Self.reason(payload["type"]))]
        }
        if payload["id"] != nil, payload["members"] != nil || payload["created"] != nil { return [.ignored(reason: "channel")] }
        return [assembler.rejected("no Slack entry: it has no \"ts\"", line)]
    }

    private func message(_ item: Payload, _ line: Int) -> Operation {
        if let type = item["type"], type.kind == .string, !type.says("message") {
            return .ignored(reason: Self.reason(type), at: assembler.time(item["ts"]))
        }
        return SlackMessageReader(assembler: assembler, channel: item["channel"]?.string ?? channel, line: line, people: people).operation(item)
    }

    static func reason(_ type: Payload?) -> String {
        guard let type = type?.string, !type.isEmpty, type.utf8.count <= 64 else { return "unknown" }
        return type
    }
}
