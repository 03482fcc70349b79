import AttuneCore

/// What all calls of one input have in common, found once. Held by every call, and so a reference. Not shared between threads.
final class CallScope {
    let connector: String
    let configuration: ConnectorConfiguration
    let context: DecodingContext
    fileprivate let roles: RoleRules
    /// By folded label. A handful, which are compared faster than hashed.
    private let channelRoles: [(label: String, role: Role)]
    /// Of calls whose account the payload does not name.
    private let source: String
    fileprivate let channel: Channel
    /// Stands in for the id of a call: what the file is called.
    fileprivate let usualConversation: String
    /// When calls began of which the payload does not say it: as the file's name says, else when it arrived.
    fileprivate let usualStart: Timestamp
    /// Of a call without turns.
    fileprivate let identity: ContentIdentity
    /// Those who spoke last: a file has a few.
    private var voices: [(speaker: String?, channel: String?, voice: Voice)] = []
    private static let voicesLimit = 8

    /// The call whose messages were last made, and what those of each of its speakers have in common.
    private var call = (source: "", conversation: "")
    private var settings: [(role: Role, name: String?, language: String?, setting: Message.Setting)] = []

    /// Who speaks.
    struct Voice {
        var role: Role
        var name: String?
    }

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
        roles = RoleRules(configuration)
        channelRoles = configuration.channelRoles.map { (RoleRules.folded($0.key), $0.value) }
        source = configuration.source ?? context.account.map { ScopedID.of(connector, $0) } ?? connector
        channel = configuration.channel ?? .voice
        usualConversation = RecordingName.conversation(context) ?? connector
        usualStart = context.baseName.flatMap(RecordingName.start) ?? context.receivedAt
        identity = ContentIdentity(connector: connector)
    }

    /// Whether the configuration says nothing about any speaker.
    private var isSilent: Bool { channelRoles.isEmpty && !roles.namesAnybody }

    /// - Parameter account: as the payload names it.
    fileprivate func source(account: String?) -> String {
        guard let account, configuration.source == nil else { return source }
        return ScopedID.of(connector, account)
    }

    /// The role that the configuration gives to a speaker or channel, by name or label (`spk_1`, `ch_0`, `1`), whichever is
    /// found first; nil when it says nothing about them.
    func role(labels: @autoclosure () -> [String]) -> Role? {
        if isSilent { return nil }
        for label in labels() {
            if let role = role(label: label) { return role }
        }
        return nil
    }

    private func role(label: String) -> Role? {
        if let role = channelRole(label) { return role }
        // `ch_0` and `spk_0` are channel and speaker 0.
        let bytes = label.utf8
        if let sign = bytes.lastIndex(where: { $0 &- 48 >= 10 }) {
            let digits = bytes[bytes.index(after: sign)...]
            if !digits.isEmpty, let role = channelRole(String(Substring(digits))) { return role }
        }
        return roles.isAgent(name: label) ? .agent : nil
    }

    private func channelRole(_ label: String) -> Role? {
        if channelRoles.isEmpty { return nil }
        let label = RoleRules.folded(label)
        return channelRoles.first { $0.label == label }?.role
    }

    /// Who speaks in a turn: a customer where the configuration does not say otherwise.
    fileprivate func voice(of turn: SpokenTurn) -> Voice {
        if turn.speaker == nil, turn.channel == nil { return Voice(role: .customer) }
        for known in voices where known.speaker == turn.speaker && known.channel == turn.channel { return known.voice }
        let name = turn.name
        // Also as messages name it, e.g. `channel 1`; as a whole, because its number may be that of another channel's speaker.
        let role = isSilent ? nil : turn.firstLabel(role(label:)) ?? name.flatMap(channelRole)
        let voice = Voice(role: role ?? .customer, name: name)
        if voices.count == Self.voicesLimit { voices.removeFirst() }
        voices.append((turn.speaker, turn.channel, voice))
        return voice
    }
}

