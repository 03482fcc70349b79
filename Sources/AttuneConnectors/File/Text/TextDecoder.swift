import AttuneCore

/// Makes a message of every line; of those of a transcript, of who speaks in them.
struct TextDecoder: Decoder {
    private var assembler: RecordAssembler
    private var lines = TextLines()
    private let speakers: SpeakerLines
    /// Nil once it is decided whether the text is a transcript.
    private var beginning: TranscriptBeginning? = TranscriptBeginning()
    private var isTranscript = false
    /// Of a transcript.
    private let conversation: String?
    /// Who spoke last in a transcript: a line without a name goes on with it.
    private var last: SpeakerLines.Speaker?

    init(_ assembler: RecordAssembler, _ configuration: ConnectorConfiguration, _ context: DecodingContext) {
        self.assembler = assembler
        speakers = SpeakerLines(configuration)
        conversation = configuration.conversation ?? RecordingName.conversation(context)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var lines = TextLines()
        swap(&lines, &self.lines)
        try lines.feed(chunk, isLast: isLast) { line, number in
            switch Self.text(line) {
            case .none: break
            case .rejected(let reason):
                if beginning != nil { try decide(beginning?.isTranscript ?? false, emit) }
                try emit(.rejected(Rejection(reason: reason, line: number)))
            case .text(let text): try take(text, number, emit)
            }
        }
        swap(&lines, &self.lines)
        if isLast, let isTranscript = beginning?.isTranscript { try decide(isTranscript, emit) }
    }

    private mutating func take(_ text: String, _ number: Int, _ emit: (Operation) throws -> Void) throws {
        guard beginning != nil else { return try emit(operation(text, number)) }
        if let isTranscript = beginning?.take(text, number, speakers) { try decide(isTranscript, emit) }
    }

    private mutating func decide(_ isTranscript: Bool, _ emit: (Operation) throws -> Void) throws {
        self.isTranscript = isTranscript
        let held = beginning?.drain() ?? []
        beginning = nil
        for (text, number) in held { try emit(operation(text, number)) }
    }

    private enum Content {
        case none
        case text(String)
        case rejected(String)
    }

    private static func text(_ line: LineAssembler.Line) -> Content {
        guard case .bytes(let bytes) = line else { return .rejected(DecodingLimits.tooLongRecord()) }
        if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return .none }
        if ByteSearch.first(0, in: bytes, from: 0, to: bytes.count) != nil { return .rejected("a NUL in the line: texts have none") }
        guard let text = String(validating: bytes, as: UTF8.self) ?? western(bytes) else {
            return .rejected("the line is not UTF-8: convert the file, e.g. with iconv")
        }
        return .text(text)
    }

    /// Windows-1252 as the last resort; nil for bytes that it leaves unassigned, which show another encoding.
    private static func western(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        Windows1252.leavesOut(bytes) ? nil : Windows1252.text(bytes)
    }

    private mutating func operation(_ text: String, _ number: Int) -> Operation {
        var record = GenericRecord()
        record.text = text
        if isTranscript {
            if let speaker = speakers.any(text) {
                (last, record.text) = (speaker, speaker.text)
            } else if last == nil {
                return .ignored(reason: "title")
            }
            record.conversation = conversation
            (record.plainRole, record.displayName) = (last?.role, last?.name)
        } else if let speaker = speakers.named(text) {
            (record.text, record.plainRole, record.displayName) = (speaker.text, speaker.role, speaker.name)
        }
        do throws(RecordProblem) { return try assembler.operation(&record, number: number, isMapped: true) } catch {
            return .rejected(Rejection(reason: error.reason, line: number))
        }
    }
}
