/// Where the entries of an export are: the first pass over its bytes.
struct EntryTable {
    struct Entry {
        var date: (UInt16, UInt16, UInt16)
        var hour: UInt8
        var minute: UInt8
        var second: UInt8
        /// `Name:.` marks a message that expired.
        var isExpired = false
        /// The line begins with U+200E before the author: WhatsApp's own.
        var isMarked = false
        /// Index of the author among `people`; -1 for a system entry, which has none.
        var person: Int32 = -1
        /// Behind the header: the author, or a system text.
        var bodyStart: UInt32
        /// Behind the author.
        var textStart: UInt32
        /// Behind the last byte, without line ends.
        var end: UInt32
    }

    private(set) var entries: [Entry] = []
    private(set) var people = Participants()
    private(set) var style: HeaderScanner.Style?
    /// Bytes before the first entry, blank lines aside.
    private(set) var hasPreamble = false

    /// A style that is not the first line's must occur this often, and the first's only once, to be the file's.
    private static let votesToOverrule = 5
    /// Lines that vote for the style.
    private static let voters = 2_000

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        style = Self.inferStyle(bytes)
        guard let style else { return }
        entries.reserveCapacity(bytes.count / 64)
        var (start, end) = (0, 0)
        var headers = HeaderReader(style: style)
        var plausible: (UInt16, UInt16, UInt16) = (.max, .max, .max)
        var open: Entry?
        while start < bytes.count {
            end = Self.lineEnd(bytes, start)
            // Most entries are of the day of the one before them.
            if let match = headers.match(bytes, start, end), match.date == plausible || Self.isPlausible(match.date) {
                plausible = match.date
                if let entry = open { entries.append(finished(entry, start, bytes)) }
                open = Entry(
                    date: match.date, hour: match.hour, minute: match.minute, second: match.second, bodyStart: UInt32(match.bodyStart),
                    textStart: UInt32(match.bodyStart), end: UInt32(end))
            } else if open == nil, !hasPreamble {
                hasPreamble = bytes[start..<end].contains { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
            }
            start = end + 1
        }
        if let entry = open { entries.append(finished(entry, bytes.count, bytes)) }
    }

    /// An entry with its end and its author.
    @inline(__always)
    private mutating func finished(_ entry: Entry, _ next: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Entry {
        var entry = entry
        var end = next
        let bodyStart = Int(entry.bodyStart)
        while end > bodyStart, bytes[end - 1] == 10 || bytes[end - 1] == 13 || bytes[end - 1] == 32 { end -= 1 }
        end = max(end, bodyStart)
        entry.end = UInt32(end)
        if let known = people.recent(in: bytes, at: bodyStart, limit: end) {
            people.count(known.index)
            entry.person = Int32(known.index)
            entry.textStart = UInt32(known.end + 2)
            entry.isMarked = known.isMarked
            return entry
        }
        guard let split = AuthorSplit(bytes, bodyStart, end), let name = split.name(bytes) else { return entry }
        let person = people.index(name, at: bodyStart)
        people.count(person)
        entry.person = Int32(person)
        entry.textStart = UInt32(split.textStart)
        (entry.isExpired, entry.isMarked) = (split.isExpired, split.isMarked)
        return entry
    }

    private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        ByteSearch.first(10, in: bytes, from: start, to: bytes.count) ?? bytes.count
    }

    /// The style of the first line that has a header at all, unless it stands alone against many of another style.
    private static func inferStyle(_ bytes: UnsafeBufferPointer<UInt8>) -> HeaderScanner.Style? {
        var votes: [(style: HeaderScanner.Style, count: Int)] = []
        var (start, seen) = (0, 0)
        var headers = HeaderReader()
        while start < bytes.count, seen < voters {
            let end = lineEnd(bytes, start)
            if let match = headers.match(bytes, start, end), isPlausible(match.date) {
                seen += 1
                if let known = votes.firstIndex(where: { $0.style == match.style }) {
                    votes[known].count += 1
                } else {
                    votes.append((match.style, 1))
                }
            }
            start = end + 1
        }
        guard let first = votes.first else { return nil }
        if first.count == 1, let best = votes.max(by: { $0.count < $1.count }), best.count >= votesToOverrule { return best.style }
        return first.style
    }

    /// Whether three numbers can be a date in some order.
    static func isPlausible(_ date: (UInt16, UInt16, UInt16)) -> Bool {
        var (small, months) = (0, 0)
        func see(_ number: UInt16) {
            guard number >= 1, number <= 31 else { return }
            small += 1
            if number <= 12 { months += 1 }
        }
        see(date.0)
        see(date.1)
        see(date.2)
        return small >= 2 && months > 0 || date.2 == 0 && small == 2
    }
}
