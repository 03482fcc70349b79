import AttuneCore

/// Decodes a chat line by line; a message ends where the next one begins.
struct SignalExportDecoder: Decoder {
    private var chat: SignalChat
    private var lines = TextLines()
    /// The message whose lines are being gathered.
    private var header: SignalHeader?
    private var text: [UInt8] = []
    private var firstLine = 0
    private var isTooLong = false
    private var hasPreamble = false

    init(_ scope: PayloadScope) { chat = SignalChat(scope) }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var lines = TextLines()
        swap(&lines, &self.lines)
        try lines.feed(chunk, isLast: isLast) { line, number in try take(line, number, emit) }
        swap(&lines, &self.lines)
        guard isLast else { return }
        try finish(emit)
        if chat.count == 0, hasPreamble {
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
        if isTooLong { return try emit(chat.rejected(DecodingLimits.tooLongRecord(), firstLine)) }
        guard let written = String(validating: text, as: UTF8.self) else {
            return try emit(chat.rejected("the message is not UTF-8: convert the file, e.g. with iconv", firstLine))
        }
        try emit(chat.operation(header.name, SignalBody(written), header.date, line: firstLine))
    }
}
