/// The lines that reports have above the header of their table: a title, a period, an empty line.
enum ReportTitle {
    enum Result {
        /// More bytes are needed.
        case unknown
        case none
        case lines(count: Int, bytes: Int)
    }

    /// Lines above a header at most.
    private static let lineLimit = 10
    /// Bytes in which they and the header stand.
    private static let byteLimit = 16 << 10

    /// Looks for the first line that has more cells than the first one and names a text or a rating and something else, in a table whose first line
    /// names nothing.
    static func find(_ head: [UInt8], isLast: Bool) -> Result {
        let looked = head.prefix(byteLimit)
        let isWhole = isLast && looked.count == head.count
        var (start, count) = (0, 0)
        var title: Int?
        while count <= lineLimit, start < looked.count {
            let end = looked[start...].firstIndex { $0 == 10 || $0 == 13 }
            if end == nil, !isWhole { return head.count < byteLimit ? .unknown : .none }
            let line = looked[start..<(end ?? looked.count)]
            // A cell over several lines is no title.
            if line.count(where: { $0 == 0x22 }) % 2 == 1 { return .none }
            let cells = cells(line)
            if let title {
                if cells.count > title, isHeader(cells) { return .lines(count: count, bytes: start) }
            } else if !CSVHeader.usual(cells).isEmpty {
                return .none
            } else {
                title = cells.count
            }
            guard let end else { return .none }
            start = end + 1
            if looked[end] == 13, start < looked.count, looked[start] == 10 { start += 1 }
            count += 1
        }
        return count > lineLimit || isWhole || head.count >= byteLimit ? .none : .unknown
    }

    private static func isHeader(_ cells: [String]) -> Bool {
        let fields = CSVHeader.usual(cells)
        return fields.count >= 2 && (fields[.text] != nil || fields[.rating] != nil)
    }

    private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
        var isQuoted = false
        let plain = line.map { byte in
            if byte == 0x22 { isQuoted.toggle() }
            // A separator within quotes is none.
            return isQuoted && CSVDialect.separators.contains(byte) ? UInt8(ascii: " ") : byte
        }
        let separator = CSVDialect.separators.max { a, b in plain.count { $0 == a } < plain.count { $0 == b } } ?? 44
        return plain.split(separator: separator, omittingEmptySubsequences: false).map { cell in
            String(decoding: cell.filter { $0 != 0x22 }, as: UTF8.self).trimmed
        }
    }
}