extension CallScope {
    /// What messages have in common that one says in one language.
    fileprivate func setting(_ role: Role, _ name: String?, _ language: String?, source: String, conversation: String) -> Message.Setting {
        if call.conversation != conversation || call.source != source {
            call = (source, conversation)
            settings.removeAll(keepingCapacity: true)
        }
        for known in settings where known.role == role && known.name == name && known.language == language { return known.setting }
        let setting = Message.Setting(
            channel: channel, source: source, conversationID: conversation, author: Author(role: role, displayName: name), timeBasis: timeBasis,
            language: language)
        if settings.count == Self.voicesLimit { settings.removeFirst() }
        settings.append((role, name, language, setting))
        return setting
    }

    // A start that somebody gives puts right one that was not known.
    fileprivate var timeBasis: TimeBasis { configuration.callStart == nil ? .offset : .exact }
}

/// Makes messages of what was said in a call. Times are the start of the call and an offset; who speaks is known from the
/// payload, from the configuration (`channelRoles`, `agentNames`), and otherwise assumed to be the customer.
struct CallAssembler {
    let source: String
    let conversation: String
    var language: String?
    private let scope: CallScope
    private let start: Timestamp
    /// Of turns without an id of their own.
    private var identity: ContentIdentity
    /// Turns without an id of their own so far.
    private var count = 0

    /// - Parameters:
    ///   - conversation: the platform's id of the call; otherwise the file's name stands in for it.
    ///   - start: when the call began, where the payload says it. The configured `callStart` goes before it, the time of
    ///     arrival is taken without either.
    init(_ scope: CallScope, account: String? = nil, conversation: String? = nil, start: Timestamp? = nil) {
        self.scope = scope
        identity = scope.identity
        source = scope.source(account: account)
        self.conversation = conversation ?? scope.usualConversation
        self.start = scope.configuration.callStart ?? start ?? scope.usualStart
    }

    /// The instant that many nanoseconds after the call began.
    func instant(_ offset: Int64) -> Timestamp {
        let (sum, overflow) = start.nanoseconds.addingReportingOverflow(offset)
        return overflow ? start : Timestamp(nanoseconds: sum)
    }

    /// What the configuration says of a speaker or channel (`CallScope.role`).
    func role(labels: @autoclosure () -> [String]) -> Role? { scope.role(labels: labels()) }

    /// The role of a speaker: what the configuration says, or a word for a role says that stands in the place of a name.
    func role(speaker: String) -> Role? { role(labels: [speaker]) ?? scope.roles.role(speaker: speaker) }

    /// The role that a platform's own word stands for. What is no person of either side, such as a voice menu, is the system.
    func role(named word: String) -> Role {
        switch word.uppercased() {
        case "CUSTOM_BOT": .bot
        case "SUPERVISOR": .agent
        default: scope.roles.role(named: word) ?? role(labels: [word]) ?? .system
        }
    }

    /// A turn made of words.
    mutating func message(_ turn: SpokenTurn, nativeID: String? = nil) -> Operation {
        let voice = scope.voice(of: turn)
        return message(nativeID: nativeID, role: voice.role, name: voice.name, offset: turn.start, text: turn.text, language: turn.language)
    }

    /// - Parameters:
    ///   - nativeID: the platform's id of the turn; without one the id is made of what is said, by whom and when.
    ///   - offset: nanoseconds from the start of the call.
    ///   - wallClock: the offset as normalised text, for formats that write it so.
    ///   - language: of the turn; nil takes that of the call.
    mutating func message(
        nativeID: String?, role: Role, name: String?, offset: Int64, text: String, wallClock: String? = nil, language: String? = nil
    ) -> Operation {
        let text = TextMarks.trimmed(text)
        if text.isEmpty { return .ignored(reason: "empty", at: instant(offset)) }
        let language = language ?? self.language
        if let nativeID {
            return .message(
                Message(
                    id: ScopedID.of(source, nativeID), nativeID: nativeID, channel: scope.channel, source: source, conversationID: conversation,
                    author: Author(role: role, displayName: name), sentAt: instant(offset), timeBasis: scope.timeBasis, text: text,
                    language: language))
        }
        count += 1
        let digest = identity.digest(
            source: source, conversation: conversation, clock: wallClock, milliseconds: offset / 1_000_000, author: name ?? "", text: text,
            number: count)
        let setting = scope.setting(role, name, language, source: source, conversation: conversation)
        return .message(Message(digest: digest, setting: setting, sentAt: instant(offset), text: text))
    }
}
