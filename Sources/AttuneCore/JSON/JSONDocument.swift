/// A JSON text as a tape: where each of its values is, in the order of the text, found in one strict pass. Strings stay bytes
/// until somebody asks for them, so a payload of which a tenth is read costs little more than that tenth.
///
/// As strict as `JSONParser`, whose words it uses for what is wrong. Made by `JSONReader`, read through `JSONNode`.
final class JSONDocument {
    enum Kind: UInt8 {
        case null, yes, no, number, string, escapedString, array, object
    }

    /// A value or a member's name. A container is followed by its content: items, or names and values by turns.
    struct Entry: BitwiseCopyable {
        /// Where the value begins and ends among the bytes, quotes and brackets included.
        var start: UInt32
        /// Of an object instead which names it has: a bit for each (`nameBit`), by which most that it lacks are known.
        var end: UInt32
        /// The entry behind the value and everything in it; of a name its `mark`.
        var next: UInt32
        var kind: Kind
    }

    /// By what most names are told apart without reading them: length, first and last byte. 0 for one that has to be read, since it has
    /// escapes or is empty.
    @inline(__always)
    static func mark(_ name: UnsafePointer<UInt8>, count: Int) -> UInt32 {
        count == 0 ? 0 : UInt32(truncatingIfNeeded: count) &<< 16 | UInt32(name[0]) &<< 8 | UInt32(name[count &- 1])
    }

    /// The bit of an object's entry that stands for names of that mark; all of them for names that have to be read.
    @inline(__always)
    static func nameBit(_ mark: UInt32) -> UInt32 { mark == 0 ? .max : 1 &<< ((mark &* 0x9E37_79B1) &>> 27) }

    /// What nodes look at: they hold no reference, since counting them would cost more than reading.
    struct Tape {
        var entries: UnsafeMutablePointer<Entry>
        var bytes: UnsafeMutablePointer<UInt8>
        var entryCapacity: Int
        var byteCapacity: Int
        /// Which of the document's texts this is. A node of another one must not be read any more.
        var generation: UInt32 = 0
        /// Whether an escape names U+0000, which the grammar allows and record formats refuse.
        var hasNUL = false
    }

    private(set) var tape: UnsafeMutablePointer<Tape>

    init() {
        tape = .allocate(capacity: 1)
        tape.initialize(
            to: Tape(entries: .allocate(capacity: 64), bytes: .allocate(capacity: 1_024), entryCapacity: 64, byteCapacity: 1_024))
    }

    deinit {
        tape.pointee.entries.deallocate()
        tape.pointee.bytes.deallocate()
        tape.deinitialize(count: 1)
        tape.deallocate()
    }

    /// Bytes that it holds, used or not.
    var footprint: Int { tape.pointee.entryCapacity * MemoryLayout<Entry>.stride + tape.pointee.byteCapacity }

    /// Reads the value that begins at the first byte. The number of its bytes; nil when it is not well-formed.
    func read(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = text.baseAddress, text.count <= Int(UInt32.max) else { return nil }
        var writer = JSONTapeWriter(base, count: text.count, entries: tape.pointee.entries, capacity: tape.pointee.entryCapacity)
        let isSound = writer.writeValue()
        // Also after a failure: the writer may have moved them.
        tape.pointee.entries = writer.entries
        tape.pointee.entryCapacity = writer.capacity
        tape.pointee.hasNUL = writer.cursor.sawNUL
        tape.pointee.generation &+= 1
        guard isSound else { return nil }
        let count = writer.cursor.at - base
        keep(base, count)
        return count
    }

    private func keep(_ text: UnsafePointer<UInt8>, _ count: Int) {
        if count > tape.pointee.byteCapacity {
            tape.pointee.bytes.deallocate()
            tape.pointee.byteCapacity = max(count, 2 * tape.pointee.byteCapacity)
            tape.pointee.bytes = .allocate(capacity: tape.pointee.byteCapacity)
        }
        tape.pointee.bytes.update(from: text, count: count)
    }
}

/// Writes the tape of one value.
struct JSONTapeWriter {
    typealias Entry = JSONDocument.Entry

