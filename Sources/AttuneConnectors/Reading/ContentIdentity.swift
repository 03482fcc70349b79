import AttuneCore
import Foundation

/// Ids for records that have none of their own: a hash of what they say, and the how-manieth record of the file says just
/// that. Two equal "ok" in one minute stay two messages, and a re-export without its oldest lines renumbers nothing.
///
/// `id = hex(sha256("v1" ⌁ connector ⌁ conversation ⌁ wall clock as written ⌁ author ⌁ NFC(text) ⌁ ordinal))`, joined by 0x1F.
struct ContentIdentity {
    private let prefix: [UInt8]
    private var seen = TupleCounts()

    /// Bytes of the longest ordinal: a number's twenty digits behind a sign.
    private static let ordinalRoom = 24

    init(connector: String) { prefix = Array("v1\u{1F}\(connector)\u{1F}".utf8) }

    /// - Parameters:
    ///   - number: 1-based number of the record in its file, which tells records apart once there are too many to remember.
    mutating func digest(conversation: String, wallClock: String, author: String, text: String, number: Int) -> ContentDigest {
        let text = Self.composed(text)
        let room = conversation.utf8.count + wallClock.utf8.count + author.utf8.count + text.utf8.count
        return digest(number, room: room) { tuple in
            tuple.put(part: conversation)
            tuple.put(part: wallClock)
            tuple.put(part: author)
            tuple.put(part: text)
        }
    }

    /// The same where the conversation is told with its source, U+001E between them.
    /// - Parameter clock: the time as written, or a call's offset as normalised text; nil writes the milliseconds.
    mutating func digest(
        source: String, conversation: String, clock: String?, milliseconds: Int64, author: String, text: String, number: Int
    ) -> ContentDigest {
        let text = Self.composed(text)
        let clockRoom = clock?.utf8.count ?? Self.ordinalRoom
        let room = source.utf8.count + 1 + conversation.utf8.count + clockRoom + author.utf8.count + text.utf8.count
        return digest(number, room: room) { tuple in
            tuple.put(source)
            tuple.put(byte: 0x1E)
            tuple.put(part: conversation)
            if let clock { tuple.put(part: clock) } else { tuple.put(part: milliseconds) }
            tuple.put(part: author)
            tuple.put(part: text)
        }
    }

    /// The same in hexadecimal.
    mutating func id(conversation: String, wallClock: String, author: String, text: String, number: Int) -> String {
        digest(conversation: conversation, wallClock: wallClock, author: author, text: text, number: number).hex
    }

    /// The beginning of the tuples of all records of a conversation.
    func head(conversation: String) -> [UInt8] { prefix + Array(conversation.utf8) + [0x1F] }

    /// Puts the tuple of a record into a batch of which `settle` finds the ids.
    /// - Parameters:
    ///   - head: that of the record's conversation.
    ///   - text: in NFC.
    @inline(__always)
    func add(
        to batch: inout DigestBatch, head: [UInt8], wallClock: CivilDate, author: [UInt8], text: UnsafeBufferPointer<UInt8>
    ) {
        let room = head.count + RFC3339.wallClockLength + author.count + text.count + 4
        var tuple = TupleWriter(at: batch.begin(room: room))
        head.withUnsafeBufferPointer { tuple.put($0) }
        tuple.put(wallClock)
        author.withUnsafeBufferPointer { tuple.put($0) }
        tuple.separate()
        tuple.put(text)
        tuple.separate()
        // Nearly always the first: its digest also tells whether it is.
        tuple.at.pointee = UInt8(ascii: "0")
        batch.end(at: tuple.at + 1)
    }

    /// The digests of a batch's records, in their order.
    /// - Parameter number: 1-based number in the file of a record, by its place in the batch.
    mutating func settle(_ batch: inout DigestBatch, into digests: inout [ContentDigest], number: (Int) -> Int) {
        batch.hash(into: &digests)
        for digest in digests { seen.ask(for: digest.first) }
        for index in digests.indices {
            let ordinal = seen.count(digests[index].first)
            if ordinal == 0 { continue }
            let parts = UnsafeBufferPointer(rebasing: batch.message(index).dropLast())
            digests[index] = Self.digest(of: parts, ordinal, ordinal == nil ? number(index) : 0)
        }
    }

    /// Makes room for that many records at once.
    mutating func reserve(_ count: Int) { seen.reserve(count) }

