import AttuneCore

/// Decides which `Name: ` at the beginning of a line is a speaker: names that the configuration knows, and without such a
/// list also names and phone numbers that begin several lines. `Note: …`, which occurs once, is text.
struct SpeakerPrefixes {
    private let known: Set<String>
    private let isClosed: Bool
    private var counts: [String: Int] = [:]
    /// Longest name, in characters; more words are a sentence.
    private static let longestName = 60
    /// Bytes before a colon in which a configured name is looked for.
    private static let longestKnown = 512

    init(_ configuration: ConnectorConfiguration) {
        known = Set((configuration.speakers + configuration.agentNames + configuration.channelRoles.keys).map(RoleRules.folded))
        isClosed = !configuration.speakers.isEmpty
    }

    /// Counts the names that may begin a cue's lines.
    mutating func meet(_ lines: [String]) {
        for line in lines {
            if let name = split(line)?.name { counts[RoleRules.folded(name), default: 0] += 1 }
        }
    }

    /// The speaker of a line and what they say; nil when the line names none.
    func speaker(_ line: String) -> (name: String, text: String)? {
        guard let (name, text, isKnown) = split(line) else { return nil }
        return isKnown || !isClosed && counts[RoleRules.folded(name), default: 0] > 1 ? (name, text) : nil
    }

    /// The speaker of a line behind `>>`, which says that one follows.
    func marked(_ line: String) -> (name: String, text: String)? { split(line).map { ($0.name, $0.text) } }

    /// The speaker whom a cue names in brackets on its first line, as Google Meet does: `(Ann B)`.
    static func label(_ lines: [String]) -> String? {
        guard lines.count > 1, let first = lines.first, first.hasPrefix("("), first.hasSuffix(")") else { return nil }
        return name(String(first.dropFirst().dropLast()))
    }

    /// Whether a line may begin with the name of somebody we do not know: `Robert "Bob" Lee: …`, too.
    func mayNameSomebody(_ line: String) -> Bool {
        if isClosed { return false }
        return split(line) != nil || line.utf8.contains(UInt8(ascii: "\"")) && split(line.filter { $0 != "\"" }) != nil
    }

    /// `Name: text`, `[Name]: text`, `Name:`, `>> Name: text`.
    private func split(_ line: String) -> (name: String, text: String, isKnown: Bool)? {
        var line = line
        return line.withUTF8 { split($0) }
    }

    private func split(_ line: UnsafeBufferPointer<UInt8>) -> (name: String, text: String, isKnown: Bool)? {
        guard let (colon, end) = Self.colon(line) else { return nil }
        let (before, rest) = (line[..<colon], line[end...])
        if end == colon + 1, let next = rest.first, next > 32 {
            // Blanks beyond ASCII take two bytes or more.
            guard next >= 0x80, String(decoding: rest.prefix(4), as: UTF8.self).first?.isWhitespace == true else { return nil }
        }
        let text = String(decoding: rest, as: UTF8.self).trimmed
        // Whatever is configured is a name, also what does not look like one.
        if !known.isEmpty, before.count <= Self.longestKnown {
            let name = Self.bare(String(decoding: before, as: UTF8.self))
            if known.contains(RoleRules.folded(name)) { return (name, text, true) }
        }
        let isASCII = before.allSatisfy { $0 < 0x80 }
        guard let name = isASCII ? Self.plainName(before) : Self.name(String(decoding: before, as: UTF8.self)) else { return nil }
        return (name, text, false)
    }

    /// Where the first colon, also a wide one, is and ends.
    private static func colon(_ line: UnsafeBufferPointer<UInt8>) -> (start: Int, end: Int)? {
        for at in line.indices {
            if line[at] == 58 { return (at, at + 1) }
            if line[at] == 0xEF, at + 2 < line.count, line[at + 1] == 0xBC, line[at + 2] == 0x9A { return (at, at + 3) }
        }
        return nil
    }

    /// A name without what may stand around it.
    private static func bare(_ text: String) -> String {
        let name = text.trimming { $0.isWhitespace || $0 == ">" || $0 == "-" }
        return name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()).trimmed : name
    }

    private static func name(_ text: String) -> String? {
        let name = bare(text)
        guard let first = name.first, first.isLetter, name.count <= longestName, name.split(separator: " ").count <= mostWords,
            !name.contains(where: { "?!;\"<>".contains($0) })
        else { return nil }
        return name
    }

    private static let mostWords = 6

    /// The same for ASCII, which nearly all names are.
    private static func plainName(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        func trimmed(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ drop: (UInt8) -> Bool) -> Slice<UnsafeBufferPointer<UInt8>> {
            var text = text.drop(while: drop)
            while let last = text.last, drop(last) { text.removeLast() }
            return text
        }
        var name = trimmed(text) { $0 == 32 || $0 >= 9 && $0 <= 13 || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "-") }
        if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]"), name.count >= 2 {
            name = trimmed(name.dropFirst().dropLast()) { $0 == 32 || $0 >= 9 && $0 <= 13 }
        }
        guard let first = name.first, name.count <= longestName else { return nil }
        guard HTMLTokenizer.isLetter(first) else { return isPhone(name) ? String(decoding: name, as: UTF8.self) : nil }
        var (words, isInWord) = (0, false)
        for byte in name {
            switch byte {
            case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): return nil
            case 32: isInWord = false
            default:
                if !isInWord { words += 1 }
                isInWord = true
            }
        }
        return words <= mostWords ? String(decoding: name, as: UTF8.self) : nil
    }

    /// Whether somebody takes part by phone: `+44 7700 900123`, `14155550100`. Fewer digits may be a date.
    private static func isPhone(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var digits = 0
        for byte in name {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "+") where digits == 0: break
            case 32, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"): break
            default: return false
            }
        }
        return digits <= 15 && digits >= (name.first == UInt8(ascii: "+") ? 7 : 10)
    }
}
