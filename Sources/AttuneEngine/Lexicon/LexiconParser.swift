/// Reads lexicon files: UTF-8, tab-separated, with `# attune-lexicon: KIND` and `# language: CODE` in the header.
///
/// A line that cannot be used is told with its number and left out; the rest of the file is used.
public struct LexiconParser {
    /// Words of a phrase: matching looks this far from every word of a text.
    public static let mostWords = 10
    /// Letters before the `*` of a prefix; shorter ones catch words they do not mean.
    public static let shortestPrefix = 4

    public private(set) var entries: [LexiconEntry] = []
    /// Where each entry stands, counted from 1.
    public private(set) var lines: [Int] = []
    public private(set) var problems: [LexiconProblem] = []

    private let source: String
    private var kind: LexiconEntry.Kind?
    private var language: String?
    private var line = 0
    /// Terms with their labels, and the line each stood in first.
    private let keys = Vocabulary()
    private var firstLines: [Int] = []
    private var isHeaderTold = false

    public init(_ source: LexiconSource) {
        self.source = source.name
        for bytes in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            read(bytes.last == 0x0D ? bytes.dropLast() : bytes)
        }
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>) {
        // A byte-order mark, as spreadsheets write it.
        let bytes = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        guard let first = bytes.first else { return }
        guard let text = String(validating: bytes, as: UTF8.self) else { return tell("not UTF-8; save the file as UTF-8") }
        if first == UInt8(ascii: "#"), !bytes.contains(0x09) || bytes.dropFirst().first == UInt8(ascii: " ") {
            readHeader(text)
        } else {
            readEntry(bytes)
        }
    }

    private mutating func readHeader(_ text: String) {
        if let value = Self.value(of: "# attune-lexicon:", in: text) {
            // Emoji lexicons have their own name and are valence lexicons.
            kind = value == "emoji" ? .valence : LexiconEntry.Kind(rawValue: value)
            if kind == nil {
                tell("unknown kind `\(value)`; use one of \(LexiconEntry.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
                isHeaderTold = true
            }
        } else if let value = Self.value(of: "# language:", in: text) {
            language = value
        }
    }

    private static func value(of key: String, in text: String) -> String? {
        guard text.utf8.starts(with: key.utf8) else { return nil }
        let rest = text.utf8.dropFirst(key.utf8.count).drop { $0 == 0x20 || $0 == 0x09 }
        return String(Substring(rest.prefix { $0 != 0x20 && $0 != 0x09 }))
    }

    private mutating func readEntry(_ bytes: ArraySlice<UInt8>) {
        guard let kind, let language, !language.isEmpty else {
            if !isHeaderTold { tell("no `# attune-lexicon: KIND` and `# language: CODE` above the first term; add both lines") }
            isHeaderTold = true
            return
        }
        let columns = bytes.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        let wantsLabel = !kind.labels.isEmpty
        let wantsWeight = kind.weights != nil
        let expected = 1 + (wantsLabel ? 1 : 0) + (wantsWeight ? 1 : 0)
        guard columns.count == expected else {
            let names = ["term"] + (wantsLabel ? ["label"] : []) + (wantsWeight ? ["weight"] : [])
            return tell("\(columns.count) columns; a \(kind.rawValue) line is \(names.joined(separator: " TAB "))")
        }
        let label = wantsLabel ? columns[1] : ""
        guard !wantsLabel || kind.labels.contains(label) else {
            return tell("unknown label `\(label)`; use one of \(kind.labels.joined(separator: ", "))")
        }
        guard let weight = weight(columns[expected - 1], kind), isTerm(columns[0]) else { return }
        add(LexiconEntry(language: language, kind: kind, term: columns[0], label: label, weight: weight))
    }

    private mutating func weight(_ column: String, _ kind: LexiconEntry.Kind) -> Float? {
        guard let range = kind.weights else { return 1 }
        guard let weight = Float(column), range.contains(weight) else {
            tell("`\(column)` is no weight; write a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return weight
    }

    private mutating func isTerm(_ term: String) -> Bool {
        let spaces = term.utf8.reduce(into: (count: 0, doubled: 0, last: UInt8(0x20))) { found, byte in
            if byte == 0x20 { found.count += 1 }
            if byte == 0x20, found.last == 0x20 { found.doubled += 1 }
            found.last = byte
        }
        if spaces.last == 0x20 || spaces.doubled > 0 {
            tell("the term is empty or has spaces too many; write words with one space between them")
            return false
        }
        if spaces.count + 1 > Self.mostWords {
            tell("a phrase of \(spaces.count + 1) words; shorten it to \(Self.mostWords)")
            return false
        }
        if Self.isPrefix(term), term.unicodeScalars.count - 1 < Self.shortestPrefix {
            tell("`\(term)` would match too many words; write at least \(Self.shortestPrefix) letters before the *")
            return false
        }
        return true
    }

    /// `disappoint*`; `*sigh*` is a word between asterisks and `:*` a face.
    static func isPrefix(_ term: String) -> Bool {
        guard let first = term.utf8.first, let last = term.utf8.last, last == UInt8(ascii: "*") else { return false }
        return (first >= 0x61 && first <= 0x7A || first >= 0x41 && first <= 0x5A || first >= 0x80) && !term.utf8.contains(0x20)
    }

    private mutating func add(_ entry: LexiconEntry) {
        var key = Array(entry.term.utf8)
        key.append(0x09)
        key.append(contentsOf: entry.label.utf8)
        let place = Int(key.withUnsafeBufferPointer { keys.insert($0) }) - 1
        if place == firstLines.count {
            firstLines.append(line)
        } else {
            tell("`\(entry.term)` stands already in line \(firstLines[place]); keep one of them (this one is used)")
        }
        entries.append(entry)
        lines.append(line)
    }

    private mutating func tell(_ message: String) {
        problems.append(LexiconProblem(source: source, line: line, message: message))
    }
}
