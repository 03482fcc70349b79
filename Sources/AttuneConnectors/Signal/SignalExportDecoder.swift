import AttuneCore

/// Decodes a chat line by line; a message ends where the next one begins.
struct SignalExportDecoder: Decoder {
    private let scope: PayloadScope
    private let source: String
    private let conversation: String
    private var encoding = TextEncoding()
    private var lines = LineAssembler()
    private var clock: ZoneClock
    private var identity: ContentIdentity
    /// The message whose lines are being gathered.
    private var header: SignalHeader?
    private var text: [UInt8] = []
    private var firstLine = 0
    private var isTooLong = false
    private var hasPreamble = false
    private var count = 0

    /// Under this name signal-export writes what its user wrote.
    static let ownName = "Me"
    /// Under this name it writes what nobody wrote, such as changes of a group.
    static let nobody = "No-Sender"

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
        // Every chat's file is called chat.md or index.md, in a folder of the chat's name.
        let base = scope.context.baseName.map { String($0.prefix { $0 != "." }) }
        conversation = (base == "chat" || base == "index" ? scope.context.folderName : nil) ?? base ?? scope.connector
        clock = ZoneClock(zone: scope.configuration.zone)
        identity = ContentIdentity(connector: scope.connector)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while their closures use the rest of this value.
        var (encoding, lines) = (TextEncoding(), LineAssembler())
        swap(&encoding, &self.encoding)
        swap(&lines, &self.lines)
        try encoding.decode(chunk, isLast: isLast) { bytes in
            try lines.feed(bytes, isLast: isLast) { line, number in try take(line, number, emit) }
        }
        swap(&encoding, &self.encoding)
        swap(&lines, &self.lines)
        guard isLast else { return }
        try finish(emit)
        if count == 0, hasPreamble {
            throw UnreadableInput(
                "no line begins like a message of signal-export, e.g. \"[2026-02-03 09:14:07] Name: text\": is it an exported chat?", line: 1)
        }
    }

    private mutating func take(_ line: LineAssembler.Line, _ number: Int, _ emit: (Operation) throws -> Void) throws {
        guard case .bytes(let bytes) = line else {
            isTooLong = true
            return
        }
        if let next = SignalHeader(bytes) {
            try finish(emit)
            header = next
            firstLine = number
            text = Array(bytes[next.textStart...])
        } else if header != nil {
            if text.count + bytes.count + 1 > DecodingLimits.record { isTooLong = true } else { text += [10] + bytes }
        } else if bytes.contains(where: { $0 > 32 }), !hasPreamble {
            hasPreamble = true
            try emit(.ignored(reason: "preamble"))
        }
    }

    private mutating func finish(_ emit: (Operation) throws -> Void) throws {
        defer { (header, text, isTooLong) = (nil, [], false) }
        guard let header else { return }
        count += 1
        if isTooLong { return try emit(scope.rejected(DecodingLimits.tooLongRecord(), firstLine)) }
        guard let written = String(validating: text, as: UTF8.self) else {
            return try emit(scope.rejected("the message is not UTF-8: convert the file, e.g. with iconv", firstLine))
        }
        guard header.date.isValid, let at = clock.instant(header.date) else {
            return try emit(scope.rejected("the date does not exist", firstLine))
        }
        try emit(operation(header, SignalBody(written), at))
    }

    private mutating func operation(_ header: SignalHeader, _ body: SignalBody, _ at: Timestamp) -> Operation {
        if body.text.isEmpty, body.attachments.isEmpty { return .ignored(reason: "empty", at: at) }
        if header.name == Self.nobody { return .ignored(reason: "system", at: at, text: body.text) }
        if body.isCall { return .ignored(reason: "call", at: at) }
        if body.isDeletion {
            return .delete(Deletion(target: nil, source: source, conversationID: conversation, author: author(header.name), at: at))
        }
        let id = identity.id(
            conversation: conversation, wallClock: RFC3339.wallClock(header.date), author: header.name, text: body.text, number: count)
        return scope.operation(
            Message(
                id: id, channel: scope.channel(.chat), source: source, conversationID: conversation, author: author(header.name),
                sentAt: at, timeBasis: .localAssumed, text: body.text, attachments: body.attachments))
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
