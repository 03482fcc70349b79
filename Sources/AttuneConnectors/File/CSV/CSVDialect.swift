/// Which separator a table uses, and where its header begins.
struct CSVDialect {
    var separator: UInt8
    /// Bytes before the header: Excel's line `sep=;`, or lines with the title of a report.
    var preamble: Int
    /// 1-based number of the header's line.
    var headerLine = 1

    /// Longest header that is looked at; real ones have a few kilobytes.
    static let headerLimit = 1 << 20

    /// Decides from the beginning of a table. Nil when its first line is not complete and more bytes may follow.
    init?(_ head: [UInt8], isLast: Bool) {
        preamble = 0
        // `sep=` alone names none: it is then a header like any other.
        if head.starts(with: "sep=".utf8), head.count > 5, ![10, 13, 0x22].contains(head[4]), head[5] == 10 || head[5] == 13 {
            separator = head[4]
            preamble = head[5] == 13 && head.count > 6 && head[6] == 10 ? 7 : 6
            headerLine = 2
            if head[5] == 13, head.count == 6, !isLast { return nil }
            return
        }
        switch ReportTitle.find(head, isLast: isLast) {
        case .unknown: return nil
        case .none: break
        case .lines(let count, let bytes): (preamble, headerLine) = (bytes, count + 1)
        }
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        var isComplete = false
        for byte in head.dropFirst(preamble).prefix(Self.headerLimit) {
            if byte == 0x22 { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 10 || byte == 13 {
                isComplete = true
                break
            }
            if Self.separators.contains(byte) { counts[byte, default: 0] += 1 }
        }
        guard isComplete || isLast || head.count >= Self.headerLimit else { return nil }
        // The first of the most frequent; a table of one column has none.
        separator =
            Self.separators.max {
                (counts[$0] ?? 0, -(Self.separators.firstIndex(of: $0) ?? 0)) < (counts[$1] ?? 0, -(Self.separators.firstIndex(of: $1) ?? 0))
            } ?? 44
    }

    static let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]
}

/// The beginning of a table, held until it shows how the table is written.
struct CSVHead {
    private(set) var bytes: [UInt8] = []
    /// Bytes of it before it is worth while to look again.
    private var enough = 0

    /// Nil when more is needed.
    mutating func dialect(with more: UnsafeBufferPointer<UInt8>, isLast: Bool) -> CSVDialect? {
        bytes.append(contentsOf: more)
        if !isLast, bytes.count < enough { return nil }
        enough = 2 * bytes.count
        return CSVDialect(bytes, isLast: isLast)
    }
}
