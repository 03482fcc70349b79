import AttuneCore

/// Decodes JSON of any layout, or the text of a server-sent event stream: the first byte that is no blank tells.
struct MastodonDecoder: Decoder {
    private enum Form {
        case undecided
        case json(PayloadDecoder)
        case events(ServerSentEvents)
    }

    private let reader: MastodonReader
    private var form = Form.undecided
    /// Blanks and byte order mark before the first byte that tells.
    private var held: [UInt8] = []

    init(_ reader: MastodonReader) { self.reader = reader }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        guard case .undecided = form else { return try go(chunk, isLast: isLast, emit) }
        held.append(contentsOf: chunk)
        // UTF-16, which begins with one of these or has a zero byte, is JSON.
        guard let first = held.first(where: { $0 > 32 && ![0xEF, 0xBB, 0xBF].contains($0) }) else {
            if isLast { try decide(0, isLast: true, emit) }
            return
        }
        try decide(first, isLast: isLast, emit)
    }

    private mutating func decide(_ first: UInt8, isLast: Bool, _ emit: (Operation) throws -> Void) throws {
        let isEvents = first == UInt8(ascii: ":") || first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z")
        form = isEvents ? .events(ServerSentEvents()) : .json(PayloadDecoder(keepsBeforeCut: true, read: reader.operations))
        let bytes = held
        held = []
        try bytes.withUnsafeBufferPointer { try go($0, isLast: isLast, emit) }
    }

    private mutating func go(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ emit: (Operation) throws -> Void) throws {
        let form = form
        self.form = .undecided
        switch form {
        case .undecided: break
        case .json(var decoder):
            try decoder.decode(chunk, isLast: isLast, emit: emit)
            self.form = .json(decoder)
        case .events(var events):
            let reader = reader
            try events.feed(chunk, isLast: isLast) { event, line in
                switch event {
                case .event(let name, let data): for operation in reader.operations(event: name, data: data, line: line) { try emit(operation) }
                case .rejected(let reason): try emit(.rejected(Rejection(reason: reason, line: line)))
                }
            }
            self.form = .events(events)
        }
    }
}
