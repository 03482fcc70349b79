import AttuneCore

/// Plain text, one message a line.
public struct TextConnector: Connector {
    public let name = "text"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Plain text, one message a line.",
            details: """
                Each line that is not blank is a message of a customer, received when the file is read. LF and CRLF end lines. \
                UTF-8, or UTF-16 with a byte order mark. A line that is not UTF-8 or longer than 16 MiB is rejected with its number.
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
        if Self.isStructured(head) { return nil }
        let controls = head.count { $0 < 32 && ![9, 10, 12, 13, 27].contains($0) }
        return controls * 1_000 > head.count ? nil : Recognition(.possible, "it is text")
    }

    /// Whether a file surely is something else than one message a line: JSON, or a chat with dates that nothing here reads. Taken as text,
    /// its brackets and headers would be customers' words.
    private static func isStructured(_ head: ArraySlice<UInt8>) -> Bool {
        let start = head.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        let second = start.dropFirst().first { $0 > 32 }
        if start.first == UInt8(ascii: "{"), second == UInt8(ascii: "\"") { return true }
        if start.first == UInt8(ascii: "["), let second, [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(second) { return true }
        let lines = start.split(separator: 10, maxSplits: lookedLines).prefix(lookedLines)
        let dated = lines.count(where: isDated)
        return dated >= 2 && dated * 2 > lines.count
    }

    private static let lookedLines = 20

    /// Whether a line begins with a date and a clock, in either order, and goes on with somebody's words.
    private static func isDated(_ line: ArraySlice<UInt8>) -> Bool {
        let head = line.prefix(60).drop { $0 >= 0x80 || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "(") }
        guard let first = head.first, first &- 48 < 10 else { return false }
        var (groups, clocks, previous) = (0, 0, UInt8(0))
        var at = head.startIndex
        while at < head.endIndex {
            guard head[at] &- 48 < 10 else {
                previous = head[at]
                at += 1
                continue
            }
            let begin = at
            while at < head.endIndex, head[at] &- 48 < 10 { at += 1 }
            if previous == UInt8(ascii: ":"), at - begin == 2 { clocks += 1 }
            if [UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(previous) { groups += 1 }
        }
        return groups >= 2 && clocks >= 1 && line.split(separator: UInt8(ascii: ":")).count > 2
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        TextDecoder(RecordAssembler(connector: name, configuration: configuration, context: context))
    }
}

struct TextDecoder: Decoder {
    private var assembler: RecordAssembler
    private var encoding = TextEncoding()
    private var lines = LineAssembler()

    init(_ assembler: RecordAssembler) { self.assembler = assembler }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while their closures use the rest of this value.
        var (encoding, lines) = (TextEncoding(), LineAssembler())
        swap(&encoding, &self.encoding)
        swap(&lines, &self.lines)
        try encoding.decode(chunk, isLast: isLast) { bytes in
            try lines.feed(bytes, isLast: isLast) { line, number in
                guard let operation = operation(line, number) else { return }
                try emit(operation)
            }
        }
        swap(&encoding, &self.encoding)
        swap(&lines, &self.lines)
    }

    private mutating func operation(_ line: LineAssembler.Line, _ number: Int) -> Operation? {
        guard case .bytes(let bytes) = line else {
            return .rejected(Rejection(reason: DecodingLimits.tooLongRecord(), line: number))
        }
        if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .rejected(Rejection(reason: "the line is not UTF-8: convert the file, e.g. with iconv", line: number))
        }
        var record = GenericRecord()
        record.text = text
        do throws(RecordProblem) { return try assembler.operation(record, number: number, isMapped: true) } catch {
            return .rejected(Rejection(reason: error.reason, line: number))
        }
    }
}
