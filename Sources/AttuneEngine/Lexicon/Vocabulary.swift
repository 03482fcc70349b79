/// Words as numbers: an open-addressing table from bytes to 1, 2, 3 …; 0 is "not there".
struct Vocabulary: Sendable {
    private struct Slot {
        var hash: UInt32
        var word: UInt32
    }

    private var slots: [Slot] = Array(repeating: Slot(hash: 0, word: 0), count: 1024)
    /// Where each word's bytes stand in `bytes`; one more than there are words.
    private var starts: [UInt32] = [0, 0]
    private var bytes: [UInt8] = []

    var count: Int { starts.count - 2 }

    /// FNV-1a, 64 bits: a prefix's hash is the state on the way to the whole word's.
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    static func hash(_ state: UInt64, _ byte: UInt8) -> UInt64 {
        (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    @inline(__always)
    static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state = seed
        for byte in word { state = hash(state, byte) }
        return state
    }

    /// The number of `word`, whose hash is known, or 0.
    @inline(__always)
    func find(_ word: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32 {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count &- 1
            // FNV's low bits are its best mixed; the upper ones are compared before the bytes.
            var index = Int(truncatingIfNeeded: hash) & mask
            let tag = UInt32(truncatingIfNeeded: hash &>> 32)
            while slots[index].word != 0 {
                if slots[index].hash == tag, equals(slots[index].word, word) { return slots[index].word }
                index = (index &+ 1) & mask
            }
            return 0
        }
    }

    @inline(__always)
    private func equals(_ id: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[Int(id)])
        guard Int(starts[Int(id) &+ 1]) &- start == word.count else { return false }
        return bytes.withUnsafeBufferPointer { stored in
            var index = 0
            while index < word.count {
                if stored[start &+ index] != word[index] { return false }
                index &+= 1
            }
            return true
        }
    }

    /// The number of `word`, which is added when it is new.
    mutating func insert(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = Self.hash(word)
        let known = find(word, hash: hash)
        if known != 0 { return known }
        if (count + 1) * 2 > slots.count { grow() }
        let id = UInt32(starts.count - 1)
        bytes.append(contentsOf: word)
        starts.append(UInt32(bytes.count))
        place(id, hash)
        return id
    }

    private mutating func place(_ id: UInt32, _ hash: UInt64) {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].word != 0 { index = (index + 1) & mask }
        slots[index] = Slot(hash: UInt32(truncatingIfNeeded: hash >> 32), word: id)
    }

    private mutating func grow() {
        slots = Array(repeating: Slot(hash: 0, word: 0), count: slots.count * 2)
        for id in 1..<(starts.count - 1) {
            let hash = bytes[Int(starts[id])..<Int(starts[id + 1])].withUnsafeBufferPointer(Self.hash)
            place(UInt32(id), hash)
        }
    }
}
