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
        case contentLength
        case gmailLabels
        case mozillaStatus
        case status
        case unsent
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    /// The fields that matter in their order: the first of each name, of `Received` all.
    private var entries: [Entry] = []
    /// A bit for each name that occurs.
    private var known: UInt32 = 0
    /// Fields of any name.
    private(set) var count = 0
    /// Where the body begins.
    private(set) var bodyStart: Int

    /// Bytes of a value that are read: the longest real ones, lists of references, have some ten thousand.
    private static let valueLimit = 64 << 10
    /// Trace fields that are kept; real ones have a dozen.
    private static let mostReceived = 64

    /// Where a value stands, folded as it is, in half the memory of a range: mails are shorter than 4 GB (`MailboxSplitter.limit`).
    private struct Entry {
        let field: Field
        /// Whether it goes over several lines.
        let isFolded: Bool
        let start: UInt32
        let end: UInt32

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// Fields for which there is room at first: small mails have no more.
    private static let usual = 8

    /// Reads fields up to an empty line, or to a line that is none and behind which the header does not go on: then the empty line was forgotten.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        bodyStart = range.upperBound
        var at = range.lowerBound
        var open: (field: Field, value: Range<Int>, isFolded: Bool)?
        while at < range.upperBound {
            let end = ByteSearch.first(10, in: bytes, from: at, to: range.upperBound) ?? range.upperBound
            let next = min(end + 1, range.upperBound)
            let first = bytes[at]
            if first == 10 || first == 13 && at + 1 == end {
                bodyStart = next
                break
            } else if first == 32 || first == 9 {
                if let started = open { open = (started.field, started.value.lowerBound..<end, true) }
            } else if let colon = Self.colon(bytes, at, end) {
                keep(open)
                count += 1
                open = Self.field(bytes, at..<colon).map { ($0, colon + 1..<end, false) }
            } else if !Self.isEnvelope(bytes, at, end) {
                keep(open)
                open = nil
                if count == 0 || !goesOn(next..<range.upperBound) {
                    bodyStart = at
                    break
                }
            }
            at = next
        }
        keep(open)
    }

    private mutating func keep(_ open: (field: Field, value: Range<Int>, isFolded: Bool)?) {
        guard let (field, value, isFolded) = open else { return }
        if has(field), field != .received || entries.count(where: { $0.field == .received }) >= Self.mostReceived { return }
        if entries.isEmpty { entries.reserveCapacity(Self.usual) }
        known |= 1 << UInt32(field.rawValue)
        entries.append(Entry(field: field, isFolded: isFolded, start: UInt32(value.lowerBound), end: UInt32(value.upperBound)))
    }

    /// Offset of the colon behind a field's name; nil when the line is no field.
    static func colon(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        let limit = min(end, start + nameLimit)
        var at = start
        // Names are of the visible characters of ASCII.
        while at < limit, bytes[at] &- 33 < 94, bytes[at] != UInt8(ascii: ":") { at += 1 }
        if at == start { return nil }
        while at < limit, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        return at < limit && bytes[at] == UInt8(ascii: ":") ? at : nil
    }

    private static let nameLimit = 128

    private static func field(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Field? {
        var end = name.upperBound
        while end > name.lowerBound, bytes[end - 1] <= 32 { end -= 1 }
        let count = end - name.lowerBound
        guard count > 0, let (field, spelled) = candidate(count: count, last: bytes[end - 1] | 0x20), spelled.utf8CodeUnitCount == count else {
            return nil
        }
        let name = UnsafeBufferPointer(rebasing: bytes[name.lowerBound..<end])
        let wanted = UnsafeBufferPointer(start: spelled.utf8Start, count: count)
        for i in 0..<count {
            // Of visible characters only letters become letters by that, and the hyphen stays what it is.
            if name[i] | 0x20 != wanted[i] { return nil }
        }
        return field
    }

    /// The only field whose name has that length and ends so, and the name in lower case.
    private static func candidate(count: Int, last: UInt8) -> (Field, StaticString)? {
        switch (count, last) {
        case (2, UInt8(ascii: "o")): (.to, "to")
        case (4, UInt8(ascii: "m")): (.from, "from")
        case (4, UInt8(ascii: "e")): (.date, "date")
        case (6, UInt8(ascii: "r")): (.sender, "sender")
        case (7, UInt8(ascii: "t")): (.subject, "subject")
        case (8, UInt8(ascii: "d")): (.received, "received")
        case (8, UInt8(ascii: "o")): (.replyTo, "reply-to")
        case (8, UInt8(ascii: "s")): (.status, "x-status")
        case (8, UInt8(ascii: "t")): (.unsent, "x-unsent")
        case (10, UInt8(ascii: "d")): (.messageID, "message-id")
        case (10, UInt8(ascii: "s")): (.references, "references")
        case (10, UInt8(ascii: "e")): (.precedence, "precedence")
        case (11, UInt8(ascii: "o")): (.inReplyTo, "in-reply-to")
        case (11, UInt8(ascii: "y")): (.autoReply, "x-autoreply")
        case (11, UInt8(ascii: "h")): (.returnPath, "return-path")
        case (12, UInt8(ascii: "e")): (.contentType, "content-type")
        case (12, UInt8(ascii: "n")): (.mimeVersion, "mime-version")
        case (12, UInt8(ascii: "o")): (.deliveredTo, "delivered-to")
        case (13, UInt8(ascii: "d")): (.autoRespond, "x-autorespond")
        case (14, UInt8(ascii: "d")): (.autoSubmitted, "auto-submitted")
        case (14, UInt8(ascii: "h")): (.contentLength, "content-length")
        case (14, UInt8(ascii: "s")): (.gmailLabels, "x-gmail-labels")
        case (16, UInt8(ascii: "s")): (.mozillaStatus, "x-mozilla-status")
        case (17, UInt8(ascii: "r")): (.originalSender, "x-original-sender")
        case (19, UInt8(ascii: "n")): (.contentDisposition, "content-disposition")
        case (25, UInt8(ascii: "g")): (.contentTransferEncoding, "content-transfer-encoding")
        case (38, UInt8(ascii: "e")): (.generatedBy, "x-ms-exchange-generated-message-source")
        default: nil
        }
    }

    /// Whether a line that is no field stands in the middle of the header: only fields follow it up to an empty line, one of which matters and was
    /// not there yet. Anything else is the text of a mail whose empty line was forgotten.
    private func goesOn(_ range: Range<Int>) -> Bool {
        var (at, isNew, isField) = (range.lowerBound, false, false)
        while at < range.upperBound {
            let end = ByteSearch.first(10, in: bytes, from: at, to: range.upperBound) ?? range.upperBound
            let first = bytes[at]
            if first == 10 || first == 13 && at + 1 == end { return isNew }
            if let colon = Self.colon(bytes, at, end) {
                isField = true
                isNew = isNew || Self.field(bytes, at..<colon).map { !has($0) } == true
            } else if !isField || first != 32 && first != 9 {
                return false
            }
            at = end + 1
        }
        return false
    }

    /// `From ann Tue Feb  3 …` of a mailbox file that slipped in.
    private static func isEnvelope(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var start = start
        while start < end, bytes[start] == UInt8(ascii: ">") { start += 1 }
        return end - start > 5 && bytes[start..<start + 5].elementsEqual("From ".utf8)
    }

    func has(_ field: Field) -> Bool { known & 1 << UInt32(field.rawValue) != 0 }

    /// Whether a field occurs by which machines say that they are.
    var hasMarks: Bool { known & Self.marks != 0 }
    /// Whether a field occurs that the mailbox added, of where it keeps the mail.
    var hasKeeping: Bool { known & Self.keeping != 0 }

    private static let marks = bits([.autoSubmitted, .autoReply, .autoRespond, .precedence, .returnPath, .generatedBy])
    private static let keeping = bits([.gmailLabels, .mozillaStatus, .status, .unsent])

    private static func bits(_ fields: [Field]) -> UInt32 { fields.reduce(0) { $0 | 1 << UInt32($1.rawValue) } }

    private func entry(_ field: Field) -> Entry? {
        guard has(field) else { return nil }
        for entry in entries where entry.field == field { return entry }
        return nil
    }

    /// Values of the fields that the servers on the way added, newest first.
    var received: [Range<Int>] {
        guard has(.received) else { return [] }
        return entries.compactMap { $0.field == .received ? $0.range : nil }
    }

    /// Calls `body` with the bytes of a value in one line, without blanks at its ends; nil when there is no such field.
    @inline(__always)
    func unfolded<Result>(_ field: Field, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        entry(field).map { unfolded(range: $0.range, isFolded: $0.isFolded, body) }
    }

    /// Without a copy where the value is written in one line, as nearly all are.
    @inline(__always)
    func unfolded<Result>(range: Range<Int>, isFolded: Bool = true, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 32 { start += 1 }
        end = min(end, start + Self.valueLimit)
        while end > start, bytes[end - 1] <= 32 { end -= 1 }
        let folded = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if !isFolded || ByteSearch.first(10, in: folded, from: 0, to: folded.count) == nil { return body(folded) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: folded.count) { out in
            var count = 0
            for byte in folded {
                out[count] = byte
                count += byte == 10 || byte == 13 ? 0 : 1
            }
            return body(UnsafeBufferPointer(rebasing: out[..<count]))
        }
    }

    /// A value as text, with encoded words decoded.
    func text(_ field: Field) -> String? { unfolded(field) { EncodedWords.decode($0) } }

    /// The first word of a value, lower case: `auto-replied` of `Auto-Replied; owner=…`.
    func keyword(_ field: Field) -> String? {
        guard let range = entry(field)?.range else { return nil }
        var start = range.lowerBound
        while start < range.upperBound, bytes[start] <= 32 { start += 1 }
        var end = start
        while end < range.upperBound, bytes[end] > 32, bytes[end] != UInt8(ascii: ";"), bytes[end] != UInt8(ascii: "(") { end += 1 }
        return HTMLTokenizer.lower(bytes, start..<end)
    }
}
