/// Where the author ends and the text begins.
struct AuthorSplit {
    private let start: Int
    private let end: Int
    let textStart: Int
    /// `Name:.` marks a message that expired.
    let isExpired: Bool
    /// The line begins with U+200E before the author: WhatsApp's own.
    let isMarked: Bool

    /// Longest name, bytes: WhatsApp allows 25 characters, address books more.
    private static let nameLimit = 200

    /// Nil when no author is there: a system entry.
    /// - Parameters:
    ///   - from: where the author begins.
    ///   - limit: where the entry ends.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int) {
        let nearest = min(limit, from + Self.nameLimit)
        let stop = ByteSearch.first(10, in: bytes, from: from, to: nearest) ?? nearest
        var search = from
        while let at = ByteSearch.first(0x3A, in: bytes, from: search, to: stop) {
            search = at + 1
            let next = at + 1 < limit ? bytes[at + 1] : 10
            let isPoint = next == 0x2E && at + 2 == limit
            guard at > from, next == 0x20 || next == 10 || next == 13 || isPoint || Self.isReference(bytes, at + 1, stop) else { continue }
            (start, end, isExpired) = (from, at, isPoint)
            textStart = next == 0x20 ? at + 2 : isPoint ? limit : at + 1
            isMarked = at > from + 3 && TextMarks.isLeftToRight(bytes, at: from)
            return
        }
        return nil
    }

    /// `<附件：` or U+200E and the like: references to files come without a blank in some languages.
    private static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let isMarked = start + 3 < end && TextMarks.isLeftToRight(bytes, at: start)
        let open = isMarked ? start + 3 : start
        return open < end && bytes[open] == UInt8(ascii: "<") && ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: open, to: end) != nil
    }

    /// Nil for a name of nothing but marks and blanks.
    func name(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        end > start ? UnsafeBufferPointer(rebasing: bytes[start..<end]) : nil
    }
}
