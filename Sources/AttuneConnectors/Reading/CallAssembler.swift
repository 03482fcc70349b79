import AttuneCore

/// Makes messages of what was said in a call. Times are the start of the call and an offset; who speaks is known from the
/// payload, from the configuration (`channelRoles`, `agentNames`), and otherwise assumed to be the customer.
struct CallAssembler {
    let source: String
    let conversation: String
    var language: String?
    private let connector: String
    private let channel: Channel
    private let start: Timestamp
    private let channelRoles: [String: Role]
    private let roles: RoleRules
    /// Made when the first turn without an id of its own comes.
    private var identity: ContentIdentity?
    /// Turns without an id of their own so far.
    private var count = 0

    /// - Parameters:
    ///   - conversation: the platform's id of the call; otherwise the file's name stands in for it.
    ///   - start: when the call began, where the payload says it. The configured `callStart` goes before it, the time of
    ///     arrival is taken without either.
    init(
        connector: String, configuration: ConnectorConfiguration, context: DecodingContext, account: String? = nil, conversation: String? = nil,
        start: Timestamp? = nil
    ) {
        self.connector = connector
        source = configuration.source ?? (account ?? context.account).map { "\(connector):\($0)" } ?? connector
        channel = configuration.channel ?? .voice
        let file = context.baseName.map { String($0.prefix(upTo: $0.lastIndex(of: ".") ?? $0.endIndex)) }
        self.conversation = conversation ?? file ?? connector
        self.start = configuration.callStart ?? start ?? context.baseName.flatMap(RecordingName.start) ?? context.receivedAt
        channelRoles = Dictionary(configuration.channelRoles.map { (RoleRules.folded($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        roles = RoleRules(configuration)
    }

    /// The instant that many nanoseconds after the call began.
    func instant(_ offset: Int64) -> Timestamp {
        let (sum, overflow) = start.nanoseconds.addingReportingOverflow(offset)
        return overflow ? start : Timestamp(nanoseconds: sum)
    }

    /// The role that the configuration gives to a speaker or channel, by name or label (`spk_1`, `ch_0`, `1`), whichever is
    /// found first; nil when it says nothing about them.
    func role(labels: [String]) -> Role? {
        for label in labels {
            if let role = channelRoles[RoleRules.folded(label)] { return role }
            // `ch_0` and `spk_0` are channel and speaker 0.
            let digits = label.suffix { $0.isASCII && $0.isNumber }
            if digits.count < label.count, !digits.isEmpty, let role = channelRoles[String(digits)] { return role }
            if roles.isAgent(name: label) { return .agent }
        }
        return nil
    }

    /// The role that a platform's own word stands for. What is no person of either side, such as a voice menu, is the system.
    func role(named word: String) -> Role {
        switch word.uppercased() {
        case "CUSTOM_BOT": .bot
        case "SUPERVISOR": .agent
        default: roles.role(named: word) ?? role(labels: [word]) ?? .system
        }
    }

    /// A turn made of words.
    mutating func message(_ turn: SpokenTurn, nativeID: String? = nil) -> Operation {
        message(nativeID: nativeID, role: role(labels: turn.labels) ?? .customer, name: turn.name, offset: turn.start, text: turn.text)
    }

    /// - Parameters:
    ///   - nativeID: the platform's id of the turn; without one the id is made of what is said, by whom and when.
    ///   - offset: nanoseconds from the start of the call.
    ///   - wallClock: the offset as normalised text, for formats that write it so.
    mutating func message(
        nativeID: String?, role: Role, name: String?, offset: Int64, text: String, wallClock: String? = nil
    ) -> Operation {
        let text = TextMarks.removed(from: text).trimmed
        if text.isEmpty { return .ignored(reason: "empty", at: instant(offset)) }
        let id =
            nativeID.map { "\(source):\($0)" }
            ?? contentID(wallClock: wallClock ?? String(offset / 1_000_000), author: name ?? "", text: text)
        return .message(
            Message(
                id: id, nativeID: nativeID, channel: channel, source: source, conversationID: conversation,
                author: Author(role: role, displayName: name), sentAt: instant(offset), timeBasis: .offset, text: text, language: language))
    }

    private mutating func contentID(wallClock: String, author: String, text: String) -> String {
        var identity = identity.take() ?? ContentIdentity(connector: connector)
        defer { self.identity = identity }
        count += 1
        return identity.id(
            conversation: "\(source)\u{1E}\(conversation)", wallClock: wallClock, author: author, text: text, number: count)
    }
}

extension String {
    /// The characters at the end that satisfy `keep`.
    fileprivate func suffix(_ keep: (Character) -> Bool) -> Substring {
        self[(lastIndex { !keep($0) }.map { index(after: $0) } ?? startIndex)...]
    }
}
