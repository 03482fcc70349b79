import AttuneCore

/// Reads one message of a channel.
struct SlackMessageReader {
    let assembler: DeskAssembler
    let channel: String
    let line: Int
    let people: [String: KnownPerson]

    func operation(_ item: Payload) -> Operation {
        guard let subtype = item["subtype"], subtype.kind == .string, !Self.written.contains(where: subtype.says) else {
            return message(item, isChange: false)
        }
        if subtype.says("message_changed") {
            guard let message = item["message"], message.isObject else {
                return assembler.rejected("a change has no \"message\"", item.line(from: line))
            }
            return message["subtype"]?.says("tombstone") == true ? deletion(message["ts"], item) : self.message(message, isChange: true)
        }
        if subtype.says("message_deleted") { return deletion(item["deleted_ts"] ?? item.at("previous_message", "ts"), item) }
        if subtype.says("tombstone") { return deletion(item["ts"], item) }
        return .ignored(reason: SlackReader.reason(subtype), at: assembler.time(item["ts"]))
    }

    /// Kinds of messages in which somebody, or a program, says something.
    private static let written: [StaticString] = [
        "bot_message", "file_share", "file_comment", "file_mention", "thread_broadcast", "me_message", "slackbot_response",
    ]

    private func deletion(_ target: Payload?, _ item: Payload) -> Operation {
        guard let target = Self.stamp(target) else { return assembler.rejected("a deletion names no message", item.line(from: line)) }
        return assembler.deletion(of: ScopedID.of(channel, target), conversationID: channel, at: item["ts"])
    }

    private func message(_ item: Payload, isChange: Bool) -> Operation {
        guard let stamp = Self.stamp(item["ts"]) else { return assembler.rejected("a message has no readable \"ts\"", item.line(from: line)) }
        let thread = Self.stamp(item["thread_ts"])
        let parent = thread.map { ScopedID.of(channel, $0) }
        var message = DeskMessage(
            nativeID: stamp, conversationID: parent ?? channel, time: .written(item["ts"]), text: text(item))
        message.key = ScopedID.of(channel, stamp)
        message.isChange = isChange
        if let edited = item["edited"] {
            message.isEdited = true
            message.editedAt = assembler.time(edited["ts"])
        }
        if thread != stamp { message.inReplyTo = parent }
        // Exports of before 2018 have one file, later ones a list.
        message.attachments = item["files"]?.items.flatMap(Self.attachments) ?? item["file"].map(Self.attachments) ?? []
        let user = item["user"]?.string ?? item.at("comment", "user")?.string
        let profile = item["user_profile"]
        let known = user.flatMap { people[$0] }
        message.displayName =
            profile?["display_name"]?.filled ?? profile?["real_name"]?.filled ?? item["username"]?.filled
            ?? item.at("bot_profile", "name")?.filled ?? profile?["name"]?.filled ?? known?.name
        if let user { message.identifiers = [Identifier(kind: .handle, value: ScopedID.of("slack", user), verified: true)] }
        if let email = DeskIdentity.email(profile?["email"], verified: true) {
            message.identifiers.append(email)
        } else if let email = known?.email {
            message.identifiers.append(Identifier(kind: .email, value: email, verified: true))
        }
        message.role = role(item, user: user, profile, known)
        return assembler.operation(&message, line: line)
    }

    private func role(_ item: Payload, user: String?, _ profile: Payload?, _ known: KnownPerson?) -> Role? {
        let subtype = item["subtype"] ?? .null
        if item["bot_id"]?.kind == .string || subtype.says("bot_message") || subtype.says("slackbot_response") || user == "USLACKBOT" { return .bot }
        if let role = known?.role, role != .agent { return role }
        func isGuest(_ record: Payload?) -> Bool {
            guard let record else { return false }
            return record["is_restricted"]?.bool == true || record["is_ultra_restricted"]?.bool == true || record["is_stranger"]?.bool == true
        }
        if isGuest(profile) || isGuest(item) { return .customer }
        guard assembler.roles.namesAnybody else { return known?.role }
        let team = profile?["team"]?.string ?? item["user_team"]?.string ?? item["team"]?.string
        return team.map(assembler.roles.isAgent) == true ? .agent : known?.role
    }

    private func text(_ item: Payload) -> String {
        if item["subtype"]?.says("file_comment") == true { return SlackText.own(item.at("comment", "comment")?.string ?? "") }
        let text = item["text"]?.string ?? ""
        if let file = item["file"] ?? item["files"]?[0], item["subtype"]?.says("file_share") == true, text.hasPrefix("<@") {
            // Slack's own sentence: "<@U1> uploaded a file: <…|name> and commented: words".
            if let comment = file.at("initial_comment", "comment")?.string { return SlackText.own(comment) }
            if let mark = text.firstRange(of: " and commented: ") { return SlackText.own(String(text[mark.upperBound...])) }
            if text.contains("> uploaded a file: <") || text.contains("> shared a file: <") { return "" }
        }
        if !text.isEmpty { return SlackText.own(text) }
        // Applications may leave the text to blocks or attachments.
        let blocks = SlackBlocks.text(item["blocks"])
        let cards = (item["attachments"]?.items ?? []).compactMap { card -> String? in
            // A message that is shared is what somebody else wrote.
            if card["is_share"]?.bool == true || card["is_msg_unfurl"]?.bool == true { return nil }
            return [card["pretext"], card["text"], card["fallback"]].lazy.compactMap { $0?.string }.first { !$0.isEmpty }
        }
        return SlackText.own(blocks.isEmpty ? cards.joined(separator: "\n") : blocks)
    }

    private static func attachments(_ file: Payload) -> [Attachment] {
        guard file["mode"]?.says("tombstone") != true else { return [] }
        let family = file["mimetype"]?.string.map { String(Substring($0.utf8.prefix { $0 != UInt8(ascii: "/") })) } ?? ""
        return [Attachment(kind: ["image", "audio", "video"].contains(family) ? family : "document", name: (file["name"] ?? file["title"])?.string)]
    }

    /// Ten digits, a point and six more, as nearly all are.
    private static func isWhole(_ bytes: Payload.Bytes) -> Bool {
        guard bytes.count == 17, bytes[10] == UInt8(ascii: ".") else { return false }
        return bytes.indices.allSatisfy { $0 == 10 || bytes[$0] &- 48 < 10 }
    }

    /// A time stamp as Slack writes it, with six digits behind its point: tools that took it for a number drop zeros at its end.
    private static func stamp(_ value: Payload?) -> String? {
        guard let text = value?.scalarText else { return nil }
        if value?.withPlainBytes(isWhole) == true { return text }
        let bytes = text.utf8
        let seconds = bytes.prefix { $0 &- 48 < 10 }
        guard !seconds.isEmpty, seconds.count <= 11 else { return nil }
        let rest = bytes[seconds.endIndex...]
        if rest.isEmpty { return text + ".000000" }
        let fraction = rest.dropFirst()
        guard rest.first == UInt8(ascii: "."), !fraction.isEmpty, fraction.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        if fraction.count == 6 { return text }
        return fraction.count > 6
            ? String(text[..<bytes.index(fraction.startIndex, offsetBy: 6)]) : text + String(repeating: "0", count: 6 - fraction.count)
    }
}
