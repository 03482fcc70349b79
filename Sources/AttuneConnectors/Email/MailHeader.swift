/// The header of a mail or of one of its parts: where the fields that matter have their values.
struct MailHeader {
    enum Field: Int, CaseIterable {
        case from
        case date
        case subject
        case messageID
        case inReplyTo
        case references
        case received
        case contentType
        case contentDisposition
        case contentTransferEncoding
        case autoSubmitted
        case autoReply
        case autoRespond
        case precedence
        case mimeVersion
        case to
        case returnPath
        case replyTo
        case deliveredTo
        case sender
        case originalSender
        case generatedBy
    }

    /// Names of the fields in their order, lower case.
    private static let names: [[UInt8]] = [
        "from", "date", "subject", "message-id", "in-reply-to", "references", "received", "content-type", "content-disposition",
        "content-transfer-encoding", "auto-submitted", "x-autoreply", "x-autorespond", "precedence", "mime-version", "to", "return-path",
        "reply-to", "delivered-to", "sender", "x-original-sender", "x-ms-exchange-generated-message-source",
    ].map { Array($0.utf8) }

    private let bytes: UnsafeBufferPointer<UInt8>
    /// Value of the first field of each name, folded as it is.
    private var values: [Range<Int>?]
    /// Values of the fields that the servers on the way added, newest first.
    private(set) var received: [Range<Int>] = []
    /// Fields of any name.
    private(set) var count = 0
    /// Where the body begins.
    private(set) var bodyStart: Int

    /// Bytes of a value that are read: the longest real ones, lists of references, have some ten thousand.
    private static let valueLimit = 64 << 10
    /// Trace fields that are kept; real ones have a dozen.
    private static let mostReceived = 64
    private static let lengths = names.reduce(into: UInt64(0)) { $0 |= 1 << UInt64($1.count) }

    /// Reads fields up to an empty line, or to a line that is none: then the empty line was forgotten.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        values = Array(repeating: nil, count: Self.names.count)
        bodyStart = range.upperBound
        var at = range.lowerBound
        var open: (field: Field?, value: Range<Int>)?
        while at < range.upperBound {
            let end = ByteSearch.first(10, in: bytes, from: at, to: range.upperBound) ?? range.upperBound
            let next = min(end + 1, range.upperBound)
            let first = bytes[at]
            if first == 10 || first == 13 && at + 1 == end {
                bodyStart = next
                break
            } else if first == 32 || first == 9 {
                if let started = open { open = (started.field, started.value.lowerBound..<end) }
            } else if let colon = Self.colon(bytes, at, end) {
                keep(open)
                count += 1
                open = (Self.field(bytes, at..<colon), colon + 1..<end)
            } else if !Self.isEnvelope(bytes, at, end) {
                bodyStart = at
                break
            }
            at = next
        }
        keep(open)
    }

    private mutating func keep(_ open: (field: Field?, value: Range<Int>)?) {
        guard let open, let field = open.field else { return }
        if field == .received, received.count < Self.mostReceived { received.append(open.value) }
        if values[field.rawValue] == nil { values[field.rawValue] = open.value }
    }

    /// Offset of the colon behind a field's name; nil when the line is no field.
    static func colon(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard let colon = ByteSearch.first(UInt8(ascii: ":"), in: bytes, from: start, to: min(end, start + nameLimit)), colon > start else {
            return nil
        }
        var last = colon
        while last > start, bytes[last - 1] == 32 || bytes[last - 1] == 9 { last -= 1 }
        for i in start..<last where bytes[i] <= 32 || bytes[i] >= 127 { return nil }
        return last > start ? colon : nil
    }

    private static let nameLimit = 128

    private static func field(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Field? {
        var end = name.upperBound
        while end > name.lowerBound, bytes[end - 1] <= 32 { end -= 1 }
        let length = end - name.lowerBound
        guard length < 64, lengths & 1 << UInt64(length) != 0 else { return nil }
        let found = names.firstIndex { other in
            other.count == length
                && (0..<length).allSatisfy {
                    (bytes[name.lowerBound + $0] &- 65 < 26 ? bytes[name.lowerBound + $0] | 0x20 : bytes[name.lowerBound + $0]) == other[$0]
                }
        }
        return found.flatMap(Field.init(rawValue:))
    }

    /// `From ann Tue Feb  3 …` of a mailbox file that slipped in.
    private static func isEnvelope(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var start = start
        while start < end, bytes[start] == UInt8(ascii: ">") { start += 1 }
        return end - start > 5 && bytes[start..<start + 5].elementsEqual("From ".utf8)
    }

    func has(_ field: Field) -> Bool { value(field) != nil }

    func value(_ field: Field) -> Range<Int>? { values[field.rawValue] }

    /// Bytes of a value in one line, without blanks at its ends.
    func unfolded(_ field: Field) -> [UInt8]? { value(field).map { unfolded(range: $0) } }

    func unfolded(range: Range<Int>) -> [UInt8] {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 32 { start += 1 }
        end = min(end, start + Self.valueLimit)
        while end > start, bytes[end - 1] <= 32 { end -= 1 }
        if ByteSearch.first(10, in: bytes, from: start, to: end) == nil { return Array(bytes[start..<end]) }
        return [UInt8](unsafeUninitializedCapacity: end - start) { out, count in
            for i in start..<end {
                out[count] = bytes[i]
                count += bytes[i] == 10 || bytes[i] == 13 ? 0 : 1
            }
        }
    }

    /// A value as text, with encoded words decoded.
    func text(_ field: Field) -> String? { unfolded(field).map(EncodedWords.decode) }

    /// The first word of a value, lower case: `auto-replied` of `Auto-Replied; owner=…`.
    func keyword(_ field: Field) -> String? {
        guard let range = value(field) else { return nil }
        var start = range.lowerBound
        while start < range.upperBound, bytes[start] <= 32 { start += 1 }
        var end = start
        while end < range.upperBound, bytes[end] > 32, bytes[end] != UInt8(ascii: ";"), bytes[end] != UInt8(ascii: "(") { end += 1 }
        return HTMLTokenizer.lower(bytes, start..<end)
    }
}
