import CKernels

/// A JSON text as a tape: where each of its values is, in the order of the text, found in one strict pass. Strings stay bytes
/// until somebody asks for them, so a payload of which a tenth is read costs little more than that tenth.
///
/// As strict as `JSONParser`, whose words it uses for what is wrong. Made by `JSONReader`, read through `JSONNode`.
@usableFromInline
final class JSONDocument {
    @usableFromInline
    enum Kind: UInt8 {
        case null, yes, no, number, string, escapedString, array, object
    }

    typealias Entry = attune_json_entry

    /// What nodes look at: they hold no reference, since counting them would cost more than reading.
    @usableFromInline
    struct Tape {
        @usableFromInline var entries: UnsafeMutablePointer<attune_json_entry>
        @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
        var entryCapacity: Int
        var byteCapacity: Int
        /// Where names of each mark were found last, as entries from their object's: records of one kind have them at the same places.
        let hints: UnsafeMutablePointer<UInt16>
        /// Which of the document's texts this is. A node of another one must not be read any more.
        @usableFromInline var generation: UInt32 = 0
        /// Whether an escape names U+0000, which the grammar allows and record formats refuse.
        var hasNUL = false
        /// Line feeds in the text.
        var lineBreaks = 0
        /// Line feeds up to where somebody asked for them last.
        let breaks: UnsafeMutablePointer<LineBreaks>
        /// Bytes of the longest of the last values, by which it is guessed how much of a longer text the next one takes.
        var usualCount = 0
    }

    /// Counts the line feeds before a byte, from the byte before which it counted them last: once through the text for ascending bytes.
    struct LineBreaks {
        private var offset = 0
        private var count = 0

        mutating func count(before end: Int, in bytes: UnsafePointer<UInt8>) -> Int {
            let passed = UnsafeBufferPointer(start: bytes + min(offset, end), count: abs(end - offset)).count(of: 10)
            count += end < offset ? -passed : passed
            offset = end
            return count
        }
    }

    private static let padding = Int(attune_json_padding)

    /// A constant, so that nothing checks who else looks at it.
    let tape: UnsafeMutablePointer<Tape>

    init() {
        tape = .allocate(capacity: 1)
        let hintCount = Int(attune_json_hints)
        let hints = UnsafeMutablePointer<UInt16>.allocate(capacity: hintCount)
        // The first name, which every object that has any has.
        hints.initialize(repeating: 1, count: hintCount)
        let breaks = UnsafeMutablePointer<LineBreaks>.allocate(capacity: 1)
        breaks.initialize(to: LineBreaks())
        tape.initialize(
            to: Tape(
                entries: .allocate(capacity: 64), bytes: .allocate(capacity: 1_024), entryCapacity: 64, byteCapacity: 1_024, hints: hints,
                breaks: breaks))
    }

    deinit {
        tape.pointee.entries.deallocate()
        tape.pointee.bytes.deallocate()
        tape.pointee.hints.deallocate()
        tape.pointee.breaks.deallocate()
        tape.deinitialize(count: 1)
        tape.deallocate()
    }

    /// Bytes that it holds, used or not.
    var footprint: Int { tape.pointee.entryCapacity * MemoryLayout<Entry>.stride + tape.pointee.byteCapacity }

    /// Reads the value that begins at the first byte. The number of its bytes; nil when it is not well-formed.
    /// - Parameter isAlone: whether nothing should follow it.
    func read(_ text: UnsafeBufferPointer<UInt8>, isAlone: Bool) -> Int? {
        guard let base = text.baseAddress, text.count <= Int(UInt32.max) else { return nil }
        tape.pointee.generation &+= 1
        tape.pointee.breaks.pointee = LineBreaks()
        // The rest of a long text is not copied for each of its values.
        let usualCount = tape.pointee.usualCount
        var window = isAlone || usualCount == 0 ? text.count : min(text.count, usualCount + usualCount / 8 + 256)
        while true {
            keep(base, window)
            // A number at the end of what is seen may go on.
            let (end, isWhole) = write()
            if isWhole, end < window || window == text.count {
                // One long value among short ones is soon forgotten.
                tape.pointee.usualCount = max(end, usualCount - usualCount / 8)
                return end
            }
            // What is wrong before the end of what is seen, more text does not mend.
            if window == text.count || !isWhole && end + Self.padding < window {
                // The value behind a malformed one must not cost the rest of the text either.
                tape.pointee.usualCount = max(end, usualCount)
                return nil
            }
            window = min(text.count, 8 * window)
        }
    }

    /// Writes the tape of the value that the bytes begin with. Where it ends, or else is malformed, give or take the bytes of an escape.
    private func write() -> (end: Int, isWhole: Bool) {
        var writing = attune_json_tape(
            entries: tape.pointee.entries, capacity: tape.pointee.entryCapacity, depth_limit: UInt32(JSONParser.depthLimit), count: 0, open: 0,
            depth: 0, line_breaks: 0, at: 0, has_nul: false)
        var outcome = attune_json_read(&writing, tape.pointee.bytes)
        while outcome == attune_json_full {
            grow(keeping: Int(writing.count))
            writing.entries = tape.pointee.entries
            writing.capacity = tape.pointee.entryCapacity
            outcome = attune_json_read(&writing, tape.pointee.bytes)
        }
        tape.pointee.hasNUL = writing.has_nul
        tape.pointee.lineBreaks = Int(writing.line_breaks)
        return (writing.at, outcome == attune_json_whole)
    }

    private func grow(keeping count: Int) {
        let capacity = 2 * tape.pointee.entryCapacity
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        larger.update(from: tape.pointee.entries, count: count)
        tape.pointee.entries.deallocate()
        (tape.pointee.entries, tape.pointee.entryCapacity) = (larger, capacity)
    }

    private func keep(_ text: UnsafePointer<UInt8>, _ count: Int) {
        if count + Self.padding > tape.pointee.byteCapacity {
            tape.pointee.bytes.deallocate()
            tape.pointee.byteCapacity = max(count + Self.padding, 2 * tape.pointee.byteCapacity)
            tape.pointee.bytes = .allocate(capacity: tape.pointee.byteCapacity)
        }
        tape.pointee.bytes.update(from: text, count: count)
        (tape.pointee.bytes + count).update(repeating: 0, count: Self.padding)
    }
}

extension attune_json_entry {
    /// There are eight kinds.
    @inlinable
    @inline(__always)
    var kind: JSONDocument.Kind { unsafeBitCast(type & 7, to: JSONDocument.Kind.self) }
}
