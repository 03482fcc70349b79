import AttuneCore
import Foundation

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
    /// Where names of the last few entries stand, so that nearly none is searched for and made a string.
    private var recent: [Place] = []
    private static let recentLimit = 4

    private struct Place {
        var start: Int
        var count: Int
        var index: Int
    }

    /// The person whose name, as it was written a few entries before, stands at `start` with a colon and a blank behind it, and where the
    /// name ends.
    @inline(__always)
    func recent(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, limit: Int) -> (index: Int, end: Int, isMarked: Bool)? {
        guard let base = bytes.baseAddress else { return nil }
        for place in recent {
            let end = start + place.count
            guard end + 2 < limit, base[end] == 0x3A, base[end + 1] == 0x20, memcmp(base + start, base + place.start, place.count) == 0 else {
                continue
            }
            return (place.index, end, TextMarks.isLeftToRight(bytes, at: start) && place.count > 3)
        }
        return nil
    }

    /// Index of the person whose name is these bytes.
    /// - Parameter start: where they stand in the file.
    mutating func index(_ name: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        let raw = String(decoding: name, as: UTF8.self)
        let index = indexes[raw] ?? add(raw)
        // With a colon in it, what stands behind decides where the name ends.
        if ByteSearch.first(0x3A, in: name, from: 0, to: name.count) == nil {
            if recent.count == Self.recentLimit { recent.removeFirst() }
            recent.append(Place(start: start, count: name.count, index: index))
        }
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
