/// Cuts a stream into table records (RFC 4180, with CR, LF or CRLF, and quotes where people put them). Holds one record.
///
/// A quote that is never closed swallows what follows it. It is noticed by what its accidental end looks like (text behind
/// the closing quote, the wrong number of cells, the limit, or the end of the file): then the line it began in is rejected
/// and reading resumes with the next line.
struct CSVSplitter {
    /// A cell's bytes in its record, with its quotes.
    struct Cell {
        var start: Int
        var end: Int
        var hasQuotes: Bool
    }

    enum Output {
        /// Cells, the buffer they lie in, and the 1-based line the record begins in.
        case record([Cell], UnsafeBufferPointer<UInt8>, line: Int)
        case rejected(String, line: Int)
    }

    private enum State { case cellStart, plain, quoted, quoteInQuoted, skipping }

    private let separator: UInt8
    private let limit: Int
    /// Cells of a sound record; known once the header was read.
    var width: Int?

    private var buffer: [UInt8] = []
    private var start = 0
    private var at = 0
    private var state = State.cellStart
    private var cells: [Cell] = []
    private var cellStart = 0
    private var hasQuotes = false
    private var sawCR = false
    private var line: Int
    private var recordLine: Int
    /// The first line break inside quotes of this record: where it began and where to resume if the quote was a mistake.
    private var firstBreak: (line: Int, resume: Int)?
    private var quoteLine = 0
    /// Where the current quoted cell was first broken.
    private var cellBreak: Int?
    /// Bytes read again after mistaken quotes. Bounds the work on hostile input: beyond the limit no cell spans lines any more.
    private var rescanned = 0

    init(separator: UInt8, firstLine: Int = 1, limit: Int = DecodingLimits.record) {
        self.separator = separator
        self.limit = limit
        line = firstLine
        recordLine = firstLine
    }

    // `throws`, not `rethrows`: without optimisation Swift 6.3 makes the way of an error out of the closure in `endRecord` a trap.

