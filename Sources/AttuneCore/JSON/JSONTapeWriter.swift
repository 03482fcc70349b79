/// Writes the tape of one value.
///
/// All that changes with every byte is in variables of one function, where it stays in registers: that is worth a third of the time.
struct JSONTapeWriter {
    typealias Entry = JSONDocument.Entry

    private(set) var cursor: JSONCursor
    private(set) var entries: UnsafeMutablePointer<Entry>
    private(set) var capacity: Int
    private let base: UnsafePointer<UInt8>

    private static let none = UInt32.max

    init(_ base: UnsafePointer<UInt8>, count: Int, entries: UnsafeMutablePointer<Entry>, capacity: Int) {
        self.base = base
        self.entries = entries
        self.capacity = capacity
        cursor = JSONCursor(at: base, end: base + count)
    }

    /// False when the text does not begin with a well-formed value.
    mutating func writeValue() -> Bool {
        let base = base
        var (cursor, entries, capacity) = (cursor, entries, capacity)
        defer { (self.cursor, self.entries, self.capacity) = (cursor, entries, capacity) }
        var count = 0
        // The innermost open container; its `next` is the one around it until it is closed.
        var open = Self.none
        var (isObject, depth) = (false, 0)
        // The last name of that container, if it is an object that has one.
        var lastName = 0

        while true {
            // A name's entry and that of its value.
            if count &+ 2 > capacity {
                entries = Self.grown(entries, count: count, to: 2 * capacity)
                capacity = 2 * capacity
            }
            if isObject {
                let start = cursor.at
                guard cursor.current == UInt8(ascii: "\""), let kind = cursor.string() else { return false }
                let mark = kind == .string ? JSONNode.mark(start + 1, count: cursor.at - start - 2) : 0
                entries[count] = Entry(
                    start: Self.offset(start, base), end: Self.offset(cursor.at, base), next: mark, kind: kind == .string ? .string : .escapedString,
                    back: lastName == 0 ? 0 : Self.back(count &- lastName))
                entries[Int(open)].end |= JSONDocument.nameBit(mark)
                lastName = count
                count &+= 1
                cursor.skipSpace()
                guard cursor.take(UInt8(ascii: ":")) else { return false }
                cursor.skipSpace()
            }
            if depth > JSONParser.depthLimit { return false }
            let (start, first) = (cursor.at, cursor.current)
            var kind = JSONDocument.Kind.string
            if first == UInt8(ascii: "\"") {
                guard let found = cursor.string() else { return false }
                if found == .escapedString { kind = .escapedString }
            } else if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
                isObject = first == UInt8(ascii: "{")
                entries[count] = Entry(start: Self.offset(start, base), end: 0, next: open, kind: isObject ? .object : .array)
                open = UInt32(truncatingIfNeeded: count)
                lastName = 0
                count &+= 1
                depth &+= 1
                cursor.at += 1
                cursor.skipSpace()
                if cursor.current != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { continue }
            } else {
                // A copy: what is lent to a function has to lie in memory.
                var other = cursor
                guard let found = Self.scalar(&other, first) else { return false }
                cursor.at = other.at
                kind = found
            }
            if first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
                let next = UInt32(truncatingIfNeeded: count &+ 1)
                entries[count] = Entry(start: Self.offset(start, base), end: Self.offset(cursor.at, base), next: next, kind: kind)
                count &+= 1
                if open == Self.none { return true }
                cursor.skipSpace()
            }
            // Behind a value or an opening bracket: close what ends here, or go on to the next value.
            while !cursor.take(UInt8(ascii: ",")) {
                guard cursor.take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
                let index = Int(open)
                open = entries[index].next
                entries[index].next = UInt32(truncatingIfNeeded: count)
                if isObject {
                    entries[index].back = lastName == 0 ? 0 : Self.back(count &- lastName)
                } else {
                    entries[index].end = Self.offset(cursor.at, base)
                }
                depth &-= 1
                if open == Self.none { return true }
                isObject = entries[Int(open)].kind == .object
                // The name of a member stands before its value.
                lastName = index &- 1
                cursor.skipSpace()
            }
            cursor.skipSpace()
        }
    }

    /// A number, a boolean or null.
    private static func scalar(_ cursor: inout JSONCursor, _ first: UInt8) -> JSONDocument.Kind? {
        switch cursor.value() {
        case .number: .number
        case .bool: first == UInt8(ascii: "t") ? .yes : .no
        case .null: .null
        case .object, .array, .string, .escapedString, nil: nil
        }
    }

    @inline(__always)
    private static func offset(_ at: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: at - base) }

    @inline(__always)
    private static func back(_ distance: Int) -> UInt16 { UInt16(truncatingIfNeeded: min(distance, Int(JSONDocument.farBack))) }

    private static func grown(_ entries: UnsafeMutablePointer<Entry>, count: Int, to capacity: Int) -> UnsafeMutablePointer<Entry> {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        larger.update(from: entries, count: count)
        entries.deallocate()
        return larger
    }
}
