/// Takes repetitions out of rolling captions, whose cues begin with the lines or words of the cue before.
struct RollingCaptions {
    private var previous: [String] = []
    private var previousEnd: Int64 = Int64.min
    /// Whether the file is known to repeat: only then is a cue that says nothing new a repetition and not an answer.
    private let isRolling: Bool

    /// - Parameter cues: lines and times of all cues, to see whether they roll.
    init(_ cues: [(lines: [String], start: Int64, end: Int64)]) {
        isRolling = zip(cues, cues.dropFirst()).contains { before, after in
            after.start - before.end < Self.longestGap
                && Self.fresh(after.lines, after: before.lines).map { !$0.isEmpty && $0 != after.lines } == true
        }
    }

    /// Milliseconds between a cue and its repetition at most.
    static let longestGap: Int64 = 1_500

    /// The lines that are new; empty when all of them were in the cue before.
    mutating func fresh(_ lines: [String], start: Int64, end: Int64) -> [String] {
        defer { (previous, previousEnd) = (lines, end) }
        guard !previous.isEmpty, start - previousEnd < Self.longestGap, let fresh = Self.fresh(lines, after: previous) else { return lines }
        return fresh.isEmpty && !isRolling ? lines : fresh
    }

    /// Lines without what the cue before ends with; nil when they repeat nothing.
    private static func fresh(_ lines: [String], after previous: [String]) -> [String]? {
        for count in stride(from: min(lines.count, previous.count), to: 0, by: -1)
        where previous.suffix(count).elementsEqual(lines.prefix(count)) { return Array(lines.dropFirst(count)) }
        // A last line that grows word by word.
        guard let last = previous.last, last.contains(" ") else { return nil }
        for count in stride(from: min(lines.count, previous.count), to: 0, by: -1)
        where previous.suffix(count).dropLast().elementsEqual(lines.prefix(count - 1)) {
            let line = lines[count - 1]
            guard line.hasPrefix(last), line.dropFirst(last.count).first?.isWhitespace == true else { continue }
            return [String(line.dropFirst(last.count)).trimmed] + lines.dropFirst(count)
        }
        return nil
    }
}
