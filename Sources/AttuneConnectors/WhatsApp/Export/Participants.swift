import AttuneCore

/// The people of a chat, by their names as the export writes them.
struct Participants {
    struct Person {
        /// Without marks and `~`, blanks folded.
        var name: String
        var phone: String?
        /// Messages in this file.
        var count = 0
    }

    private(set) var people: [Person] = []
    /// By the bytes of the export, which differ by marks and blanks.
    private var indexes: [String: Int] = [:]
    private var byName: [String: Int] = [:]
    /// The names of the last few entries, so that nearly no string is made.
    private var recent: [(bytes: [UInt8], index: Int)] = []
    private static let recentLimit = 4

    /// Index of the person whose name stands in these bytes.
    mutating func index(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        for entry in recent where ByteSearch.equal(name, entry.bytes) { return entry.index }
        let raw = String(decoding: name, as: UTF8.self)
        let index = indexes[raw] ?? add(raw)
        if recent.count == Self.recentLimit { recent.removeFirst() }
        recent.append((Array(name), index))
        return index
    }

    mutating func count(_ index: Int) { people[index].count += 1 }

    private mutating func add(_ raw: String) -> Int {
        let name = Self.normalised(raw)
        let index = byName[name] ?? people.count
        if index == people.count {
            people.append(Person(name: name, phone: Self.phone(name)))
            byName[name] = index
        }
        indexes[raw] = index
        return index
    }

    /// Strips direction marks, blanks around and the `~` before names that are not in the address book.
    private static func normalised(_ raw: String) -> String {
        let text = TextMarks.removed(from: raw).replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ").trimmed
        return text.hasPrefix("~") ? String(text.dropFirst()).trimmed : text
    }

    /// The phone number that a name is, however it is written; nil for a name.
    static func number(_ raw: String) -> String? { phone(normalised(raw)) }

    /// A number: E.164 when it has a `+`, else its digits. Nil for a name.
    private static func phone(_ name: String) -> String? {
        let allowed = name.unicodeScalars.allSatisfy { "0123456789 +-()\u{2011}".unicodeScalars.contains($0) }
        let digits = name.filter { $0 >= "0" && $0 <= "9" }
        guard allowed, digits.count >= 5 else { return nil }
        return name.hasPrefix("+") ? "+" + digits : digits
    }
}
