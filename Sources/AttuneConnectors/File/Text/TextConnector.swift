import AttuneCore

/// Plain text, one message a line.
public struct TextConnector: Connector {
    public let name = "text"
    public let hasPlatformIDs = false

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Plain text, one message a line.",
            details: """
                Each line that is not blank is a message of a customer, received when the file is read. LF and CRLF end lines. \
                UTF-8, or UTF-16 with a byte order mark; a line that is not UTF-8 is read as Windows-1252. What that leaves unassigned, or is \
                longer than 16 MiB, is rejected with its number.
                """,
            options: [
                .init("source", "name of the source; otherwise \"text\""),
                .init("channel", "channel of the messages; otherwise \"text\""),
            ],
            example: "My parcel is late again\nNo complaints, great service",
            setup: "Any text file; `-` reads standard input.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if head.isEmpty { return nil }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return Recognition(.possible, "it is UTF-16 text") }
        // Texts have no control characters besides blanks and escapes of terminals; binaries have many.
        if StructuredText.begins(head) { return nil }
        let controls = head.count { $0 < 32 && ![9, 10, 12, 13, 27].contains($0) }
        return controls * 1_000 > head.count ? nil : Recognition(.possible, "it is text")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        TextDecoder(RecordAssembler(connector: name, configuration: configuration, context: context))
    }
}

struct TextDecoder: Decoder {
    private var assembler: RecordAssembler
    private var lines = TextLines()

    init(_ assembler: RecordAssembler) { self.assembler = assembler }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var lines = TextLines()
        swap(&lines, &self.lines)
        try lines.feed(chunk, isLast: isLast) { line, number in
            guard let operation = operation(line, number) else { return }
            try emit(operation)
        }
        swap(&lines, &self.lines)
    }

    /// Windows-1252 as the last resort; nil for bytes that it leaves unassigned, which show another encoding.
    private static func western(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        Windows1252.leavesOut(bytes) ? nil : Windows1252.text(bytes)
    }

    private mutating func operation(_ line: LineAssembler.Line, _ number: Int) -> Operation? {
        guard case .bytes(let bytes) = line else {
            return .rejected(Rejection(reason: DecodingLimits.tooLongRecord(), line: number))
        }
        if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) ?? Self.western(bytes) else {
            return .rejected(Rejection(reason: "the line is not UTF-8: convert the file, e.g. with iconv", line: number))
        }
        var record = GenericRecord()
        record.text = text
        do throws(RecordProblem) { return try assembler.operation(&record, number: number, isMapped: true) } catch {
            return .rejected(Rejection(reason: error.reason, line: number))
        }
    }
}