    /// - Parameters:
    ///   - room: bytes of the four parts.
    ///   - write: puts them into the tuple.
    @inline(__always)
    private mutating func digest(_ number: Int, room: Int, _ write: (inout TupleWriter) -> Void) -> ContentDigest {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: prefix.count + room + 5 + SHA256.padding) { memory in
            guard let start = memory.baseAddress else { return ContentDigest(of: UnsafeBufferPointer(memory)) }
            var tuple = TupleWriter(at: start)
            prefix.withUnsafeBufferPointer { tuple.put($0) }
            write(&tuple)
            let parts = UnsafeBufferPointer(start: start, count: tuple.at - start)
            // Nearly always the first: its digest also tells whether it is.
            tuple.at.pointee = UInt8(ascii: "0")
            let first = ContentDigest(padding: start, count: parts.count + 1)
            let ordinal = seen.count(first.first)
            return ordinal == 0 ? first : Self.digest(of: parts, ordinal, number)
        }
    }

    /// The digest of a tuple that is not the first of its kind.
    /// - Parameter ordinal: nil where there was no room to count it; then its number in the file stands for it.
    private static func digest(of parts: UnsafeBufferPointer<UInt8>, _ ordinal: UInt32?, _ number: Int) -> ContentDigest {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: parts.count + ordinalRoom) { memory in
            guard let start = memory.baseAddress else { return ContentDigest(of: parts) }
            var tuple = TupleWriter(at: start)
            tuple.put(parts)
            if let ordinal {
                tuple.put(decimal: UInt64(ordinal))
            } else {
                var text = "#\(number)"
                text.withUTF8 { tuple.put($0) }
            }
            return ContentDigest(of: UnsafeBufferPointer(start: start, count: tuple.at - start))
        }
    }

    /// The id of a record of which the caller knows that no other has the same tuple: without an ordinal.
    func unique(conversation: String, wallClock: String, author: String, text: String) -> String {
        let text = Self.composed(text)
        let room = prefix.count + conversation.utf8.count + wallClock.utf8.count + author.utf8.count + text.utf8.count + 4
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { memory in
            guard let start = memory.baseAddress else { return "" }
            var tuple = TupleWriter(at: start)
            prefix.withUnsafeBufferPointer { tuple.put($0) }
            tuple.put(part: conversation)
            tuple.put(part: wallClock)
            tuple.put(part: author)
            tuple.put(part: text)
            // Without the last separator.
            return ContentDigest(of: UnsafeBufferPointer(start: start, count: tuple.at - start - 1)).hex
        }
    }

    /// The hash of a tuple of which the caller knows that no other record has the same: its parts with U+001F between them.
    static func hash(_ parts: [String]) -> String {
        let room = parts.reduce(0) { $0 + $1.utf8.count + 1 }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room + SHA256.byteCount) { memory in
            guard let start = memory.baseAddress, !parts.isEmpty else { return "" }
            var tuple = TupleWriter(at: start)
            for part in parts { tuple.put(part: part) }
            let digest = UnsafeMutableBufferPointer(rebasing: memory[room...])
            SHA256.digest(of: UnsafeBufferPointer(start: start, count: room - 1), into: digest)
            return Hex.encode(UnsafeBufferPointer(digest))
        }
    }

    /// NFC. Texts whose every scalar surely stands for itself, which is nearly all, are not touched.
    static func composed(_ text: String) -> String {
        var text = text
        if text.withUTF8({ ByteSearch.largest(in: $0) < 0xCC }) || text.unicodeScalars.allSatisfy({ isInert($0.value) }) { return text }
        return text.precomposedStringWithCanonicalMapping
    }

    /// Whether a scalar neither composes, decomposes nor reorders: below U+0300; general punctuation without its two
    /// singletons; CJK ideographs; emoji and their joiners and selectors.
    private static func isInert(_ scalar: UInt32) -> Bool {
        scalar < 0x300 || (0x2002...0x206F).contains(scalar) || scalar == 0x20AC || (0x2600...0x27BF).contains(scalar)
            || (0x4E00...0x9FFF).contains(scalar) || scalar == 0xFE0F || (0x1F300...0x1FAFF).contains(scalar)
    }
}

