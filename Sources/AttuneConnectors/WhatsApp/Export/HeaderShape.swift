/// The form of a header that was read, with which the next ones are read much faster: nearly all headers of a file have one of a
/// few forms, digit for digit.
struct HeaderShape {
    private enum Field: UInt8 { case literal, date0, date1, date2, hour, minute, second }

    /// The header's bytes; digits stand for any digit.
    private let bytes: [UInt8]
    private let fields: [Field]
    private let style: HeaderScanner.Style
    /// Whether a clock of twelve hours shows the afternoon; nil for one of 24.
    private let isAfternoon: Bool?

    /// Nil for a header whose form does not tell all: no blank at its end, digits that are not ASCII, an author that belongs to it.
    init?(_ match: HeaderScanner.Match, _ line: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard match.style.end != .blank, match.bodyStart > start, line[match.bodyStart - 1] == 0x20 else { return nil }
        bytes = Array(line[start..<match.bodyStart])
        style = match.style
        isAfternoon = match.style.hasPeriod ? match.hour >= 12 : nil
        let order: [Field] = [.date0, .date1, .date2, .hour, .minute] + (match.style.hasSeconds ? [.second] : [])
        var (fields, group) = ([Field](), -1)
        for (i, byte) in bytes.enumerated() {
            guard Self.isDigit(byte) else {
                fields.append(.literal)
                continue
            }
            if i == 0 || !Self.isDigit(bytes[i - 1]) { group += 1 }
            guard group < order.count else { return nil }
            fields.append(order[group])
        }
        self.fields = fields
        guard group == order.count - 1, let again = read(line, start, line.count), again.isSame(as: match) else { return nil }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    /// The header of the line `start..<end`, or nil when it has another form or does not name a time for sure.
    func read(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> HeaderScanner.Match? {
        guard end - start >= bytes.count, let base = line.baseAddress else { return nil }
        let text = base + start
        var numbers: (date0: UInt16, date1: UInt16, date2: UInt16, hour: UInt16, minute: UInt16, second: UInt16) = (0, 0, 0, 0, 0, 0)
        for i in 0..<bytes.count {
            let byte = text[i]
            if fields[i] == .literal {
                if byte != bytes[i] { return nil }
                continue
            }
            guard Self.isDigit(byte) else { return nil }
            let digit = UInt16(byte &- 48)
            switch fields[i] {
            case .literal: break
            case .date0: numbers.date0 = numbers.date0 &* 10 &+ digit
            case .date1: numbers.date1 = numbers.date1 &* 10 &+ digit
            case .date2: numbers.date2 = numbers.date2 &* 10 &+ digit
            case .hour: numbers.hour = numbers.hour &* 10 &+ digit
            case .minute: numbers.minute = numbers.minute &* 10 &+ digit
            case .second: numbers.second = numbers.second &* 10 &+ digit
            }
        }
        // What is odd is left to the scanner.
        guard numbers.hour < 24, numbers.minute < 60, numbers.second < 60 else { return nil }
        if let isAfternoon {
            guard numbers.hour >= 1, numbers.hour <= 12 else { return nil }
            numbers.hour = numbers.hour % 12 + (isAfternoon ? 12 : 0)
        }
        return HeaderScanner.Match(
            style: style, date: (numbers.date0, numbers.date1, numbers.date2), hour: UInt8(numbers.hour), minute: UInt8(numbers.minute),
            second: UInt8(numbers.second), bodyStart: start + bytes.count)
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
    /// The last forms, latest first: day, month and hour with one digit or two, morning and afternoon.
    private var shapes: [HeaderShape] = []
    private static let shapeLimit = 8

    mutating func match(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> HeaderScanner.Match? {
        for i in shapes.indices {
            guard let match = shapes[i].read(bytes, start, end) else { continue }
            if i > 0 { shapes.swapAt(0, i) }
            return match
        }
        guard let match = HeaderScanner.match(bytes, start, end) else { return nil }
        if !match.style.isTimeFirst, let shape = HeaderShape(match, bytes, from: start) {
            if shapes.count == Self.shapeLimit { shapes.removeLast() }
            shapes.insert(shape, at: 0)
        }
        return match
    }
}
