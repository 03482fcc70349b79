/// Looks for lines of lexicons that cannot be used, that nothing can find, or that say two things.
public struct LexiconCheck {
    /// Where an entry stands.
    private struct Place {
        var source: String
        var line: Int
        var entry: LexiconEntry
        var description: String { "\(source):\(line)" }
    }

    /// In the order of sources and lines.
    private(set) var findings: [LexiconFinding] = []
    private var reader = TermReader()
    /// By what makes entries one: language, kind, label and term.
    private var written: [String: Place] = [:]
    /// By what makes them one to the tokeniser: language, layer, label and tokens.
    private var read: [String: Place] = [:]
    /// Valence, idioms and modifiers by language and tokens.
    private var values: [String: [Place]] = [:]

    private init() {}

    public static func findings(_ sources: [LexiconSource]) -> [LexiconFinding] {
        var check = LexiconCheck()
        for source in sources { check.check(source) }
        return check.findings
    }

    private mutating func check(_ source: LexiconSource) {
        let parser = LexiconParser(source)
        let start = findings.count
        for problem in parser.problems {
            findings.append(.init(source: problem.source, line: problem.line, rule: .unusable, message: problem.message))
        }
        for (entry, line) in zip(parser.entries, parser.lines) { check(Place(source: source.name, line: line, entry: entry)) }
        findings[start...].sort { ($0.line, $0.rule.rawValue, $0.message) < ($1.line, $1.rule.rawValue, $1.message) }
    }

    private mutating func check(_ place: Place) {
        let entry = place.entry
        let forms = reader.forms(of: entry.term)
        if let reason = TermReader.unreachable(entry.term, forms) { return tell(place, .unreachable, reason) }
        let tokens = forms.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") + (LexiconParser.isPrefix(entry.term) ? "*" : "")
        checkRepetition(place, tokens)
        let value = entry.kind == .modifier ? 0 : entry.weight
        guard entry.kind == .modifier || (entry.kind == .valence || entry.kind == .idiom) && value != 0 else { return }
        let key = "\(entry.language)\t\(tokens)"
        for other in values[key] ?? [] { checkMeaning(place, other) }
        values[key, default: []].append(place)
    }

    private mutating func checkRepetition(_ place: Place, _ tokens: String) {
        let entry = place.entry
        let label = "\(entry.language)\t\(entry.kind.rawValue)\t\(entry.label)\t"
        let known = written.updateValue(place, forKey: label + entry.term)
        // Within a file the parser has told it.
        if let known, known.source != place.source {
            let says = known.entry.weight == entry.weight ? "says the same" : "says \(known.entry.weight)"
            tell(place, .duplicate, "`\(entry.term)` stands already in \(known.description), which \(says); keep one of them (this one is used)")
        }
        if let same = read.updateValue(place, forKey: label + tokens), same.entry.term != entry.term {
            tell(
                place, .hidden,
                "`\(entry.term)` and `\(same.entry.term)` of \(same.description) are one to the tokeniser; keep one of them (this one is used)")
        }
    }

    private mutating func checkMeaning(_ place: Place, _ other: Place) {
        let (entry, known) = (place.entry, other.entry)
        if entry.kind != .modifier, known.kind != .modifier {
            guard (entry.weight < 0) != (known.weight < 0) else { return }
            tell(place, .contradiction, "`\(entry.term)` is \(entry.weight) here and \(known.weight) in \(other.description); take one away")
        } else if entry.kind == .modifier, known.kind == .modifier {
            guard entry.label != known.label else { return }
            tell(place, .ambiguous, "`\(entry.term)` is \(entry.label) here and \(known.label) in \(other.description); both act")
        } else {
            let (modifier, value) = entry.kind == .modifier ? (entry, known) : (known, entry)
            tell(
                place, .ambiguous,
                "`\(entry.term)` is \(modifier.label) and a \(value.kind.rawValue) of \(value.weight), see \(other.description); it acts as a modifier where something follows"
            )
        }
    }

    private mutating func tell(_ place: Place, _ rule: LexiconFinding.Rule, _ message: String) {
        findings.append(.init(source: place.source, line: place.line, rule: rule, message: message))
    }
}
