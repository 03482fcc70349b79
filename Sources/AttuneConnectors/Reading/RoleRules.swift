import AttuneCore

/// Decides who a business's own people are: by what the record says, then by the configuration. Never by wording.
struct RoleRules {
    private let names: Set<String>
    private let domains: DomainNames
    private let roleNames: Set<String>
    private let roleMap: [String: Role]
    private let nameMarks: NameMarks
    /// Whether a configured name begins with `@`.
    let namesHandles: Bool

    init(_ configuration: ConnectorConfiguration) {
        // Numbers also as participants of chats have them: nobody writes a number as a platform does.
        names = Set(configuration.agentNames.map(Self.folded) + configuration.agentNames.compactMap(Participants.number))
        nameMarks = NameMarks(names)
        namesHandles = names.contains { $0.hasPrefix("@") }
        domains = DomainNames(configuration.agentDomains)
        roleNames = Set(configuration.agentRoleNames.map(Self.folded))
        roleMap = Dictionary(
            (configuration.mapping?.roleMap ?? [:]).map { (Self.folded($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Role of an explicit role name; nil when it means nothing to us.
    func role(named name: String) -> Role? {
        if let role = Role(rawValue: name) { return role }
        let name = Self.folded(name)
        if let role = roleMap[name] { return role }
        return roleNames.contains(name) ? .agent : Role(folded: name)
    }

    /// Role of a speaker who is named by a word for it, as in `Agent 1`; nil for names.
    func role(speaker: String) -> Role? { role(named: speaker) ?? role(named: Self.counted(speaker).word) }

    /// The word for a role and the name in `Agent 1`, `agent_1`, `AGENT (Tom)`; the number tells several of them apart, and stays in the name.
    static func counted(_ speaker: String) -> (word: String, name: String) {
        if speaker.hasSuffix(")"), let open = speaker.firstIndex(of: "("), open > speaker.startIndex {
            let name = String(speaker[speaker.index(after: open)...].dropLast()).trimmed
            return (String(speaker[..<open]).trimmed, name.isEmpty ? speaker : name)
        }
        var word = Substring(speaker)
        while let last = word.last, last.isNumber || " _-#.".contains(last) { word.removeLast() }
        return (String(word), speaker)
    }

    /// Role of an author of whom the record says nothing.
    func role(displayName: String?, identifiers: [Identifier] = [], default fallback: Role = .customer) -> Role {
        if let displayName, isAgent(name: displayName) { return .agent }
        if domains.isEmpty, names.isEmpty { return fallback }
        for identifier in identifiers {
            if isAgent(name: identifier.value) { return .agent }
            if identifier.kind == .email, domains.hold(domainOf: identifier.value) { return .agent }
        }
        return fallback
    }

    /// Whether the configuration says that holders of a platform's role are agents.
    func isAgentRole(_ name: String) -> Bool { !roleNames.isEmpty && roleNames.contains(Self.folded(name)) }

    /// Whether the configuration names anybody: otherwise `isAgent(name:)` need not be asked.
    var namesAnybody: Bool { !names.isEmpty }

    func isAgent(name: String) -> Bool { !names.isEmpty && nameMarks.mayHold(name) && names.contains(Self.folded(name)) }

    /// Compares names without case, direction marks and blanks around them.
    static func folded(_ name: String) -> String {
        if let plain = foldedASCII(name) { return plain }
        return TextMarks.removed(from: name).lowercased().trimming { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" || $0 == "~" }
    }

    /// What is left of a name of ASCII between the blanks and `~` around it.
    fileprivate static func kept(_ bytes: UnsafeBufferPointer<UInt8>) -> (start: Int, end: Int) {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] == 32 || bytes[start] == 126 { start += 1 }
        while start < end, bytes[end - 1] == 32 || bytes[end - 1] == 126 { end -= 1 }
        return (start, end)
    }

    /// Nil for a name with other characters.
    private static func foldedASCII(_ name: String) -> String? {
        var name = name
        return name.withUTF8 { bytes in
            guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            let (start, end) = kept(bytes)
            return String(unsafeUninitializedCapacity: end - start) { out in
                for i in start..<end { out[i - start] = bytes[i] &- 65 < 26 ? bytes[i] | 0x20 : bytes[i] }
                return end - start
            }
        }
    }
}

/// Domains in lower case.
private struct DomainNames {
    private let names: Set<String>
    /// A bit for length, first and last byte of each; all of them unless all are ASCII.
    private let marks: UInt64

    init(_ names: [String]) {
        self.names = Set(names)
        marks = names.reduce(0) { marks, name in
            var name = ContentIdentity.composed(name)
            return marks | name.withUTF8 { !$0.isEmpty && ByteSearch.largest(in: $0) < 0x80 ? NameMarks.mark($0, 0, $0.count) : ~0 }
        }
    }

    var isEmpty: Bool { names.isEmpty }

    /// Whether an address is of one of them: what stands behind its last `@`.
    func hold(domainOf address: String) -> Bool {
        var address = address
        let mayBe = address.withUTF8 { bytes in
            guard let sign = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
            let isASCII = ByteSearch.largest(in: UnsafeBufferPointer(rebasing: bytes[(sign + 1)...])) < 0x80
            return !isASCII || sign + 1 == bytes.count || marks & NameMarks.mark(bytes, sign + 1, bytes.count) != 0
        }
        guard mayBe, let sign = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return names.contains(address[address.index(after: sign)...].lowercased())
    }
}

/// Tells of nearly every name that it is none of a few folded ones, without folding and hashing it.
private struct NameMarks {
    /// A bit for length, first and last byte of each name.
    private var marks: UInt64 = 0
    private var isASCII = true

    init(_ names: Set<String>) {
        for name in names {
            // ASCII too where a letter beyond it stands for one: names are compared so.
            var name = ContentIdentity.composed(name)
            name.withUTF8 { bytes in
                if !bytes.isEmpty { marks |= Self.mark(bytes, 0, bytes.count) }
                if ByteSearch.largest(in: bytes) >= 0x80 { isASCII = false }
            }
        }
    }

    func mayHold(_ name: String) -> Bool {
        if let mayHold = name.utf8.withContiguousStorageIfAvailable(mayHold) { return mayHold }
        var name = name
        return name.withUTF8(mayHold)
    }

    private func mayHold(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Folding never makes ASCII of these letters: Latin ones with marks, and all that are not written in Latin.
        guard ByteSearch.largest(in: bytes) < 0x80 else {
            return !isASCII || !bytes.contains { 0xC3...0xC9 ~= $0 || 0xCE...0xDF ~= $0 || 0xE3...0xEE ~= $0 || $0 >= 0xF0 }
        }
        let (start, end) = RoleRules.kept(bytes)
        return start == end || marks & Self.mark(bytes, start, end) != 0
    }

    static func mark(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        func lower(_ byte: UInt8) -> Int { Int(byte &- 65 < 26 ? byte | 0x20 : byte) }
        return 1 &<< UInt64(((end - start) &* 31 &+ lower(bytes[start]) &* 7 &+ lower(bytes[end - 1])) & 63)
    }
}

extension Role {
    /// What a record calls a role, in the words of many systems and any case; nil when it means nothing to us.
    public init?(named name: String) { self.init(folded: RoleRules.folded(name)) }

    fileprivate init?(folded name: String) {
        if let role = Self.words[name] {
            self = role
        } else if let role = Self.words[name.filter { $0 != " " && $0 != "_" && $0 != "-" }] {
            self = role
        } else {
            return nil
        }
    }
}

extension String {
    /// Without the characters at both ends that satisfy `drop`, which must let ASCII letters and digits stand: it is not asked about them.
    func trimming(_ drop: (Character) -> Bool) -> String {
        let ends = utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            return Self.isAlphanumeric(first) && Self.isAlphanumeric(last)
        }
        if ends == true { return self }
        guard let first = firstIndex(where: { !drop($0) }), let last = lastIndex(where: { !drop($0) }) else { return "" }
        return first == startIndex && last == index(before: endIndex) ? self : String(self[first...last])
    }

    /// White space of ASCII.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 }

    /// Whether it has nothing but blanks and control characters of ASCII.
    var isBlank: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes where byte > 32 { return false }
            return true
        } ?? utf8.allSatisfy { $0 <= 32 }
    }

    /// Without blanks and line ends at both ends.
    var trimmed: String {
        // Nearly all begin and end with a letter, a digit or a sign of ASCII.
        let isTrimmed = utf8.withContiguousStorageIfAvailable { $0.isEmpty || $0[0] &- 33 < 94 && $0[$0.count - 1] &- 33 < 94 }
        return isTrimmed == true ? self : withoutBlanks
    }

    private var withoutBlanks: String {
        // ASCII at both ends, as nearly all texts have it, decides by itself.
        let kept: Range<Int>?? = utf8.withContiguousStorageIfAvailable { bytes in
            var (start, end) = (0, bytes.count)
            while start < end, Self.isBlank(bytes[start]) { start += 1 }
            while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
            return start == end || bytes[start] < 0x80 && bytes[end - 1] < 0x80 ? start..<end : nil
        }
        if let kept = kept.flatMap({ $0 }) {
            if kept.count == utf8.count { return self }
            let start = utf8.index(startIndex, offsetBy: kept.lowerBound)
            return String(self[start..<utf8.index(start, offsetBy: kept.count)])
        }
        return trimming { $0.isWhitespace }
    }
}
