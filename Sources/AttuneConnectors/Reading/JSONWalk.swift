import AttuneCore

/// The way through a text of several values that arrives in pieces: the blanks, brackets and commas between them, and their lines.
struct JSONWalk {
    /// Where the next value is looked for: everything before is read.
    private(set) var at = 0
    private(set) var isInArray = false
    /// Whether any value was read.
    private(set) var hasRead = false
    /// Whether a comma stood behind the last item of a list, and was passed over.
    private(set) var passedComma = false
    private var isFirst = true
    private var lines = LineCounter()
    /// The value that was read last, whose lines are known without counting them.
    private var last = (start: 0, end: 0, lineBreaks: 0)

    /// The next value and where it begins; nil when none follows, or when it is not whole yet.
    /// - Parameter bytes: the text from where `leave` left it.
    mutating func next(
        in bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ reader: inout JSONReader
    ) throws(JSONParser.Failure) -> (node: JSONNode, start: Int)? {
        do throws(JSONParser.Failure) {
            guard let place = try place(in: bytes) else { return nil }
            let (node, end) = try reader.value(bytes, at: place.start)
            // More digits may follow a number.
            if end == bytes.count, !isLast { return nil }
            pass(place, end, lineBreaks: reader.lineBreaks, in: bytes)
            return (node, place.start)
        } catch {
            if isLast { throw error }
            return nil
        }
    }

    /// Goes behind the next value, which could not be read, and tells where it is; nil when it is not known where it ends, or when it is no
    /// object or list: scraps of words are not what a list of records holds.
    mutating func skip(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard let place = try? place(in: bytes), place.start < bytes.count, [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes[place.start]),
            let end = JSONRepair.end(of: place.start, in: bytes)
        else { return nil }
        var behind = end
        JSONReader.skipSpace(bytes, &behind)
        let isFollowed = behind < bytes.count ? place.isInArray == (bytes[behind] == UInt8(ascii: ",") || bytes[behind] == UInt8(ascii: "]")) : true
        guard isFollowed else { return nil }
        pass(place, end, lineBreaks: UnsafeBufferPointer(rebasing: bytes[place.start..<end]).count(of: 10), in: bytes)
        return place.start..<end
    }

    /// Where the next value has to begin; nil when none follows.
    private mutating func place(in bytes: UnsafeBufferPointer<UInt8>) throws(JSONParser.Failure) -> (start: Int, isInArray: Bool)? {
        var (next, isInArray, isFirst) = (at, isInArray, isFirst)
        while true {
            JSONReader.skipSpace(bytes, &next)
            let byte = next < bytes.count ? bytes[next] : nil
            if isInArray, byte == UInt8(ascii: "]") {
                isInArray = false
            } else if !isInArray, byte == nil {
                return nil
            } else if !isInArray, byte == UInt8(ascii: "[") {
                (isInArray, isFirst) = (true, true)
            } else if !isInArray || isFirst {
                return (next, isInArray)
            } else {
                guard let byte else { throw JSONParser.Failure(offset: next, reason: "unexpected end") }
                guard byte == UInt8(ascii: ",") else { throw JSONParser.Failure(offset: next, reason: "a comma or ] was expected") }
                next += 1
                JSONReader.skipSpace(bytes, &next)
                guard next < bytes.count, bytes[next] == UInt8(ascii: "]") else { return (next, isInArray) }
                // Lists that were written by hand end so.
                (passedComma, isInArray) = (true, false)
            }
            next += 1
        }
    }

    private mutating func pass(
        _ place: (start: Int, isInArray: Bool), _ end: Int, lineBreaks: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) {
        lines.pass(last.start..<last.end, lineBreaks: last.lineBreaks, in: bytes)
        last = (place.start, end, lineBreaks)
        (at, isInArray, isFirst, hasRead) = (end, place.isInArray, false, true)
    }

    /// 1-based line of a byte; for ascending offsets.
    mutating func line(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int { lines.line(of: min(offset, bytes.count), in: bytes) }

    /// 1-based line of what was looked at last.
    var line: Int { lines.number }

    /// Counts from here on what is read as left behind; how many bytes that is.
    mutating func leave(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        defer { (at, last) = (0, (0, 0, 0)) }
        lines.pass(last.start..<last.end, lineBreaks: last.lineBreaks, in: bytes)
        lines.leave(at, in: bytes)
        return at
    }
}

/// Numbers of lines for ascending offsets, counted once.
struct LineCounter {
    private var offset = 0
    private(set) var number = 1

    /// 1-based line of a byte; offsets must not descend (those that do get the last answer).
    mutating func line(of target: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard target > offset else { return number }
        number += UnsafeBufferPointer(rebasing: bytes[offset..<target]).count(of: 10)
        offset = target
        return number
    }

    /// Goes on behind a stretch of which it is known how many lines end in it.
    mutating func pass(_ range: Range<Int>, lineBreaks: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        // Somebody asked for a line in it.
        guard offset <= range.lowerBound else { return }
        _ = line(of: range.lowerBound, in: bytes)
        number += lineBreaks
        offset = range.upperBound
    }

    /// Counts offsets from one on from now.
    mutating func leave(_ target: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        _ = line(of: target, in: bytes)
        offset -= target
    }
}
