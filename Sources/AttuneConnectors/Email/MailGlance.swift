/// What a survey asks of nearly every mail, in one pass over the beginnings of its header's lines.
struct MailGlance {
    /// The mail's own id, without angle brackets; nil where there is none.
    private(set) var id: Range<Int>?
    /// The first address it was delivered to, as it stands there.
    private(set) var delivery: Range<Int>?
    /// It names other mails, says where its mailbox keeps it, or writes what is asked otherwise than nearly all: `MailHeader` tells.
    private(set) var needsHeader = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var (at, hasID) = (0, false)
        while at < bytes.count {
            let end = ByteSearch.first(10, in: bytes, from: at, to: bytes.count) ?? bytes.count
            let first = bytes[at]
            if first == 10 || first == 13 && at + 1 == end { break }
            switch first | 0x20 {
            case UInt8(ascii: "m"):
                guard !hasID, let value = Self.value(of: "message-id", in: bytes, at..<end) else { break }
                hasID = true
                id = Self.plainID(bytes, value)
                if id == nil { needsHeader = true }
            case UInt8(ascii: "d"):
                guard delivery == nil, let value = Self.value(of: "delivered-to", in: bytes, at..<end) else { break }
                delivery = value
                if end + 1 < bytes.count, bytes[end + 1] == 32 || bytes[end + 1] == 9 { needsHeader = true }
            case UInt8(ascii: "i"): if Self.value(of: "in-reply-to", in: bytes, at..<end) != nil { needsHeader = true }
            case UInt8(ascii: "r"): if Self.value(of: "references", in: bytes, at..<end) != nil { needsHeader = true }
            case UInt8(ascii: "x"): if Self.value(of: "x-gmail-labels", in: bytes, at..<end) != nil { needsHeader = true }
            default: break
            }
            at = end + 1
        }
    }

    /// What stands behind a field's name and its colon; nil where the line is another one.
    /// - Parameter name: in lower case.
    private static func value(of name: StaticString, in bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Range<Int>? {
        let colon = line.lowerBound + name.utf8CodeUnitCount
        guard colon < line.upperBound, bytes[colon] <= UInt8(ascii: ":") else { return nil }
        for i in 0..<name.utf8CodeUnitCount where bytes[line.lowerBound + i] | 0x20 != name.utf8Start[i] | 0x20 { return nil }
        var at = colon
        while at < line.upperBound, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        return at < line.upperBound && bytes[at] == UInt8(ascii: ":") ? at + 1..<line.upperBound : nil
    }

    /// An id of ASCII between angle brackets and nothing else.
    private static func plainID(_ bytes: UnsafeBufferPointer<UInt8>, _ value: Range<Int>) -> Range<Int>? {
        var (start, end) = (value.lowerBound, value.upperBound)
        while start < end, bytes[start] <= 32 { start += 1 }
        while end > start, bytes[end - 1] <= 32 { end -= 1 }
        guard end - start > 2, bytes[start] == UInt8(ascii: "<"), bytes[end - 1] == UInt8(ascii: ">") else { return nil }
        let id = start + 1..<end - 1
        return bytes[id].allSatisfy { $0 &- 33 < 94 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") } ? id : nil
    }
}
