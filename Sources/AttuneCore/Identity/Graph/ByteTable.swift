/// Byte strings by number: each distinct one is kept once, all of them in one piece of memory.
///
/// Open addressing over 32-bit numbers. The same bytes under another `tag` are another string.
struct ByteTable: Sendable {
    /// Where a string ends (it begins where the one before it ends), and its tag.
    struct Entry: Sendable, BitwiseCopyable {
        var end: UInt32
        var tag: UInt32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// A number in the lower bits, of which there are as many as the place of a slot has, and in the others those of the hash: mostly
    /// the slot alone tells that a string is another one.
    private var slots: [UInt32] = []

    /// Bytes of all strings together: offsets have 32 bits.
    static let byteLimit = Int(UInt32.max)
    /// No string's: there are more slots than strings.
    private static let empty = UInt32.max

    init() {}

    init(_ texts: some Sequence<String>) {
        for text in texts { intern(text) }
    }

    var count: Int { entries.count }

    /// Bytes of memory it holds.
    var footprint: Int { bytes.capacity + 8 * entries.capacity + 4 * slots.capacity }

    /// The number of a string, a new one if need be; nil when there is no room for it.
    @discardableResult
    mutating func intern(_ key: UnsafeBufferPointer<UInt8>, tag: UInt32 = 0) -> Int32? {
        if (count + 1) * 4 > slots.count * 3 { grow(count) }
        let hash = Self.hash(key, tag)
        let slot = slot(of: key, tag, hash)
        if slots[slot] != Self.empty { return number(slots[slot]) }
        guard bytes.count + key.count <= Self.byteLimit, count < Int(Int32.max) else { return nil }
        let number = Int32(count)
        slots[slot] = hash & ~mask | UInt32(number)
        bytes.append(contentsOf: key)
        entries.append(Entry(end: UInt32(bytes.count), tag: tag))
        return number
    }

    /// Where a string is, or where it would be put. There must be slots.
    @inline(__always)
    private func slot(of key: UnsafeBufferPointer<UInt8>, _ tag: UInt32, _ hash: UInt32) -> Int {
        let mask = mask
        var slot = hash & mask
        while slots[Int(slot)] != Self.empty {
            let number = Int32(bitPattern: slots[Int(slot)] & mask)
            if (slots[Int(slot)] ^ hash) & ~mask == 0, entries[Int(number)].tag == tag, isEqual(number, key) { break }
            slot = (slot &+ 1) & mask
        }
        return Int(slot)
    }

    /// Bits of a slot that are a number, and of a hash that are a place.
    private var mask: UInt32 { UInt32(slots.count - 1) }

    private func number(_ slot: UInt32) -> Int32 { Int32(bitPattern: slot & mask) }

    @discardableResult
    mutating func intern(_ text: String, tag: UInt32 = 0) -> Int32? {
        var text = text
        return text.withUTF8 { intern($0, tag: tag) }
    }

    @discardableResult
    mutating func intern(_ key: [UInt8], tag: UInt32 = 0) -> Int32? { key.withUnsafeBufferPointer { intern($0, tag: tag) } }

    /// The number of a string that is there.
    func find(_ key: UnsafeBufferPointer<UInt8>, tag: UInt32 = 0) -> Int32? {
        guard !slots.isEmpty else { return nil }
        let slot = slot(of: key, tag, Self.hash(key, tag))
        return slots[slot] == Self.empty ? nil : number(slots[slot])
    }

    func contains(_ key: UnsafeBufferPointer<UInt8>) -> Bool { find(key) != nil }

    func tag(of number: Int32) -> UInt32 { entries[Int(number)].tag }

