/// Reads lexicon files: UTF-8, tab-separated, with `# attune-lexicon: KIND` and `# language: CODE` in the header.
///
/// A line that cannot be used is told with its number and left out; the rest of the file is used.
public struct LexiconParser: Sendable {
    /// Words of a phrase: matching looks this far from every word of a text.
    public static let mostWords = 8
    /// Letters before the `*` of a prefix; shorter ones catch words they do not mean.
    public static let shortestPrefix = 4

    public private(set) var entries: [LexiconEntry] = []
    public private(set) var problems: [LexiconProblem] = []

    private let source: String
    private var kind: LexiconEntry.Kind?
    private var language: String?
    private var line = 0
    private var firstLines: [String: Int] = [:]
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
        guard !bytes.isEmpty else { return }
        guard let text = String(validating: bytes, as: UTF8.self) else { return tell("not UTF-8; save the file as UTF-8") }
        if text.utf8.first == UInt8(ascii: "#"), !text.utf8.contains(0x09) || text.utf8.dropFirst().first == UInt8(ascii: " ") {
            readHeader(text)
        } else {
            readEntry(text)
        }
    }

    private mutating func readHeader(_ text: String) {
        if let value = Self.value(of: "# attune-lexicon:", in: text) {
            kind = LexiconEntry.Kind(rawValue: value)
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

    private mutating func readEntry(_ text: String) {
        guard let kind, let language, !language.isEmpty else {
            if !isHeaderTold { tell("no `# attune-lexicon: KIND` and `# language: CODE` above the first term; add both lines") }
            isHeaderTold = true
            return
        }
        let columns = text.utf8.split(separator: 0x09, omittingEmptySubsequences: false).map { String(Substring($0)) }
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
        let words = term.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        if term.isEmpty || words.contains(where: \.isEmpty) {
            tell("the term is empty or has spaces too many; write words with one space between them")
            return false
        }
        if words.count > Self.mostWords {
            tell("a phrase of \(words.count) words; shorten it to \(Self.mostWords)")
            return false
        }
        if words.count == 1, Self.isPrefix(term), term.unicodeScalars.count - 1 < Self.shortestPrefix {
            tell("`\(term)` would match too many words; write at least \(Self.shortestPrefix) letters before the *")
            return false
        }
        return true
    }

    /// `disappoint*`; `*sigh*` is a word between asterisks.
    static func isPrefix(_ term: String) -> Bool {
        term.utf8.last == UInt8(ascii: "*") && term.utf8.first != UInt8(ascii: "*") && !term.utf8.contains(0x20)
    }

    private mutating func add(_ entry: LexiconEntry) {
        let key = "\(entry.term)\t\(entry.label)"
        if let first = firstLines[key] { tell("`\(entry.term)` stands already in line \(first); keep one of them (this one is used)") }
        firstLines[key] = line
        entries.append(entry)
    }

    private mutating func tell(_ message: String) {
        problems.append(LexiconProblem(source: source, line: line, message: message))
    }
}
