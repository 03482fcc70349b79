/// The form of a header that was read, with which the next ones are read much faster: nearly all headers of a file have one of a
/// few forms, digit for digit. It is compared in one step, eight bytes a lane, and holds no memory of its own.
struct HeaderShape {
    private typealias Bytes = SIMD4<UInt64>

    /// Longest header that has a form; longer ones are left to the scanner.
    static let limit = 32

    /// The header's bytes, and which of them are the same in every header: the others are digits.
    private var literals = Bytes()
    private var isLiteral = Bytes()
    private var isDigit = Bytes()
    private var length = 0
    /// Where the date's three numbers, hour, minute and second begin, and how many digits each has.
    private var fields = SIMD8<UInt8>()
    private var digits = SIMD8<UInt8>()
    private let style: HeaderScanner.Style
    /// Whether a clock of twelve hours shows the afternoon; nil for one of 24.
    private let isAfternoon: Bool?

    /// Nil for a header whose form does not tell all: no blank at its end, digits that are not ASCII, an author that belongs to it.
    init?(_ match: HeaderScanner.Match, _ line: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard match.style.end != .blank, match.bodyStart > start, line[match.bodyStart - 1] == 0x20 else { return nil }
        length = match.bodyStart - start
        style = match.style
        isAfternoon = match.style.hasPeriod ? match.hour >= 12 : nil
        guard length <= Self.limit else { return nil }
        var group = -1
        for i in 0..<length {
            let byte = line[start + i]
            let (lane, shift) = (i / 8, UInt64(i % 8 * 8))
            guard byte &- 48 < 10 else {
                literals[lane] |= UInt64(byte) << shift
                isLiteral[lane] |= 0xFF << shift
                continue
            }
            isDigit[lane] |= 0xFF << shift
            if i == 0 || line[start + i - 1] &- 48 >= 10 {
                group += 1
                guard group < (match.style.hasSeconds ? 6 : 5) else { return nil }
                fields[group] = UInt8(i)
            }
            digits[group] += 1
        }
        guard (0..<8).allSatisfy({ digits[$0] < 3 || digits[$0] == 4 }), let again = read(line, start, line.count), again.isSame(as: match) else {
            return nil
        }
    }

    /// The header of the line `start..<end`, or nil when it has another form or does not name a time for sure.
    func read(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> HeaderScanner.Match? {
        guard end - start >= length, start + Self.limit <= line.count, let base = line.baseAddress else { return nil }
        let text = UnsafeRawPointer(base + start).loadUnaligned(as: Bytes.self)
        // What a digit differs from `0` in is below 10: neither its high bit is set nor that of the sum.
        let values = (text ^ 0x3030_3030_3030_3030) & isDigit
        let odd = (text ^ literals) & isLiteral | ((values &+ (0x7676_7676_7676_7676 & isDigit)) | values) & 0x8080_8080_8080_8080
        guard odd[0] | odd[1] | odd[2] | odd[3] == 0 else { return nil }
        func number(_ field: Int) -> UInt16 {
            let first = base + start + Int(fields[field])
            func digit(_ place: Int) -> UInt16 { UInt16(first[place] &- 48) }
            // A date's and a clock's numbers have one, two or four digits.
            switch digits[field] {
            case 0: return 0
            case 1: return digit(0)
            case 2: return digit(0) &* 10 &+ digit(1)
            default: return (digit(0) &* 10 &+ digit(1)) &* 100 &+ digit(2) &* 10 &+ digit(3)
            }
        }
        let (minute, second) = (number(4), number(5))
        var hour = number(3)
        // What is odd is left to the scanner.
        guard hour < 24, minute < 60, second < 60 else { return nil }
        if let isAfternoon {
            guard hour >= 1, hour <= 12 else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        return HeaderScanner.Match(
            style: style, date: (number(0), number(1), number(2)), hour: UInt8(hour), minute: UInt8(minute), second: UInt8(second),
            bodyStart: start + length)
    }
}

extension HeaderScanner.Match {
    fileprivate func isSame(as other: Self) -> Bool {
        style == other.style && date == other.date && hour == other.hour && minute == other.minute && second == other.second
            && bodyStart == other.bodyStart
    }
}

/// Reads the headers of one file's lines, those of known forms first.
struct HeaderReader {
    /// The only style that is read; nil for any.
    private let style: HeaderScanner.Style?
    /// The last forms, latest first: day, month and hour with one digit or two, morning and afternoon.
    private var shapes: [HeaderShape] = []
    private static let shapeLimit = 8

    init(style: HeaderScanner.Style? = nil) { self.style = style }

    @inline(__always)
    mutating func match(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> HeaderScanner.Match? {
        if let match = shapes.first?.read(bytes, start, end) { return match }
        return other(bytes, start, end)
    }

    /// The header of a line that has not the latest form.
    @inline(never)
    private mutating func other(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> HeaderScanner.Match? {
        for i in shapes.indices.dropFirst() {
            guard let match = shapes[i].read(bytes, start, end) else { continue }
            shapes.swapAt(0, i)
            return match
        }
        guard let match = HeaderScanner.match(bytes, start, end), style == nil || match.style == style else { return nil }
        if !match.style.isTimeFirst, let shape = HeaderShape(match, bytes, from: start) {
            if shapes.count == Self.shapeLimit { shapes.removeLast() }
            shapes.insert(shape, at: 0)
        }
        return match
    }
}
