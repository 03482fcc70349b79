import AttuneCore

/// Makes operations of a chat's messages, whichever file of an export they stand in.
struct SignalChat {
    private let scope: PayloadScope
    private let source: String
    private let conversation: String
    private var clock: ZoneClock
    private var identity: ContentIdentity
    /// Messages so far, also those that were rejected.
    private(set) var count = 0

    /// Under this name signal-export writes what its user wrote.
    static let ownName = "Me"
    /// Under this name it writes what nobody wrote, such as changes of a group.
    static let nobody = "No-Sender"

    /// The same for every chat, in a folder of the chat's name.
    private static let usualNames: Set<String> = ["chat", "index", "data"]

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
        let base = scope.context.baseName.map { String($0.prefix { $0 != "." }) }
        let folder = base.flatMap { Self.usualNames.contains($0) ? scope.context.folderName : nil }
        conversation = folder ?? base ?? scope.connector
        clock = ZoneClock(zone: scope.configuration.zone)
        identity = ContentIdentity(connector: scope.connector)
    }

    mutating func rejected(_ reason: String, _ line: Int) -> Operation {
        count += 1
        return scope.rejected(reason, line)
    }

    /// - Parameter date: as written; may name a day that does not exist.
    mutating func operation(_ name: String, _ body: SignalBody, _ date: CivilDate, line: Int) -> Operation {
        guard date.isValid, let at = clock.instant(date) else { return rejected("the date does not exist", line) }
        count += 1
        if body.text.isEmpty, body.attachments.isEmpty { return .ignored(reason: "empty", at: at) }
        if name == Self.nobody { return .ignored(reason: "system", at: at, text: body.text) }
        if body.isCall { return .ignored(reason: "call", at: at) }
        if body.isDeletion {
            return .delete(Deletion(target: nil, source: source, conversationID: conversation, author: author(name), at: at))
        }
        let id = identity.id(conversation: conversation, wallClock: RFC3339.wallClock(date), author: name, text: body.text, number: count)
        return scope.operation(
            Message(
                id: id, channel: scope.channel(.chat), source: source, conversationID: conversation, author: author(name), sentAt: at,
                timeBasis: .localAssumed, text: body.text, attachments: body.attachments))
    }

    private func author(_ name: String) -> Author {
        if name == Self.ownName || scope.roles.isAgent(name: name) { return Author(role: .agent, displayName: name) }
        let isPhone = name.hasPrefix("+") && name.utf8.count > 6 && name.dropFirst().allSatisfy { $0 >= "0" && $0 <= "9" }
        let identifier =
            isPhone
            ? Identifier(kind: .phone, value: name, verified: false)
            : Identifier(kind: .handle, value: "signal-chat:\(conversation)/\(name)", verified: false)
        return Author(role: .customer, displayName: name, identifiers: [identifier])
    }
}