/// Writes the parts of a tuple one behind another, a separator behind each. The room was counted before.
private struct TupleWriter {
    var at: UnsafeMutablePointer<UInt8>

    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let from = bytes.baseAddress else { return }
        at.update(from: from, count: bytes.count)
        at += bytes.count
    }

    /// Reads the bytes where they are: making them contiguous first would count references.
    @inline(__always)
    mutating func put(_ text: String) {
        let start = at
        let count: Int? = text.utf8.withContiguousStorageIfAvailable { bytes in
            if let from = bytes.baseAddress { start.update(from: from, count: bytes.count) }
            return bytes.count
        }
        if let count {
            at += count
        } else {
            var text = text
            text.withUTF8 { put($0) }
        }
    }

    @inline(__always)
    mutating func put(part: String) {
        put(part)
        separate()
    }

    mutating func put(part number: Int64) {
        if number < 0 { put(byte: UInt8(ascii: "-")) }
        put(decimal: number.magnitude)
        separate()
    }

    mutating func put(decimal number: UInt64) {
        var (rest, digits) = (number, 1)
        while rest >= 10 { (rest, digits) = (rest / 10, digits + 1) }
        rest = number
        for place in (0..<digits).reversed() {
            at[place] = UInt8(truncatingIfNeeded: rest % 10) + 48
            rest /= 10
        }
        at += digits
    }

    mutating func put(_ clock: CivilDate) {
        RFC3339.write(wallClock: clock, at: at)
        at += RFC3339.wallClockLength
        separate()
    }

    mutating func separate() { put(byte: 0x1F) }

    mutating func put(byte: UInt8) {
        at.pointee = byte
        at += 1
    }
}

/// How often each tuple was seen, by 64 bits of its digest: an open table. A collision only raises an ordinal.
struct TupleCounts {
    /// The first few, 0 where a slot is free: a short call or chat, which has counts of its own, needs no memory for them.
    private var first = SIMD4<UInt64>(repeating: 0)
    /// All of them once there are more: a power of two, 0 where a slot is free, or empty. Nothing but the keys, so that those of a long file
    /// stay near the processor.
    private var keys: [UInt64] = []
    /// Of tuples that were seen again, which few are.
    private var repetitions: [UInt64: UInt32] = [:]
    private var used = 0
    /// Slots of the smallest table.
    private static let least = 8

    /// How often a tuple was seen before; nil for a new one when there is no room for more.
    mutating func count(_ digest: UInt64) -> UInt32? {
        let key = max(digest, 1)
        if keys.isEmpty {
            for slot in 0..<first.scalarCount {
                if first[slot] == key { return repeated(key) }
                if first[slot] == 0 {
                    first[slot] = key
                    used += 1
                    return 0
                }
            }
            grow()
        }
        var at = place(key)
        if keys[at] == key { return repeated(key) }
        if used == DecodingLimits.distinctRows { return nil }
        if 3 * (used + 1) > 2 * keys.count {
            grow()
            at = place(key)
        }
        keys[at] = key
        used += 1
        return 0
    }

    private mutating func repeated(_ key: UInt64) -> UInt32? {
        func next(_ count: inout UInt32) -> UInt32 {
            count &+= 1
            return count
        }
        // Looked up once.
        return next(&repetitions[key, default: 0])
    }

    /// Asks for the place of a tuple, which is far away in the table of a long file.
    func ask(for digest: UInt64) {
        keys.withUnsafeBufferPointer { keys in
            guard let base = keys.baseAddress, !keys.isEmpty else { return }
            CacheLine.ask(for: base + Int(truncatingIfNeeded: digest) & (keys.count - 1))
        }
    }

    /// Makes room for that many tuples at once, as long as there are none.
    mutating func reserve(_ count: Int) {
        var size = Self.least
        while 2 * size < 3 * min(count, DecodingLimits.distinctRows) { size *= 2 }
        if used == 0, size > Self.least { keys = Array(repeating: 0, count: size) }
    }

    /// Where a key is, or belongs.
    private func place(_ key: UInt64) -> Int {
        keys.withUnsafeBufferPointer { keys in
            let mask = keys.count - 1
            var at = Int(truncatingIfNeeded: key) & mask
            while keys[at] != key, keys[at] != 0 { at = (at + 1) & mask }
            return at
        }
    }

    private mutating func grow() {
        let old = keys.isEmpty ? first.indices.map { first[$0] } : keys
        keys = Array(repeating: 0, count: max(Self.least, (old.count < 4_096 ? 4 : 2) * old.count))
        for key in old where key != 0 { keys[place(key)] = key }
    }
}