    func withBytes<R>(of number: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let range = range(number)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// All strings, for loops over them: string `i` ends at `entries[i].end` of the bytes.
    func withMemory<R>(_ body: (_ entries: UnsafeBufferPointer<Entry>, _ bytes: UnsafeBufferPointer<UInt8>) -> R) -> R {
        entries.withUnsafeBufferPointer { entries in bytes.withUnsafeBufferPointer { body(entries, $0) } }
    }

    func bytes(of number: Int32) -> [UInt8] { Array(bytes[range(number)]) }

    func text(of number: Int32) -> String { withBytes(of: number) { String(decoding: $0, as: UTF8.self) } }

    /// Whether the bytes of one come before those of another.
    func precedes(_ a: Int32, _ b: Int32) -> Bool {
        a != b && bytes[range(a)].lexicographicallyPrecedes(bytes[range(b)])
    }

    private func range(_ number: Int32) -> Range<Int> { (number == 0 ? 0 : Int(entries[Int(number) - 1].end))..<Int(entries[Int(number)].end) }

    private func isEqual(_ number: Int32, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == key.count else { return false }
        guard let other = key.baseAddress else { return true }
        return bytes.withUnsafeBufferPointer { all in
            guard let mine = all.baseAddress else { return false }
            let (a, b) = (UnsafeRawPointer(mine + range.lowerBound), UnsafeRawPointer(other))
            var at = 0
            while at &+ 8 <= key.count {
                if a.loadUnaligned(fromByteOffset: at, as: UInt64.self) != b.loadUnaligned(fromByteOffset: at, as: UInt64.self) { return false }
                at &+= 8
            }
            while at < key.count {
                if a.load(fromByteOffset: at, as: UInt8.self) != b.load(fromByteOffset: at, as: UInt8.self) { return false }
                at &+= 1
            }
            return true
        }
    }

    /// Replaces every string in the memory of the strings themselves; those that come out equal become one.
    ///
    /// - Parameter replacement: puts what becomes of a string into `value`, which is empty, and returns its tag; nil for nothing.
    /// - Returns: the new number of each string; -1 where nothing became of it.
    mutating func replaceAll(
        _ replacement: (_ text: UnsafeBufferPointer<UInt8>, _ tag: UInt32, _ value: inout [UInt8]) -> UInt32?
    ) -> [Int32] {
        var numbers = [Int32](repeating: -1, count: count)
        var (kept, end, read, shift) = (0, 0, 0, 0)
        var value = [UInt8]()
        slots = []
        for old in numbers.indices {
            let next = Int(entries[old].end) + shift
            value.removeAll(keepingCapacity: true)
            let tag = bytes.withUnsafeBufferPointer {
                replacement(UnsafeBufferPointer(rebasing: $0[read..<next]), entries[old].tag, &value)
            }
            read = next
            guard let tag else { continue }
            if (kept + 1) * 4 > slots.count * 3 { grow(kept) }
            let (hash, slot) = value.withUnsafeBufferPointer { key in
                let hash = Self.hash(key, tag)
                return (hash, self.slot(of: key, tag, hash))
            }
            if slots[slot] != Self.empty {
                numbers[old] = number(slots[slot])
                continue
            }
            if end + value.count > read {
                // What is longer than all before it left room for moves the rest away, and far enough for more of its kind.
                let room = value.count + max(1 << 12, (bytes.count - read) / 16)
                guard bytes.count + room <= Self.byteLimit else { continue }
                bytes.insert(contentsOf: repeatElement(0, count: room), at: read)
                (read, shift) = (read + room, shift + room)
            }
            bytes.withUnsafeMutableBytes { $0[end..<end + value.count].copyBytes(from: value) }
            end += value.count
            slots[slot] = hash & ~mask | UInt32(kept)
            numbers[old] = Int32(kept)
            entries[kept] = Entry(end: UInt32(end), tag: tag)
            kept += 1
        }
        entries.removeLast(entries.count - kept)
        bytes.removeLast(bytes.count - end)
        return numbers
    }

    /// Gives back the memory that finding strings needs. Until the next one is added, which brings it back, `find` finds none.
    mutating func releaseIndex() { slots = [] }

    /// Brings it back.
    mutating func restoreIndex() { if slots.isEmpty, count > 0 { grow(count) } }

    /// - Parameter count: strings to be found, the first so many.
    private mutating func grow(_ count: Int) {
        var size = max(64, slots.count * 2)
        while (count + 1) * 4 > size * 3 { size *= 2 }
        // The smaller one is given up first: hashing anew costs less than the memory of both.
        slots = []
        var larger = [UInt32](repeating: Self.empty, count: size)
        let mask = UInt32(size - 1)
        withMemory { entries, bytes in
            var start = 0
            for (number, entry) in entries.prefix(count).enumerated() {
                let hash = Self.hash(UnsafeBufferPointer(rebasing: bytes[start..<Int(entry.end)]), entry.tag)
                start = Int(entry.end)
                var slot = hash & mask
                while larger[Int(slot)] != Self.empty { slot = (slot &+ 1) & mask }
                larger[Int(slot)] = hash & ~mask | UInt32(number)
            }
        }
        slots = larger
    }

    private static func hash(_ key: UnsafeBufferPointer<UInt8>, _ tag: UInt32) -> UInt32 {
        var h = UInt64(tag) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(key.count)
        guard let base = key.baseAddress else { return UInt32(truncatingIfNeeded: Blocking.mix(h)) }
        let raw = UnsafeRawPointer(base)
        var at = 0
        while at &+ 8 <= key.count {
            h = (h ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x9FB2_1C65_1E98_DF25
            h ^= h >> 32
            at &+= 8
        }
        var last: UInt64 = 0
        while at < key.count {
            last = last << 8 | UInt64(raw.load(fromByteOffset: at, as: UInt8.self))
            at &+= 1
        }
        return UInt32(truncatingIfNeeded: Blocking.mix(h ^ last))
    }
}
