import AttuneCore

/// Reads statuses and what they come wrapped in. A reference: what is read within a closure would otherwise copy it each time.
final class MastodonReader {
    private let scope: PayloadScope
    private let source: String
    /// The server whose ids they are, where the configuration or the name of its account says it.
    private let server: String?
    private let threads = MastodonThreads()
    private let nested = NestedReader()

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
        let named = source.hasPrefix("mastodon:") ? String(source.dropFirst(9)) : ""
        server = scope.context.account ?? (named.isEmpty ? nil : named.lowercased())
    }

    /// One operation per status; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let event = payload["event"]?.string {
            // A string that holds JSON, or a bare id, or absent.
            let data = payload["payload"]
            let told = data?.withStringBytes { operations(event: event, data: $0, line: line) }
            return told ?? data?.scalarText.map { operations(event: event, data: $0, line: line) } ?? [operation(event: event, data, line: line)]
        }
        if let groups = payload["notification_groups"]?.array { return grouped(groups, payload["statuses"]?.items ?? [], line) }
        let (before, behind) = (payload["ancestors"]?.array, payload["descendants"]?.array)
        let list = before == nil && behind == nil ? payload["statuses"]?.array : (before ?? []) + (behind ?? [])
        guard let list else { return [single(payload, line)] }
        joinThread(payload)
        return list.isEmpty ? [.ignored(reason: "empty")] : list.map { status($0, $0.line(from: line)) }
    }

    /// What answers the status that somebody asked for, and what that status answers, stand in one list each; the status itself in none.
    private func joinThread(_ payload: Payload) {
        guard let last = payload["ancestors"]?.items.last, let id = last["id"]?.identity,
            let asked = payload["descendants"]?[0]?["in_reply_to_id"]?.identity, asked != id
        else { return }
        threads.join(asked, to: id, parent: last["in_reply_to_id"]?.identity)
    }

    /// An event of a stream with its data as text.
    func operations(event: String, data: String?, line: Int) -> [Operation] {
        guard var data else { return event == "delete" ? [deletion(nil, line)] : [.ignored(reason: PayloadScope.reason(event))] }
        return data.withUTF8 { operations(event: event, data: $0, line: line) }
    }

    private func operations(event: String, data: UnsafeBufferPointer<UInt8>, line: Int) -> [Operation] {
        switch event {
        case "delete": return [deletion(String(copying: data), line)]
        case "update", "status.update", "notification", "conversation":
            return nested.read(data) { [operation(event: event, $0, line: line)] }
                ?? [scope.rejected("the payload of \(event) is not JSON", line)]
        default: return [.ignored(reason: PayloadScope.reason(event))]
        }
    }

    private func operation(event: String, _ payload: Payload?, line: Int) -> Operation {
        if event == "delete" { return deletion(payload?.identity, line) }
        guard let payload, payload.isObject else { return .ignored(reason: PayloadScope.reason(event)) }
        switch event {
        case "update", "notification", "conversation": return single(payload, line)
        case "status.update": return edit(payload, line)
        default: return .ignored(reason: PayloadScope.reason(event))
        }
    }

    private func deletion(_ id: String?, _ line: Int) -> Operation {
        guard let id, !id.isEmpty else { return scope.rejected("a deletion has no id", line) }
        return .delete(Deletion(target: ScopedID.of(source, id), source: source))
    }

    /// A status, a notification or a conversation.
    private func single(_ payload: Payload, _ line: Int) -> Operation {
        if let last = payload["last_status"], last.isObject { return status(last, line) }
        // A conversation whose last status is gone.
        if payload["unread"] != nil, payload["accounts"]?.array != nil { return .ignored(reason: "conversation") }
        guard payload["content"] == nil, let type = payload["type"]?.string, payload["account"] != nil else { return status(payload, line) }
        let at = payload["created_at"]?.instant
        guard let status = payload["status"], status.isObject else { return .ignored(reason: PayloadScope.reason(type), at: at) }
        return notification(type, of: status, at: at, line)
    }

    private func notification(_ type: String, of status: Payload, at: Timestamp?, _ line: Int) -> Operation {
        switch type {
        // Who quotes a status writes one of their own.
        case "mention", "status", "quote": self.status(status, line)
        case "update": edit(status, line)
        // Boosts, favourites and polls show a status of our own.
        default: .ignored(reason: PayloadScope.reason(type), at: at)
        }
    }

    /// Notifications that name their status, which stands in a list of its own.
    private func grouped(_ groups: [Payload], _ statuses: [Payload], _ line: Int) -> [Operation] {
        let known = Dictionary(
            statuses.compactMap { status in status["id"]?.identity.map { ($0, status) } }, uniquingKeysWith: { first, _ in first })
        let operations = groups.map { group -> Operation in
            let at = group["latest_page_notification_at"]?.instant
            guard let type = group["type"]?.string else { return scope.rejected("a group of notifications has no \"type\"", group.line(from: line)) }
            guard let status = group["status_id"]?.identity.flatMap({ known[$0] }) else {
                return .ignored(reason: PayloadScope.reason(type), at: at)
            }
            return notification(type, of: status, at: at, status.line(from: line))
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func edit(_ payload: Payload, _ line: Int) -> Operation {
        let operation = status(payload, line)
        guard case .message(var message) = operation else {
            guard case .attachment(var message) = operation else { return operation }
            message.edited = true
            return .edit(message)
        }
        message.edited = true
        return .edit(message)
    }

    private func status(_ status: Payload, _ line: Int) -> Operation {
        guard let content = status["content"], content.kind == .string, let account = status["account"], account.isObject else {
            if status["acct"] != nil { return .ignored(reason: "account") }
            return scope.rejected("no status: \"content\" or \"account\" is missing", line)
        }
        guard let id = (status["id"] ?? status["uri"])?.identity else {
            // The history of an edited status does not say whose it is.
            return .ignored(reason: "edit-history", at: status["created_at"]?.instant)
        }
        let sent = scope.time(status["created_at"])
        if status["reblog"]?.isObject == true { return .ignored(reason: PayloadScope.reason("reblog"), at: sent.at) }
        let parent = status["in_reply_to_id"]?.identity
        return operation(
            Message(
                id: ScopedID.of(source, id), nativeID: id, channel: scope.channel(.social), source: source,
                conversationID: status.at("pleroma", "conversation_id")?.identity ?? threads.root(of: id, parent: parent), author: author(account),
                sentAt: sent.at,
                timeBasis: sent.basis, text: text(status, content), language: status["language"]?.filled,
                inReplyTo: parent.map { ScopedID.of(source, $0) }, visibility: status["visibility"]?.says("direct") == true ? .private : .public,
                edited: Self.isEdited(status, sent.at), attachments: attachments(status)
            ).edited(at: status["edited_at"]?.instant))
    }

    /// Some servers say of every status when it was last written.
    private static func isEdited(_ status: Payload, _ sentAt: Timestamp) -> Bool {
        status["edited_at"]?.instant.map { $0 != sentAt } ?? false
    }

    private func operation(_ message: consuming Message) -> Operation {
        if message.text.isEmpty, message.attachments.isEmpty { return .ignored(reason: "empty", at: message.sentAt) }
        return scope.operation(message)
    }

    private func text(_ status: Payload, _ content: Payload) -> String {
        let text =
            content.withStringBytes { html in
                let own = HTMLText.plain(html)
                return TextMarks.removed(from: own.isEmpty ? HTMLText.whole(html) : own)
            } ?? ""
        guard let warning = status["spoiler_text"]?.filled else { return text }
        return text.isEmpty ? warning : ScopedID.joined(warning, "\n\n", text, separator: "")
    }

    private func attachments(_ status: Payload) -> [Attachment] {
        guard let list = status["media_attachments"], list.itemCount > 0 else { return [] }
        return list.eachItem.map { item in
            let type = item["type"]?.filled
            return Attachment(kind: type == "gifv" ? "video" : type ?? "media")
        }
    }

    private func author(_ account: Payload) -> Author {
        let id = account["id"]?.identity
        let address = Self.address(account)
        // Each server counts for itself. Where nothing says whose number it is, that of the account is the best one to tell people apart by.
        let home = server ?? address.flatMap { $0.utf8.contains(UInt8(ascii: "@")) ? $0.lastPiece("@")?.lowercased() : nil }
        var author = PlatformAccount(
            platform: "mastodon", id: id, idScope: home, username: address,
            displayName: account["display_name"]?.filled ?? account["username"]?.string,
            isBot: account["bot"]?.bool == true
        ).author(scope.roles)
        if author.role == .customer, scope.roles.namesAnybody {
            if isAgent(account["acct"]) || isAgent(account["username"]) { author.role = .agent }
        }
        return author
    }

    private func isAgent(_ name: Payload?) -> Bool {
        if let name = name?.string { scope.roles.isAgent(name: name) } else { false }
    }

    /// `user@server`; accounts of the server itself come without it, their page tells.
    private static func address(_ account: Payload) -> String? {
        guard let acct = (account["acct"] ?? account["username"])?.filled else { return nil }
        if acct.utf8.contains(UInt8(ascii: "@")) { return acct }
        guard let url = account["url"]?.string, let scheme = url.firstRange(of: "://") else { return acct }
        let host = url.utf8[scheme.upperBound...].prefix { $0 != UInt8(ascii: "/") }
        return host.isEmpty ? acct : ScopedID.of(acct, String(Substring(host)), separator: UInt8(ascii: "@"))
    }
}
