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

    /// Made once: there are hundreds of phrases, and chats of ten lines.
    static let standard = Phrases()

    /// Bodies that are nothing but the phrase.
    fileprivate let exact: [String: Meaning]
    /// Lengths and outer bytes of the phrases in `exact`: nearly no other body has the same.
    private let exactFilter: [Bool]
    /// Last bytes of the phrases that stand for a medium: nearly no other body ends so.
    private let endFilter: [Bool]
    /// Beginnings of bodies, by their first byte.
    private let beginnings: [[Beginning]]
    /// First three bytes of `beginnings`: nearly no other body begins so.
    private let beginningFilter: [Bool]

    private struct Beginning {
        var bytes: [UInt8]
        var meaning: Meaning
        /// A number must follow, as in `Voice call, 3 min`.
        var needsNumber = false
        /// Longest body that may begin so.
        var limit = Int.max
        /// What it has to end with, but for a full stop.
        var end: [UInt8] = []

        func isEnded(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
            if end.isEmpty { return true }
            let sentence = body.last == UInt8(ascii: ".") ? body.dropLast() : body[...]
            return sentence.count >= bytes.count + end.count && sentence.suffix(end.count).elementsEqual(end)
        }
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
        var filter = Array(repeating: false, count: 1 << 16)
        for phrase in exact.keys { filter[Array(phrase.utf8).withUnsafeBufferPointer { Self.outline($0) }] = true }
        exactFilter = filter
        var ends = Array(repeating: false, count: 1 << 16)
        for case (let phrase, .media) in exact { ends[Array(phrase.utf8).withUnsafeBufferPointer { Self.ending($0) ?? 0 }] = true }
        endFilter = ends
        var beginnings: [[Beginning]] = Array(repeating: [], count: 256)
        let all =
            PhraseTable.all.flatMap(\.deletedByAdmin).map { phrase -> Beginning in
                let parts = phrase.utf8.split(separator: UInt8(ascii: "*"))
                return Beginning(
                    bytes: Array(parts[0]), meaning: .deleted, limit: phrase.utf8.count + 120, end: parts.count > 1 ? Array(parts[1]) : [])
            }
            + PhraseTable.all.flatMap(\.systemPrefixes).map { Beginning(bytes: Array($0.utf8), meaning: .system) }
            + PhraseTable.all.flatMap(\.callPrefixes).map { Beginning(bytes: Array($0.utf8), meaning: .system, needsNumber: true) }
        var starts = Array(repeating: false, count: 1 << 16)
        for beginning in all {
            beginnings[Int(beginning.bytes[0])].append(beginning)
            starts[beginning.bytes.withUnsafeBufferPointer { Self.opening($0) }] = true
            precondition(beginning.bytes.count >= 3, "bodies are compared by their first three bytes")
        }
        self.beginnings = beginnings
        beginningFilter = starts
    }

    /// A number below 2^16 made of a body's length and outer bytes.
    private static func outline(_ body: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = body.first, let last = body.last else { return 0 }
        return (body.count &* 0x9E37 ^ Int(first) &* 0x101 ^ Int(last) &* 0x3D) & 0xFFFF
    }

    /// A number below 2^16 made of a body's first three bytes, or of those that it has; 0 where that is no phrase's.
    private static func opening(_ body: UnsafeBufferPointer<UInt8>) -> Int {
        guard body.count >= 3 else { return 0 }
        return (Int(body[0]) << 9 ^ Int(body[1]) << 5 ^ Int(body[2])) & 0xFFFF
    }

    /// A number below 2^16 made of a body's last three bytes; nil when they do not tell, since a letter beyond ASCII can be written in two ways.
    fileprivate static func ending(_ body: UnsafeBufferPointer<UInt8>) -> Int? {
        guard body.count >= 3 else { return nil }
        let (a, b, c) = (body[body.count - 3], body[body.count - 2], body[body.count - 1])
        return a | b | c < 0x80 ? (Int(a) << 9 ^ Int(b) << 5 ^ Int(c)) & 0xFFFF : nil
    }

    /// Whether a body may end with the phrase for a medium, blanks behind it aside.
    func mayEndWithMedium(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
        var end = body.count
        while end > 0, body[end - 1] == 32 { end -= 1 }
        return Self.ending(UnsafeBufferPointer(rebasing: body[..<end])).map { endFilter[$0] } ?? true
    }

    private func mayEndWithMedium(_ body: String) -> Bool { body.utf8.withContiguousStorageIfAvailable { mayEndWithMedium($0) } ?? true }

    /// Meaning of a body that WhatsApp wrote; nil for a person's.
    func meaning(_ body: String) -> Meaning? {
        var body = body
        return body.withUTF8 { meaning($0) }
    }

    /// The same for the body's bytes, of which nearly always a few are looked at.
    func meaning(_ body: UnsafeBufferPointer<UInt8>) -> Meaning? {
        guard let first = body.first else { return nil }
        if exactFilter[Self.outline(body)], let meaning = exact[String(decoding: body, as: UTF8.self)] { return meaning }
        if first == UInt8(ascii: "<") { return Self.isBracketedPhrase(String(decoding: body, as: UTF8.self)) ? .media(kind: "media") : nil }
        if let last = body.last, last >= 48, last <= 57, Self.isLocation(body) { return .system }
        guard beginningFilter[Self.opening(body)] else { return nil }
        for beginning in beginnings[Int(first)] where body.count <= beginning.limit && ByteSearch.begins(body, with: beginning.bytes) {
            guard beginning.isEnded(body) else { continue }
            guard beginning.needsNumber else { return beginning.meaning }
            if body.count > beginning.bytes.count, body[beginning.bytes.count] &- 48 < 10 { return beginning.meaning }
        }
        return nil
    }

    /// A place that was shared, ` Helsinki (Helsinki): https://maps.google.com/?q=60.167850,24.952965`: nothing anybody typed.
    private static func isLocation(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
        let link: StaticString = ": https://maps.google.com/?q="
        let place = body.reversed().prefix { $0 >= 48 && $0 <= 57 || $0 == 44 || $0 == 45 || $0 == 46 }
        let name = body.dropLast(place.count)
        guard place.contains(44), name.count >= link.utf8CodeUnitCount else { return false }
        return name.suffix(link.utf8CodeUnitCount).elementsEqual(UnsafeBufferPointer(start: link.utf8Start, count: link.utf8CodeUnitCount))
    }

    /// `<Médias omis>` in a language that is not listed: one short phrase of at least two words in angle brackets, of one word in
    /// scripts that write no blanks. People do not write so; `<attached: x.jpg>` is a reference to a file.
    private static func isBracketedPhrase(_ body: String) -> Bool {
        guard body.utf8.count <= 160, body.count <= 60, body.utf8.last == UInt8(ascii: ">") else { return false }
        let inner = body.dropFirst().dropLast()
        guard inner.first?.isLetter == true, !inner.contains(where: { "<>:@/\n".contains($0) }) else { return false }
        // From Thai on: its script, and those of China, Japan and Korea.
        return inner.utf8.contains(32) || inner.unicodeScalars.count > 2 && inner.unicodeScalars.allSatisfy { $0.value >= 0x0E00 }
    }

    /// The body without a trailing mark that says it was edited, or nil.
    static func withoutEditedMark(_ body: String) -> String? {
        guard body.utf8.last == UInt8(ascii: ">") else { return nil }
        for mark in edited where body.hasSuffix(mark) { return String(body.dropLast(mark.count)).trimmed }
        return nil
    }

    /// Whether what stands before a colon is the beginning of a system line, such as `Ana changed the subject to "Sale`.
    static func isSystemStart(_ author: String) -> Bool { systemFragments.contains { author.contains($0) } }

    /// Whether what stands before a colon opens quotation marks and does not close them: the colon is then in the name of a group that WhatsApp
    /// tells of, `Ana changed the subject from "Sale`, in whatever language.
    static func opensQuotes(_ author: String) -> Bool {
        var closing: Character?
        var before: Character = " "
        for letter in author {
            if let end = closing {
                // What closes English quotation marks opens German ones, and the other way round.
                if letter == end || end == "“" && letter == "”" { closing = nil }
            } else if let end = quotes[letter], letter != "\"" || before == " " {
                closing = end
            }
            before = letter
        }
        return closing != nil
    }

    private static let quotes: [Character: Character] = ["\"": "\"", "“": "”", "”": "”", "„": "“", "«": "»", "»": "«", "「": "」", "『": "』"]

    private static let systemFragments = PhraseTable.all.flatMap(\.systemFragments)
    private static let edited = PhraseTable.all.flatMap(\.edited)
}

