/// Cuts a stream into lines at LF, without a CR before it, wherever the chunks end. Holds at most one line.
struct LineAssembler {
    /// A line, or a line that was too long to hold.
    enum Line {
        case bytes(UnsafeBufferPointer<UInt8>)
        case tooLong
    }

    private let limit: Int
    private var carry: [UInt8] = []
    private var isTooLong = false
    /// 1-based number of the line that is being assembled.
    private var number = 1

    init(limit: Int = DecodingLimits.record) { self.limit = limit }

    /// Calls `body` with each finished line and its number; with `isLast` also with a last line that no LF ends.
    mutating func feed(
        _ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Line, Int) throws -> Void
    ) rethrows {
        var start = 0
        while let end = ByteSearch.first(10, in: chunk, from: start, to: chunk.count) {
            let piece = UnsafeBufferPointer(rebasing: chunk[start..<end])
            start = end + 1
            if carry.isEmpty, !isTooLong {
                try finish(piece, body)
            } else {
                keep(piece)
                try finishCarry(body)
            }
        }
        if start < chunk.count { keep(UnsafeBufferPointer(rebasing: chunk[start...])) }
        if isLast, !carry.isEmpty || isTooLong { try finishCarry(body) }
    }

    private mutating func keep(_ piece: UnsafeBufferPointer<UInt8>) {
        if isTooLong { return }
        if carry.count + piece.count > limit {
            isTooLong = true
            carry = []
        } else {
            carry.append(contentsOf: piece)
        }
    }

    private mutating func finishCarry(_ body: (Line, Int) throws -> Void) rethrows {
        if isTooLong {
            isTooLong = false
            number += 1
            return try body(.tooLong, number - 1)
        }
        let line = carry
        carry.removeAll(keepingCapacity: true)
        try line.withUnsafeBufferPointer { try finish($0, body) }
    }

    private mutating func finish(_ line: UnsafeBufferPointer<UInt8>, _ body: (Line, Int) throws -> Void) rethrows {
        number += 1
        if line.count > limit { return try body(.tooLong, number - 1) }
        let end = line.last == 13 ? line.count - 1 : line.count
        try body(.bytes(UnsafeBufferPointer(rebasing: line[..<end])), number - 1)
    }
}
