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
        /// The entry behind the value and everything in it; of a name its `JSONNode.mark`.
        var next: UInt32
        var kind: Kind
        /// Of a name the entries from the name before it, 0 for the first; of an object those from its last name to the entry behind it.
        /// Names are looked for from the last one, which is the one that counts. `farBack` stands for all that do not fit.
        var back: UInt16 = 0
    }

    static let farBack = UInt16.max

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
