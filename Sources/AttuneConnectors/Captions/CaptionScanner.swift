import AttuneCore

/// A caption as its file has it.
struct Cue {
    /// Milliseconds from the start of the recording.
    var start: Int64
    var end: Int64
    /// Where its lines are, with tags.
    var payload: Range<Int>
}

/// Cuts a caption file into cues. A cue begins at its timing line, wherever that stands: some programs leave out the blank
/// line between cues, or the number before them.
struct CaptionScanner {
    enum Item {
        case cue(Cue)
        case rejected(String, line: Int)
    }

    /// A line without its end.
    private struct Line {
        var start: Int
        var end: Int
        /// Where the next one begins.
        var next: Int
        var isTiming: Bool
    }

    /// Language that the file's header names.
    private(set) var language: String?
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isVTT: Bool
    private var line: Line
    /// 1-based number of the line.
    private var number = 1

    /// - Parameters:
    ///   - bytes: UTF-8; outlive the scanner.
    ///   - isVTT: whether there is a header, and blocks that are no cues.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isVTT: Bool) {
        self.bytes = bytes
        self.isVTT = isVTT
        line = Self.line(bytes, 0)
        if isVTT { readHeader() }
    }

    private var isAtEnd: Bool { line.start >= bytes.count }
    private var isEmpty: Bool { line.start == line.end }
    private var isBlank: Bool { bytes[line.start..<line.end].allSatisfy { $0 == 32 || $0 == 9 } }

    /// The line that begins at an offset; lines end with LF, CRLF or CR.
    private static func line(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Line {
        guard start < bytes.count else { return Line(start: bytes.count, end: bytes.count, next: bytes.count, isTiming: false) }
        var end = start
        // Not for the one behind the other, which would look through all of a file that has only one of them, line by line.
        while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
        let isPair = end + 1 < bytes.count && bytes[end] == 13 && bytes[end + 1] == 10
        let next = min(end + (isPair ? 2 : 1), bytes.count)
        let arrow = ByteSearch.first("-->", in: bytes, from: start, to: end)
        return Line(start: start, end: end, next: next, isTiming: arrow != nil)
    }

    private mutating func advance() {
        line = Self.line(bytes, line.next)
        number += 1
    }

    /// Skips the header up to its blank line, or up to a timing line that comes too early.
    private mutating func readHeader() {
        while !isAtEnd, isBlank { advance() }
        while !isAtEnd, !isEmpty, !line.isTiming {
            noteLanguage()
            advance()
        }
    }

    /// `Language: en`, and the comment `language:en-us` of some programs.
    private mutating func noteLanguage() {
        guard language == nil else { return }
        let parts = String(decoding: bytes[line.start..<line.end], as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased().split(separator: " ").last == "language" else { return }
        let code = String(parts[1]).trimmed
        if (2...20).contains(code.utf8.count), !code.contains(" ") { language = code }
    }

    /// Nil at the end of the file.
    mutating func next() -> Item? {
        while !isAtEnd {
            if isBlank {
                advance()
            } else if line.isTiming {
                return cue()
            } else if Self.line(bytes, line.next).isTiming {
                // The cue's identifier.
                advance()
            } else if isVTT, isComment {
                skipBlock { $0.noteLanguage() }
            } else {
                let first = number
                skipBlock { _ in }
                return .rejected("a block without a timing line such as 00:00:02.460 --> 00:00:05.010", line: first)
            }
        }
        return nil
    }

    /// `NOTE …`, `STYLE`, `REGION`: nothing that anybody says.
    private var isComment: Bool {
        let line = bytes[line.start..<line.end]
        let word = line.prefix { $0 != 32 && $0 != 9 }
        if word.elementsEqual("NOTE".utf8) { return true }
        return (word.elementsEqual("STYLE".utf8) || word.elementsEqual("REGION".utf8)) && line[word.endIndex...].allSatisfy { $0 == 32 || $0 == 9 }
    }

    private mutating func skipBlock(_ see: (inout CaptionScanner) -> Void) {
        while !isAtEnd, !isEmpty, !line.isTiming {
            see(&self)
            advance()
        }
    }

    private mutating func cue() -> Item {
        let timing = CueTiming.read(UnsafeBufferPointer(rebasing: bytes[line.start..<line.end]))
        let first = number
        advance()
        let start = line.start
        var (end, last) = (start, start..<start)
        while !isAtEnd, !isEmpty, !line.isTiming {
            last = line.start..<line.end
            end = line.end
            advance()
        }
        // Without a blank line between cues, the last line is the number of the next one.
        if line.isTiming, !last.isEmpty, bytes[last].allSatisfy({ $0 >= 48 && $0 <= 57 }) { end = last.lowerBound }
        guard let (from, to) = timing else {
            return .rejected("a timing line that is not readable: write 00:00:02.460 --> 00:00:05.010", line: first)
        }
        return .cue(Cue(start: from, end: to, payload: start..<end))
    }
}

/// `00:00:02.460 --> 00:00:05.010` with settings behind it.
enum CueTiming {
    /// Milliseconds; nil when the line is something else. Hours may be missing or have more than two digits; the fraction's
    /// sign is a point in WebVTT and a comma in SRT, and some programs mix them up.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (start: Int64, end: Int64)? {
        var cursor = ByteCursor(bytes)
        cursor.skipSpace()
        guard let start = time(&cursor) else { return nil }
        cursor.skipSpace()
        guard cursor.skip(45), cursor.skip(45), cursor.skip(62) else { return nil }
        cursor.skipSpace()
        guard let end = time(&cursor), cursor.isAtEnd || cursor.current == 32 || cursor.current == 9 else { return nil }
        return (start, end)
    }

    private static func time(_ cursor: inout ByteCursor) -> Int64? {
        var (seconds, count) = (0, 0)
        repeat {
            // Minutes and seconds are below 60; hours, or the minutes of a time without hours, come first.
            guard count < 3, let part = cursor.number(limit: 9) else { return nil }
            if count > 0, part.value >= 60 { return nil }
            seconds = seconds * 60 + part.value
            count += 1
        } while cursor.skip(58)
        guard count == 3 || count == 2 && seconds < 3_600 else { return nil }
        var milliseconds = 0
        if cursor.skip(46) || cursor.skip(44) {
            guard let nanoseconds = cursor.fraction() else { return nil }
            milliseconds = nanoseconds / 1_000_000
        }
        return Int64(seconds * 1_000 + milliseconds)
    }

    /// `00:00:02.460`: offsets in ids, however the file writes them.
    static func text(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1_000
        var out = [UInt8]()
        out.reserveCapacity(15)
        func put(_ value: Int64, _ width: Int, _ end: UInt8?) {
            let digits = String(value).utf8
            for _ in 0..<max(0, width - digits.count) { out.append(48) }
            out.append(contentsOf: digits)
            if let end { out.append(end) }
        }
        put(seconds / 3_600, 2, UInt8(ascii: ":"))
        put(seconds / 60 % 60, 2, UInt8(ascii: ":"))
        put(seconds % 60, 2, UInt8(ascii: "."))
        put(milliseconds % 1_000, 3, nil)
        return String(decoding: out, as: UTF8.self)
    }
}
