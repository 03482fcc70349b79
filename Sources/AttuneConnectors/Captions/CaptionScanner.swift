import AttuneCore

/// A caption as its file has it.
struct Cue {
    /// Milliseconds from the start of the recording.
    var start: Int64
    var end: Int64
    /// Lines without their ends, with tags.
    var lines: [String] = []
    /// 1-based line of the timing.
    var line: Int
}

/// Cuts a caption file into cues. A cue begins at its timing line, wherever that stands: some programs leave out the blank
/// line between cues, or the number before them.
struct CaptionScanner {
    enum Item {
        case cue(Cue)
        case rejected(String, line: Int)
    }

    /// Language that the file's header names.
    private(set) var language: String?
    private let lines: [Substring]
    private let isVTT: Bool
    private var at = 0

    /// - Parameter isVTT: whether there is a header, and blocks that are no cues.
    init(_ text: String, isVTT: Bool) {
        self.isVTT = isVTT
        // CRLF is one Character: split on scalars.
        var lines = [Substring]()
        var rest = text.unicodeScalars[...]
        while let end = rest.firstIndex(where: { $0 == "\n" || $0 == "\r" }) {
            lines.append(Substring(rest[..<end]))
            let next = rest.index(after: end)
            rest = rest[end] == "\r" && next < rest.endIndex && rest[next] == "\n" ? rest[rest.index(after: next)...] : rest[next...]
        }
        if !rest.isEmpty { lines.append(Substring(rest)) }
        self.lines = lines
        if isVTT { readHeader() }
    }

    /// Skips the header up to its blank line, or up to a timing line that comes too early.
    private mutating func readHeader() {
        while at < lines.count, !lines[at].isEmpty, !Self.isTiming(lines[at]) {
            noteLanguage(lines[at])
            at += 1
        }
    }

    /// `Language: en`, and the comment `language:en-us` of some programs.
    private mutating func noteLanguage(_ line: Substring) {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard language == nil, parts.count == 2, parts[0].lowercased().split(separator: " ").last == "language" else { return }
        let code = String(parts[1]).trimmed
        if (2...20).contains(code.utf8.count), !code.contains(" ") { language = code }
    }

    static func isTiming(_ line: some StringProtocol) -> Bool { line.contains("-->") }

    /// Nil at the end of the file.
    mutating func next() -> Item? {
        while at < lines.count {
            let line = lines[at]
            if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
                at += 1
            } else if Self.isTiming(line) {
                return cue()
            } else if at + 1 < lines.count, Self.isTiming(lines[at + 1]) {
                // The cue's identifier.
                at += 1
            } else if isVTT, Self.isComment(line) {
                skipBlock { $0.noteLanguage($1) }
            } else {
                let first = at + 1
                skipBlock { _, _ in }
                return .rejected("a block without a timing line such as 00:00:02.460 --> 00:00:05.010", line: first)
            }
        }
        return nil
    }

    /// `NOTE …`, `STYLE`, `REGION`: nothing that anybody says.
    private static func isComment(_ line: Substring) -> Bool {
        let word = line.prefix { $0 != " " && $0 != "\t" }
        return word == "NOTE" || (word == "STYLE" || word == "REGION") && line.dropFirst(word.count).allSatisfy { $0 == " " || $0 == "\t" }
    }

    private mutating func skipBlock(_ see: (inout CaptionScanner, Substring) -> Void) {
        while at < lines.count, !lines[at].isEmpty, !Self.isTiming(lines[at]) {
            see(&self, lines[at])
            at += 1
        }
    }

    private mutating func cue() -> Item {
        let timing = CueTiming.read(lines[at])
        let number = at + 1
        at += 1
        var text = [String]()
        while at < lines.count, !lines[at].isEmpty, !Self.isTiming(lines[at]) {
            text.append(String(lines[at]))
            at += 1
        }
        // Without a blank line between cues, the last line is the number of the next one.
        if at < lines.count, Self.isTiming(lines[at]), let last = text.last, !last.isEmpty, last.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
            text.removeLast()
        }
        guard let (start, end) = timing else {
            return .rejected("a timing line that is not readable: write 00:00:02.460 --> 00:00:05.010", line: number)
        }
        return .cue(Cue(start: start, end: end, lines: text, line: number))
    }
}

/// `00:00:02.460 --> 00:00:05.010` with settings behind it.
enum CueTiming {
    /// Milliseconds; nil when the line is something else. Hours may be missing or have more than two digits; the fraction's
    /// sign is a point in WebVTT and a comma in SRT, and some programs mix them up.
    static func read(_ line: Substring) -> (start: Int64, end: Int64)? {
        var line = line
        return line.withUTF8 { bytes in
            var cursor = ByteCursor(bytes)
            cursor.skipSpace()
            guard let start = time(&cursor) else { return nil }
            cursor.skipSpace()
            guard cursor.skip(45), cursor.skip(45), cursor.skip(62) else { return nil }
            cursor.skipSpace()
            guard let end = time(&cursor), cursor.isAtEnd || cursor.current == 32 || cursor.current == 9 else { return nil }
            return (start, end)
        }
    }

    private static func time(_ cursor: inout ByteCursor) -> Int64? {
        var parts = [Int]()
        repeat {
            guard let part = cursor.number(limit: 9) else { return nil }
            parts.append(part.value)
        } while cursor.skip(58)
        guard parts.count == 2 || parts.count == 3, parts.suffix(2).allSatisfy({ $0 < 60 }) else { return nil }
        var milliseconds = 0
        if cursor.skip(46) || cursor.skip(44) {
            guard let nanoseconds = cursor.fraction() else { return nil }
            milliseconds = nanoseconds / 1_000_000
        }
        let seconds = parts.reduce(0) { $0 * 60 + $1 }
        return Int64(seconds * 1_000 + milliseconds)
    }

    /// `00:00:02.460`: offsets in ids, however the file writes them.
    static func text(_ milliseconds: Int64) -> String {
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let seconds = milliseconds / 1_000
        return
            "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(padded(milliseconds % 1_000, 3))"
    }
}
