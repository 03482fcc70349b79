import AttuneCore

/// What WhatsApp writes into exports besides what people wrote, in the languages of `PhraseTable.all`. Texts are compared without direction marks.
struct Phrases {
    enum Meaning: Hashable {
        case media(kind: String)
        case deleted
        /// Calls, encryption notices, locations.
        case system
        /// `null`, `Waiting for this message`.
        case unavailable
    }

    /// Bodies that are nothing but the phrase.
    fileprivate let exact: [String: Meaning]
    /// Lengths and outer bytes of the phrases in `exact`: nearly no other body has the same.
    private let exactFilter: Set<Outline>
    /// Beginnings of bodies, by their first byte.
    private let beginnings: [[Beginning]]

    private struct Outline: Hashable {
        var count: Int
        var first: UInt8
        var last: UInt8
    }

    private struct Beginning {
        var bytes: [UInt8]
        var meaning: Meaning
        /// A number must follow, as in `Voice call, 3 min`.
        var needsNumber = false
        /// Longest body that may begin so.
        var limit = Int.max
    }

    init() {
        var exact: [String: Meaning] = [:]
        func add(_ phrases: [String], _ meaning: Meaning) {
            for phrase in phrases {
                let first = phrase.prefix(1)
                for variant in [phrase, first.uppercased() + phrase.dropFirst(), first.lowercased() + phrase.dropFirst()] {
                    exact[variant] = meaning
                    if meaning == .deleted { exact[variant + "."] = meaning }
                }
            }
        }
        for table in PhraseTable.all {
            for (kind, phrases) in table.omitted { add(phrases, .media(kind: kind)) }
            add(table.deleted, .deleted)
            add(table.systemBodies, .system)
            add(table.unavailable, .unavailable)
        }
        self.exact = exact
        exactFilter = Set(exact.keys.compactMap { Self.outline($0) })
        var beginnings: [[Beginning]] = Array(repeating: [], count: 256)
        let all =
            PhraseTable.all.flatMap(\.deletedByAdmin).map { Beginning(bytes: Array($0.utf8), meaning: .deleted, limit: $0.utf8.count + 120) }
            + PhraseTable.all.flatMap(\.systemPrefixes).map { Beginning(bytes: Array($0.utf8), meaning: .system) }
            + PhraseTable.all.flatMap(\.callPrefixes).map { Beginning(bytes: Array($0.utf8), meaning: .system, needsNumber: true) }
        for beginning in all { beginnings[Int(beginning.bytes[0])].append(beginning) }
        self.beginnings = beginnings
    }

    private static func outline(_ body: String) -> Outline? {
        guard let first = body.utf8.first, let last = body.utf8.last else { return nil }
        return Outline(count: body.utf8.count, first: first, last: last)
    }

    /// Meaning of a body that WhatsApp wrote; nil for a person's.
    func meaning(_ body: String) -> Meaning? {
        guard let outline = Self.outline(body) else { return nil }
        if exactFilter.contains(outline), let meaning = exact[body] { return meaning }
        if outline.first == UInt8(ascii: "<") { return Self.isBracketedPhrase(body) ? .media(kind: "media") : nil }
        if outline.last >= 48, outline.last <= 57, Self.isLocation(body) { return .system }
        for beginning in beginnings[Int(outline.first)] where outline.count <= beginning.limit && body.utf8.starts(with: beginning.bytes) {
            guard beginning.needsNumber else { return beginning.meaning }
            if let next = body.utf8.dropFirst(beginning.bytes.count).first, next >= 48, next <= 57 { return beginning.meaning }
        }
        return nil
    }

    /// A place that was shared, ` Helsinki (Helsinki): https://maps.google.com/?q=60.167850,24.952965`: nothing anybody typed.
    private static func isLocation(_ body: String) -> Bool {
        let link = Array(": https://maps.google.com/?q=".utf8)
        let place = body.utf8.reversed().prefix { $0 >= 48 && $0 <= 57 || $0 == 44 || $0 == 45 || $0 == 46 }
        return place.contains(44) && body.utf8.dropLast(place.count).suffix(link.count).elementsEqual(link)
    }

    /// `<Médias omis>` in a language that is not listed: one short phrase of at least two words in angle brackets.
    private static func isBracketedPhrase(_ body: String) -> Bool {
        let bytes = body.utf8
        return bytes.count <= 60 && bytes.last == UInt8(ascii: ">") && bytes.contains(32) && !bytes.contains(10)
            && bytes.dropFirst().first != UInt8(ascii: " ") && !body.dropFirst().contains("<") && !body.contains("http")
            && body.dropFirst().first?.isUppercase == true
    }

    /// The body without a trailing mark that says it was edited, or nil.
    static func withoutEditedMark(_ body: String) -> String? {
        guard body.utf8.last == UInt8(ascii: ">") else { return nil }
        for mark in edited where body.hasSuffix(mark) { return String(body.dropLast(mark.count)).trimmed }
        return nil
    }

    /// Whether what stands before a colon is the beginning of a system line, such as `Ana changed the subject to "Sale`.
    static func isSystemStart(_ author: String) -> Bool { systemFragments.contains { author.contains($0) } }

    private static let systemFragments = PhraseTable.all.flatMap(\.systemFragments)
    private static let edited = PhraseTable.all.flatMap(\.edited)
}

extension Phrases {
    /// iOS without media: `test_document • 2 pages document omitted`.
    func documentKind(_ body: String) -> Attachment? {
        guard body.utf8.count <= 400, !body.utf8.contains(10), let bullet = body.firstRange(of: " • ") else { return nil }
        let rest = body[bullet.upperBound...]
        var words = rest.split(separator: " ")
        while !words.isEmpty {
            if case .media(let kind)? = exact[words.joined(separator: " ")] {
                return Attachment(kind: kind, name: String(body[..<bullet.lowerBound]))
            }
            words.removeFirst()
        }
        return nil
    }
}