    var cursor: JSONCursor
    private(set) var entries: UnsafeMutablePointer<Entry>
    private(set) var capacity: Int
    private let base: UnsafePointer<UInt8>
    private var count = 0
    /// The innermost open container; its `next` is the one around it until it is closed.
    private var open = Self.none
    private var depth = 0

    private static let none = UInt32.max

    init(_ base: UnsafePointer<UInt8>, count: Int, entries: UnsafeMutablePointer<Entry>, capacity: Int) {
        self.base = base
        self.entries = entries
        self.capacity = capacity
        cursor = JSONCursor(at: base, end: base + count)
    }

    /// False when the text does not begin with a well-formed value.
    mutating func writeValue() -> Bool {
        while true {
            guard writeScalarOrOpen() else { return false }
            // Behind a value: close what ends here, or go on to the next one.
            while true {
                if open == Self.none { return true }
                cursor.skipSpace()
                let isObject = entries[Int(open)].kind == .object
                if cursor.take(UInt8(ascii: ",")) {
                    cursor.skipSpace()
                    guard !isObject || writeName() else { return false }
                    break
                }
                guard cursor.take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
                close()
            }
        }
    }

    /// Writes a scalar or an empty container; opens a container up to its first value, as often as it takes.
    private mutating func writeScalarOrOpen() -> Bool {
        while true {
            if depth > JSONParser.depthLimit { return false }
            let start = cursor.at
            switch cursor.current {
            case UInt8(ascii: "\""):
                guard let kind = cursor.string() else { return false }
                append(kind == .string ? .string : .escapedString, from: start)
                return true
            case UInt8(ascii: "{"):
                openContainer(.object)
                if cursor.take(UInt8(ascii: "}")) {
                    close()
                    return true
                }
                guard writeName() else { return false }
            case UInt8(ascii: "["):
                openContainer(.array)
                if cursor.take(UInt8(ascii: "]")) {
                    close()
                    return true
                }
            case UInt8(ascii: "t"):
                guard cursor.value() == .bool else { return false }
                append(.yes, from: start)
                return true
            case UInt8(ascii: "f"):
                guard cursor.value() == .bool else { return false }
                append(.no, from: start)
                return true
            case UInt8(ascii: "n"):
                guard cursor.value() == .null else { return false }
                append(.null, from: start)
                return true
            default:
                guard cursor.value() == .number else { return false }
                append(.number, from: start)
                return true
            }
        }
    }

    /// A member's name with its colon and the blanks behind it.
    @inline(__always)
    private mutating func writeName() -> Bool {
        let start = cursor.at
        guard cursor.current == UInt8(ascii: "\""), let kind = cursor.string() else { return false }
        append(kind == .string ? .string : .escapedString, from: start)
        let mark = kind == .string ? JSONDocument.mark(start + 1, count: cursor.at - start - 2) : 0
        entries[count &- 1].next = mark
        entries[Int(open)].end |= JSONDocument.nameBit(mark)
        cursor.skipSpace()
        guard cursor.take(UInt8(ascii: ":")) else { return false }
        cursor.skipSpace()
        return true
    }

    @inline(__always)
    private mutating func append(_ kind: JSONDocument.Kind, from start: UnsafePointer<UInt8>) {
        if count == capacity { grow() }
        let next = UInt32(truncatingIfNeeded: count &+ 1)
        entries[count] = Entry(
            start: UInt32(truncatingIfNeeded: start - base), end: UInt32(truncatingIfNeeded: cursor.at - base), next: next, kind: kind)
        count &+= 1
    }

    private mutating func openContainer(_ kind: JSONDocument.Kind) {
        append(kind, from: cursor.at)
        entries[count - 1].next = open
        entries[count - 1].end = 0
        open = UInt32(truncatingIfNeeded: count - 1)
        depth += 1
        cursor.at += 1
        cursor.skipSpace()
    }

    private mutating func close() {
        let index = Int(open)
        open = entries[index].next
        entries[index].next = UInt32(truncatingIfNeeded: count)
        if entries[index].kind == .array { entries[index].end = UInt32(truncatingIfNeeded: cursor.at - base) }
        depth -= 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
        larger.update(from: entries, count: count)
        entries.deallocate()
        (entries, capacity) = (larger, 2 * capacity)
    }
}
