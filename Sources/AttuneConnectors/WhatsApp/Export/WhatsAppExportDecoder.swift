import AttuneCore

/// Decodes a chat export: holds it as a whole, because the format of its dates can only be inferred from all of them.
struct WhatsAppExportDecoder: Decoder {
    private let connector: String
    private let configuration: ConnectorConfiguration
    private let context: DecodingContext
    private var encoding = TextEncoding()
    private var held = HeldInput()
    private var isTooLong = false
    private var isOrderGuessed = false
    private var isWestern = false
    private var unknownPeriod: String?

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var encoding = TextEncoding()
        swap(&encoding, &self.encoding)
        try encoding.decode(chunk, isLast: isLast) { bytes in
            if held.bytes.count + bytes.count > DecodingLimits.document {
                isTooLong = true
                held = HeldInput()
            }
            if isTooLong { return }
            if isLast, held.bytes.isEmpty { return try decodeAll(bytes, emit) }
            held.hold(bytes)
            if isLast { try decodeAll(held.bytes, emit) }
        }
        swap(&encoding, &self.encoding)
        guard isLast else { return }
        held = HeldInput()
        if isTooLong { throw UnreadableInput("the chat is larger than \(DecodingLimits.document >> 20) MiB: split it") }
    }

    var remarks: [String] {
        let western = "the chat is not UTF-8: read as Windows-1252; if letters are wrong, convert the file first, e.g. with iconv"
        let period = unknownPeriod.map {
            "\"\($0)\" beside the clock is not known, and all times are read as they stand; if it means PM, they are twelve hours early: "
                + "export again with the phone set to 24 hours, or in English"
        }
        return (isOrderGuessed ? [DayOrderQueue.guess] : []) + (isWestern ? [western] : []) + (period.map { [$0] } ?? [])
    }

    private mutating func decodeAll(_ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void) throws {
        if ByteSearch.first(10, in: bytes, from: 0, to: bytes.count) == nil, ByteSearch.first(13, in: bytes, from: 0, to: bytes.count) != nil {
            let lines = bytes.map { $0 == 13 ? 10 : $0 }
            return try lines.withUnsafeBufferPointer { try decodeAll($0, emit) }
        }
        // Editors save chats so.
        if WellFormed.isSingleByte(bytes), !Windows1252.leavesOut(bytes) {
            isWestern = true
            return try Windows1252.withText(bytes) { try decodeAll($0, emit) }
        }
        let table = EntryTable(bytes)
        guard let style = table.style, !table.entries.isEmpty else {
            if !bytes.contains(where: { $0 > 32 }) { return }
            throw UnreadableInput(
                "no line begins like a WhatsApp message, e.g. \"[03/02/2026, 09:14:07] Name: text\": is it an exported chat?", line: 1)
        }
        if table.hasUnknownPeriods(bytes) {
            throw UnreadableInput(
                "the words for AM and PM are in a language that is not known here: export again with the phone set to 24 hours, or in English",
                line: 1 + UnsafeBufferPointer(rebasing: bytes[..<Int(table.entries[0].bodyStart)]).count(of: 10))
        }
        if table.hasPreamble { try emit(.ignored(reason: "preamble")) }
        unknownPeriod = table.unknownPeriod(bytes)
        let order = DayOrder.infer(
            table.entries.lazy.map(\.date), fullYearAt: Int(style.fullYearAt), dayFirst: configuration.dayFirst,
            latestYear: CivilDate(context.receivedAt).year, mayLeadWithYear: table.hasEastAsianPeriods(bytes))
        isOrderGuessed = order.isGuess
        var chat = ChatReader(connector: connector, configuration: configuration, context: context, order: order, table: table, bytes)
        try chat.read(table.entries, bytes, emit)
    }
}
