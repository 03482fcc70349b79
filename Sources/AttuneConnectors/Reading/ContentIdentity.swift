import AttuneCore
import Foundation

/// Ids for records that have none of their own: a hash of what they say, and the how-manieth record of the file says just
/// that. Two equal "ok" in one minute stay two messages, and a re-export without its oldest lines renumbers nothing.
///
/// `id = hex(sha256("v1" ⌁ connector ⌁ conversation ⌁ wall clock as written ⌁ author ⌁ NFC(text) ⌁ ordinal))`, joined by 0x1F.
struct ContentIdentity {
    private let prefix: [UInt8]
    private var tuple: [UInt8] = []
    private var seen = TupleCounts()

    init(connector: String) { prefix = Array("v1\u{1F}\(connector)\u{1F}".utf8) }

    /// - Parameters:
    ///   - number: 1-based number of the record in its file, which tells records apart once there are too many to remember.
    mutating func id(conversation: String, wallClock: String, author: String, text: String, number: Int) -> String {
        begin(conversation: conversation)
        append(wallClock)
        append(author)
        append(Self.composed(text))
        return finish(number)
    }

    /// The same for a wall clock that is not written yet, and a text of which the caller knows whether it is composed.
    mutating func id(conversation: String, wallClock: CivilDate, author: String, text: String, isComposed: Bool, number: Int) -> String {
        begin(conversation: conversation)
        RFC3339.appendWallClock(wallClock, to: &tuple)
        tuple.append(0x1F)
        append(author)
        append(isComposed ? text : Self.composed(text))
        return finish(number)
    }

    private mutating func begin(conversation: String) {
        tuple.removeAll(keepingCapacity: true)
        tuple.append(contentsOf: prefix)
        append(conversation)
    }

    private mutating func finish(_ number: Int) -> String {
        let end = tuple.count
        // Nearly always the first: its digest also tells whether it is.
        tuple.append(UInt8(ascii: "0"))
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA256.byteCount) { digest in
            tuple.withUnsafeBufferPointer { SHA256.digest(of: $0, into: digest) }
            let ordinal = seen.count(UnsafeRawBufferPointer(digest).loadUnaligned(as: UInt64.self))
            if ordinal != 0 {
                tuple.removeSubrange(end...)
                tuple.append(contentsOf: (ordinal.map { String($0) } ?? "#\(number)").utf8)
                tuple.withUnsafeBufferPointer { SHA256.digest(of: $0, into: digest) }
            }
            return Self.hex(digest)
        }
    }

    private mutating func append(_ part: String) {
        var part = part
        part.withUTF8 { tuple.append(contentsOf: $0) }
        tuple.append(0x1F)
    }

    private static func hex(_ digest: UnsafeMutableBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 2 * SHA256.byteCount) { out in
            for i in 0..<SHA256.byteCount {
                out[2 * i] = digit(digest[i] >> 4)
                out[2 * i + 1] = digit(digest[i] & 15)
            }
            return 2 * SHA256.byteCount
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    /// NFC. Texts whose every scalar surely stands for itself, which is nearly all, are not touched.
    static func composed(_ text: String) -> String {
        var text = text
        let plain = text.withUTF8 { bytes in
            // Without an early end, so that many bytes are looked at in one step.
            var largest: UInt8 = 0
            for byte in bytes { largest = max(largest, byte) }
            return largest < 0xCC
        }
        if plain || text.unicodeScalars.allSatisfy({ isInert($0.value) }) { return text }
        return text.precomposedStringWithCanonicalMapping
    }

    /// Whether a scalar neither composes, decomposes nor reorders: below U+0300; general punctuation without its two
    /// singletons; CJK ideographs; emoji and their joiners and selectors.
    private static func isInert(_ scalar: UInt32) -> Bool {
        scalar < 0x300 || (0x2002...0x206F).contains(scalar) || scalar == 0x20AC || (0x2600...0x27BF).contains(scalar)
            || (0x4E00...0x9FFF).contains(scalar) || scalar == 0xFE0F || (0x1F300...0x1FAFF).contains(scalar)
    }
}

/// How often each tuple was seen, by 64 bits of its digest: an open table. A collision only raises an ordinal.
struct TupleCounts {
    private struct Slot {
        /// 0 is a free slot.
        var key: UInt64 = 0
        var count: UInt32 = 0
    }

    private var slots = Array(repeating: Slot(), count: 1_024)
    private var used = 0

    /// How often a tuple was seen before; nil for a new one when there is no room for more.
    mutating func count(_ digest: UInt64) -> UInt32? {
        let key = max(digest, 1)
        var at = place(key)
        if slots[at].key == key {
            slots[at].count &+= 1
            return slots[at].count
        }
        if used == DecodingLimits.distinctRows { return nil }
        if 2 * used >= slots.count {
            grow()
            at = place(key)
        }
        slots[at].key = key
        used += 1
        return 0
    }

    /// Where a key is, or belongs.
    private func place(_ key: UInt64) -> Int {
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: key) & mask
        while slots[at].key != key, slots[at].key != 0 { at = (at + 1) & mask }
        return at
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: 2 * old.count)
        for slot in old where slot.key != 0 { slots[place(slot.key)] = slot }
    }
}