    /// Calls `body` with each record; it may set `width` through its argument after the header.
    mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Output, inout Int?) throws -> Void) throws {
        compact()
        buffer.append(contentsOf: chunk)
        while true {
            try scan(body)
            if at < buffer.count { continue }
            guard isLast, try finish(body) else { return }
        }
    }

    /// Drops the bytes of finished records.
    private mutating func compact() {
        guard start > 0 else { return }
        buffer.removeSubrange(..<start)
        at -= start
        cellStart -= start
        for i in cells.indices {
            cells[i].start -= start
            cells[i].end -= start
        }
        cellBreak = cellBreak.map { $0 - start }
        firstBreak = firstBreak.map { ($0.line, $0.resume - start) }
        start = 0
    }

    /// Reads until the buffer ends or something interrupts.
    private mutating func scan(_ body: (Output, inout Int?) throws -> Void) throws {
        while at < buffer.count {
            if at - start > limit, state != .skipping {
                try exceed(body)
                continue
            }
            if !sawCR, skipPlain() { continue }
            let byte = buffer[at]
            if sawCR {
                sawCR = false
                if byte == 10, at == start || state == .quoted || state == .skipping {
                    at += 1
                    if state != .quoted { start = at }
                    if state == .cellStart { cellStart = at }
                    if let broken = cellBreak, broken == at - 1 { moveBreak() }
                    continue
                }
            }
            try step(byte, body)
        }
    }

    /// Goes on to the next byte that means something in a cell, eight bytes at a time (Mycroft's test for a zero byte, once a kind);
    /// not beyond the byte at which a record is too long. False when there is nothing to skip.
    private mutating func skipPlain() -> Bool {
        let third: UInt8
        switch state {
        case .plain: third = separator
        case .quoted: third = 0x22
        // An unquoted cell begins: its first byte decides that it is one.
        case .cellStart where buffer[at] != 0x22 && buffer[at] != separator && buffer[at] != 10 && buffer[at] != 13:
            state = .plain
            third = separator
        case .cellStart, .quoteInQuoted, .skipping: return false
        }
        let end = min(buffer.count, start + limit + 1)
        let found = buffer.withUnsafeBytes { bytes in
            var at = at
            let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
            let pattern = ones &* UInt64(third)
            while at + 8 <= end {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                let (feed, carriage, other) = (word ^ (ones &* 10), word ^ (ones &* 13), word ^ pattern)
                let hits = (((feed &- ones) & ~feed) | ((carriage &- ones) & ~carriage) | ((other &- ones) & ~other)) & highs
                if hits != 0 { return at + (hits.trailingZeroBitCount >> 3) }
                at += 8
            }
            while at < end, bytes[at] != 10, bytes[at] != 13, bytes[at] != third { at += 1 }
            return at
        }
        defer { at = found }
        return found > at
    }

    /// A CRLF inside quotes ended one byte later than its CR.
    private mutating func moveBreak() {
        cellBreak = at
        if let first = firstBreak, first.resume == at - 1 { firstBreak = (first.line, at) }
    }

    private mutating func step(_ byte: UInt8, _ body: (Output, inout Int?) throws -> Void) throws {
        let isBreak = byte == 10 || byte == 13
        switch state {
        case .cellStart where byte == 0x22:
            (state, hasQuotes, quoteLine, cellBreak) = (.quoted, true, line, nil)
        case .cellStart, .plain:
            state = .plain
            if byte == separator { endCell() } else if isBreak { return try endRecord(byte, body) }
        case .quoted:
            if byte == 0x22 { state = .quoteInQuoted } else if isBreak { return try breakInQuotes(byte, body) }
        case .quoteInQuoted:
            if byte == 0x22 {
                state = .quoted
            } else if byte == separator {
                endCell()
            } else if isBreak {
                return try endRecord(byte, body)
            } else {
                if let resume = cellBreak { return try reject(line: quoteLine, resume: resume, body) }
                state = .plain
            }
        case .skipping:
            if isBreak {
                at += 1
                sawCR = byte == 13
                return beginRecord(line + 1)
            }
            start = at + 1
        }
        at += 1
    }

    private mutating func endCell() {
        cells.append(Cell(start: cellStart, end: at, hasQuotes: hasQuotes))
        cellStart = at + 1
        (state, hasQuotes, cellBreak) = (.cellStart, false, nil)
    }

    private mutating func breakInQuotes(_ byte: UInt8, _ body: (Output, inout Int?) throws -> Void) throws {
        at += 1
        sawCR = byte == 13
        line += 1
        if cellBreak == nil {
            cellBreak = at
            if firstBreak == nil { firstBreak = (quoteLine, at) }
        }
        if rescanned > 4 * limit, let resume = cellBreak { try reject(line: quoteLine, resume: resume, body) }
    }

    private mutating func endRecord(_ byte: UInt8?, _ body: (Output, inout Int?) throws -> Void) throws {
        let isBlank = cells.isEmpty && cellStart == at && !hasQuotes
        endCell()
        if let width, let first = firstBreak, cells.count != width {
            return try reject(line: first.line, resume: first.resume, body)
        }
        let end = at
        if byte != nil { at += 1 }
        sawCR = byte == 13
        if !isBlank {
            // Taken out, so that their memory is used again.
            var cells = [Cell]()
            swap(&cells, &self.cells)
            var width = width
            let number = recordLine
            try buffer.withUnsafeBufferPointer { try body(.record(cells, UnsafeBufferPointer(rebasing: $0[..<end]), line: number), &width) }
            self.width = width
            swap(&cells, &self.cells)
        }
        beginRecord(line + 1)
    }

    private mutating func beginRecord(_ number: Int) {
        start = at
        cellStart = at
        cells.removeAll(keepingCapacity: true)
        (state, hasQuotes, cellBreak, firstBreak) = (.cellStart, false, nil, nil)
        line = number
        recordLine = number
    }

    /// A quote that was opened in `line` was a mistake: gives up that line and resumes behind it.
    private mutating func reject(line: Int, resume: Int, _ body: (Output, inout Int?) throws -> Void) throws {
        rescanned += at - resume
        at = resume
        sawCR = false
        beginRecord(line + 1)
        try body(
            .rejected("a quote that is opened in this line is never closed: close it, or double it if it belongs to the text", line: line), &width)
    }

    private mutating func exceed(_ body: (Output, inout Int?) throws -> Void) throws {
        if let first = firstBreak { return try reject(line: first.line, resume: first.resume, body) }
        let number = recordLine
        start = at
        cells.removeAll(keepingCapacity: true)
        state = .skipping
        try body(.rejected(DecodingLimits.tooLongRecord(limit), line: number), &width)
    }

    /// The end of the input. True when reading resumed before it.
    private mutating func finish(_ body: (Output, inout Int?) throws -> Void) throws -> Bool {
        switch state {
        case .skipping: return false
        case .quoted:
            let (number, resume) = (quoteLine, cellBreak ?? buffer.count)
            try reject(line: number, resume: resume, body)
            return at < buffer.count
        case .cellStart where cells.isEmpty && at == start: return false
        case .cellStart, .plain, .quoteInQuoted:
            try endRecord(nil, body)
            return at < buffer.count
        }
    }
}

extension CSVSplitter.Cell {
    /// The cell's bytes without quoting: what stands in quotes, with doubled quotes single, and what somebody put behind them.
    func unquoted(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(end - start)
        var at = start + 1
        var isInside = true
        while at < end {
            let byte = bytes[at]
            if byte == 0x22, isInside {
                if at + 1 < end, bytes[at + 1] == 0x22 {
                    at += 1
                } else {
                    isInside = false
                    at += 1
                    continue
                }
            }
            out.append(byte)
            at += 1
        }
        return out
    }
}