extension Phrases {
    /// iOS without media: `test_document • 2 pages document omitted`.
    func documentKind(_ body: String) -> Attachment? {
        guard body.utf8.count <= 400, mayEndWithMedium(body), !body.utf8.contains(10) else { return nil }
        guard let bullet = body.firstRange(of: " • ") else { return unpagedDocument(body) }
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

    /// A medium that was not exported, with what was written beside it: below the phrase on Android, `<Media omitted>`, before it on iOS, where a
    /// mark tells that nobody typed it.
    /// - Parameters:
    ///   - text: without the mark of an edit.
    ///   - isLineMarked: whether a mark stands before the whole entry.
    func captioned(_ text: String, _ hints: BodyHints, isLineMarked: () -> Bool) -> (kind: String, caption: String)? {
        if hints.mayBeginWithMedium, let end = text.utf8.firstIndex(of: 10), case .media(let kind)? = exact[String(text[..<end]).trimmed] {
            return (kind, String(text[text.utf8.index(after: end)...]).trimmed)
        }
        let text = text.trimmed
        guard let phrase = hints.untyped.map({ TextMarks.text($0).trimmed }), !phrase.isEmpty, text.hasSuffix(phrase) else { return nil }
        let caption = String(text.dropLast(phrase.count)).trimmed
        if case .media(let kind)? = exact[phrase] { return (kind, caption) }
        // In a language that is not listed, where iOS marks the whole line too.
        return !caption.isEmpty && Self.isFewWords(phrase) && isLineMarked() ? ("media", caption) : nil
    }

    /// Two to six words without any signs, or a phrase in a script that writes no blanks.
    private static func isFewWords(_ phrase: String) -> Bool {
        let scalars = phrase.unicodeScalars
        // Signs that belong to a letter, as in Hindi, are no letters.
        guard phrase.count <= 60, scalars.allSatisfy({ $0 == " " || $0.properties.isAlphabetic || $0.value >= 0x0300 && !$0.properties.isEmoji })
        else { return false }
        let words = phrase.split(separator: " ").count
        return 2...6 ~= words || words == 1 && scalars.count > 2 && scalars.allSatisfy { $0.value >= 0x0E00 }
    }

    /// The same of files that have no pages: `report.docx document omitted`.
    private func unpagedDocument(_ body: String) -> Attachment? {
        let bytes = body.utf8
        var from = bytes.startIndex
        while let point = bytes[from...].firstIndex(of: UInt8(ascii: ".")) {
            from = bytes.index(after: point)
            let ending = bytes[from...].prefix { $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 26 }
            guard (2...5).contains(ending.count), ending.endIndex < bytes.endIndex, bytes[ending.endIndex] == 32 else { continue }
            let rest = String(body[bytes.index(after: ending.endIndex)...])
            if case .media(let kind)? = exact[rest] { return Attachment(kind: kind, name: String(body[..<ending.endIndex])) }
        }
        return nil
    }
}
