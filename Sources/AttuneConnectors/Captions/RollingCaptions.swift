/// Takes repetitions out of rolling captions, whose cues begin with the lines or words of the cue before.
struct RollingCaptions {
    private var previous: [String] = []
    private var speaker: String?
    private var previousEnd: Int64 = Int64.min
    /// Whether the file is known to repeat: only then is a cue that says nothing new a repetition and not an answer.
    private let isRolling: Bool

    /// A cue's lines, who its voice tag says speaks them, and its time in milliseconds.
    typealias Lines = (speaker: String?, lines: [String], start: Int64, end: Int64)

    /// - Parameter cues: all of them, to see whether they roll.
    init(_ cues: [Lines]) {
        isRolling = zip(cues, cues.dropFirst()).contains { before, after in
            after.start - before.end < Self.longestGap && after.speaker == before.speaker
                && Self.fresh(after.lines, after: before.lines).map { !$0.isEmpty } == true
        }
    }

    /// Milliseconds between a cue and its repetition at most.
    static let longestGap: Int64 = 1_500

    /// The lines that are new; empty when all of them were in the cue before.
    mutating func fresh(_ cue: Lines) -> [String] {
        let (lines, start) = (cue.lines, cue.start)
        defer { (previous, speaker, previousEnd) = (lines, cue.speaker, cue.end) }
        guard !previous.isEmpty, speaker == cue.speaker, start - previousEnd < Self.longestGap, let fresh = Self.fresh(lines, after: previous) else {
            return lines
        }
        return fresh.isEmpty && !isRolling ? lines : fresh
    }

    /// Captions repeat lines byte by byte, so that their lengths tell nearly all others apart.
    private static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.count == b.utf8.count && a == b }

    /// Lines without what the cue before ends with; nil when they repeat nothing.
    private static func fresh(_ lines: [String], after previous: [String]) -> [String]? {
        for count in stride(from: min(lines.count, previous.count), to: 0, by: -1)
        where previous.suffix(count).elementsEqual(lines.prefix(count), by: isSame) { return Array(lines.dropFirst(count)) }
        // A last line that grows word by word.
        guard let last = previous.last, last.utf8.contains(32) else { return nil }
        for count in stride(from: min(lines.count, previous.count), to: 0, by: -1)
        where previous.suffix(count).dropLast().elementsEqual(lines.prefix(count - 1), by: isSame) {
            let line = lines[count - 1]
            guard line.utf8.starts(with: last.utf8), line.hasPrefix(last), line.dropFirst(last.count).first?.isWhitespace == true else { continue }
            return [String(line.dropFirst(last.count)).trimmed] + lines.dropFirst(count)
        }
        return nil
    }
}
