import CKernels

/// Words as numbers while a lexicon grows: an open-addressing table from bytes to 1, 2, 3 …; 0 is "not there".
///
/// `View` is how the tables of a finished one are read, in memory or in a pack.
final class Vocabulary {
    /// A word and its hash's upper half; word 0 is an empty slot.
    struct Slot: BitwiseCopyable {
        var hash: UInt32
        var word: UInt32
    }

    /// The tables without their owner, for the hot loop: valid as long as the owner lives.
    struct View {
        /// A power of two, with at least one empty slot: that ends every search.
        let slots: UnsafePointer<Slot>
        let mask: Int
        /// Where each word's bytes stand in `bytes`; one more than there are words, and one for the word 0.
        let starts: UnsafePointer<UInt32>
        let bytes: UnsafePointer<UInt8>

        /// Asks for the place where a search begins.
        @inline(__always)
        func prefetch(_ hash: UInt64) { attune_prefetch_line(slots + (Int(truncatingIfNeeded: hash) & mask)) }

        /// The number of `word`, whose hash is known, or 0.
        @inline(__always)
        func find(_ word: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32 {
            // FNV's low bits are its best mixed; the upper ones are compared before the bytes.
            var index = Int(truncatingIfNeeded: hash) & mask
            let tag = UInt32(truncatingIfNeeded: hash &>> 32)
            while true {
                let slot = slots[index]
                if slot.word == 0 { return 0 }
                if slot.hash == tag, equals(slot.word, word) { return slot.word }
                index = (index &+ 1) & mask
            }
        }

        /// The bytes of a word that is in.
        @inline(__always)
        func spelling(_ word: UInt32) -> UnsafeBufferPointer<UInt8> {
            let start = Int(starts[Int(word)])
            return UnsafeBufferPointer(start: bytes + start, count: Int(starts[Int(word) &+ 1]) &- start)
        }

        @inline(__always)
        private func equals(_ id: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
            let start = starts[Int(id)]
            guard Int(starts[Int(id) &+ 1] &- start) == word.count, let base = word.baseAddress else { return false }
            let stored = bytes + Int(start)
            var index = 0
            while index < word.count {
                if stored[index] != base[index] { return false }
                index &+= 1
            }
            return true
        }
    }

    private var slots = Growable<Slot>(repeating: Slot(hash: 0, word: 0), count: 1024)
    private var starts = Growable<UInt32>(repeating: 0, count: 2)
    private var bytes = Growable<UInt8>(repeating: 0, count: 0)

    var count: Int { starts.count - 2 }

    /// Valid until the next `insert`.
    var view: View { View(slots: slots.pointer, mask: slots.count - 1, starts: starts.pointer, bytes: bytes.pointer) }

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

    /// The number of `word`, which is added when it is new.
    func insert(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = Self.hash(word)
        let known = view.find(word, hash: hash)
        if known != 0 { return known }
        if (count + 1) * 2 > slots.count { grow() }
        let id = UInt32(starts.count - 1)
        for byte in word { bytes.append(byte) }
        starts.append(UInt32(bytes.count))
        place(id, hash)
        return id
    }

    private func place(_ id: UInt32, _ hash: UInt64) {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots.pointer[index].word != 0 { index = (index + 1) & mask }
        slots.pointer[index] = Slot(hash: UInt32(truncatingIfNeeded: hash >> 32), word: id)
    }

    private func grow() {
        slots = Growable(repeating: Slot(hash: 0, word: 0), count: slots.count * 2)
        guard count > 0 else { return }
        for id in 1...UInt32(count) { place(id, Self.hash(view.spelling(id))) }
    }
}
