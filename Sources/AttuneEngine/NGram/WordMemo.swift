import CKernels

/// Remembers what a word adds to every head, so that its characters are hashed and its rows gathered once and not for each time it stands.
///
/// A word's rows, its unit and its place in the lexicon depend on the token alone (`FeatureHasher` says why), so a sum with the memo is
/// the sum without it. A table of `slotCount` words in sets of four; of a full set, the word goes that was not asked for the longest.
/// Lives in a scratch: one thread.
///
/// A word's record is its facts (64 bytes), its folded form (32 bytes, zero padded), and its row: four cache lines for our own pack.
final class WordMemo {
    typealias Record = UnsafeMutableRawPointer

    /// Longer forms are summed up each time.
    static let longestForm = 32
    /// 32,768 words of 256 bytes: 8 MiB when all are used; of running text in one language they are 96 words in 100.
    fileprivate static let slotCount = 1 << 15
    fileprivate static let formOffset = Int(attune_record_form)
    fileprivate static let rowOffset = Int(attune_record_row)

    /// The pack whose heads and lexicon the words were summed up with.
    let packHash: UInt64
    let shape: WordTables.RowShape
    let view: View

    /// The table without its owner, for the hot loop.
    struct View {
        fileprivate let stride: Int
        fileprivate let slots: UnsafeMutableRawPointer
        /// Upper half of each slot's hash, 0 for an empty one.
        fileprivate let marks: UnsafeMutablePointer<UInt32>
        /// Per set: bits 0–3 say which slots were asked for since the hand went by, bits 4–5 are the hand.
        fileprivate let clocks: UnsafeMutablePointer<UInt8>
        /// What is kept of the first two words of a form: two masks for each number of bytes up to sixteen.
        fileprivate let masks: UnsafeMutablePointer<UInt64>

        /// A record that no word is kept in: for forms too long to be remembered. What stands for a form there is no UTF-8.
        var spare: Record { slots + slotCount &* stride }
    }

    init(shape: WordTables.RowShape, packHash: UInt64) {
        precondition(
            MemoryLayout<WordFacts>.stride == Int(attune_facts_size) && MemoryLayout<WordFacts>.offset(of: \.plain) == Int(attune_facts_plain)
                && MemoryLayout<WordFacts>.offset(of: \.mainCount) == Int(attune_facts_counts), "the kernels know the layout")
        self.shape = shape
        self.packHash = packHash
        let stride = (Self.rowOffset + shape.bytes + 63) & ~63
        view = View(
            stride: stride, slots: .allocate(byteCount: (Self.slotCount + 1) * stride, alignment: 64),
            marks: .allocate(capacity: Self.slotCount), clocks: .allocate(capacity: Self.slotCount / 4), masks: .allocate(capacity: 2 * 17))
        view.marks.initialize(repeating: 0, count: Self.slotCount)
        view.clocks.initialize(repeating: 0, count: Self.slotCount / 4)
        (view.spare + Self.formOffset).initializeMemory(as: UInt8.self, repeating: 0xFF, count: Self.longestForm)
        for bytes in 0...16 {
            (view.masks + 2 * bytes).initialize(to: ~(~0 << UInt64(8 * bytes)))
            (view.masks + 2 * bytes + 1).initialize(to: ~(~0 << UInt64(8 * max(bytes - 8, 0))))
        }
    }

    deinit {
        view.slots.deallocate()
        view.marks.deallocate()
        view.clocks.deallocate()
        view.masks.deallocate()
    }

    typealias Key = attune_word_key
    /// Set in the tag of a form of more than sixteen bytes.
    static let isLong: UInt8 = 0x80

    /// The eight bytes from `offset` on of a form of `count` bytes, zero padded.
    @inline(__always)
    fileprivate static func word(_ form: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> UInt64 {
        let word = UnsafeRawPointer(form + offset).loadUnaligned(as: UInt64.self)
        // A shift by 64 or more leaves no bit, and so keeps the whole word.
        return word & ~(~0 << UInt64(truncatingIfNeeded: max(count &- offset, 0) &* 8))
    }

    @inline(__always)
    fileprivate static func set(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slotCount / 4 &- 1) }

    @inline(__always)
    fileprivate static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash &>> 32) | 1 }

    /// A record for a new word, with its form and empty facts; the word that was in it is forgotten.
    func place(_ key: Key, _ form: UnsafePointer<UInt8>) -> Record {
        let set = Self.set(key.hash)
        var clock = view.clocks[set]
        var hand = Int(clock &>> 4)
        while view.marks[set &* 4 &+ hand] != 0, clock &>> UInt8(hand) & 1 == 1 {
            clock &= ~(1 &<< UInt8(hand))
            hand = (hand &+ 1) & 3
        }
        view.clocks[set] = clock & 0x0F | UInt8((hand &+ 1) & 3) << 4
        view.marks[set &* 4 &+ hand] = Self.mark(key.hash)
        let record = view.slots + (set &* 4 &+ hand) &* view.stride
        View.facts(record).initialize(to: WordFacts(tag: key.tag))
        for offset in stride(from: 0, to: Self.longestForm, by: 8) {
            let word = offset < Int(key.count) ? Self.word(form, offset, Int(key.count)) : 0
            record.storeBytes(of: word, toByteOffset: Self.formOffset &+ offset, as: UInt64.self)
        }
        return record
    }
}

extension WordMemo.View {
    @inline(__always)
    static func facts(_ record: WordMemo.Record) -> UnsafeMutablePointer<WordFacts> { record.assumingMemoryBound(to: WordFacts.self) }

    @inline(__always)
    static func row(_ record: WordMemo.Record) -> UnsafeMutablePointer<UInt8> {
        (record + WordMemo.rowOffset).assumingMemoryBound(to: UInt8.self)
    }

    /// The key of a token. Most words have up to sixteen bytes, so that no branch on their lengths goes wrong.
    /// - Parameter form: fifteen more bytes may be read behind it.
    @inline(__always)
    func key(_ token: Token, _ form: UnsafePointer<UInt8>) -> WordMemo.Key {
        let shape = token.shape.rawValue & (Token.Shape.elongated.rawValue | Token.Shape.nonASCII.rawValue)
        let count = Int(token.foldedCount)
        let tag = token.kind.rawValue &<< 4 | shape | (token.repeats > 1 ? 1 : 0) | (count > 16 ? WordMemo.isLong : 0)
        let bytes = UnsafeRawPointer(form)
        let mask = masks + 2 &* min(count, 16)
        let first = bytes.loadUnaligned(as: UInt64.self) & mask[0]
        let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & mask[1]
        var hash = attune_mixed(first ^ UInt64(tag) &<< 56, second)
        if count > 16 {
            var offset = 16
            while offset < count {
                hash = attune_mixed(hash, WordMemo.word(form, offset, count))
                offset &+= 8
            }
        }
        return WordMemo.Key(first: first, second: second, hash: hash, count: token.foldedCount, tag: tag)
    }

    /// Finds where words may stand without waiting for memory: first all sets are asked for, then all records.
    /// - Parameters:
    ///   - keys: those that are unset are made.
    ///   - records: room for `count`.
    @inline(never)
    func look(
        _ tokens: UnsafePointer<Token>, _ count: Int, _ forms: TokenBuffer.Forms, _ keys: UnsafeMutablePointer<WordMemo.Key>,
        _ records: UnsafeMutablePointer<WordMemo.Record>
    ) {
        for index in 0..<count {
            if keys[index].tag == UInt8(attune_unset_tag) { keys[index] = key(tokens[index], forms.start(tokens[index])) }
            attune_prefetch_line(marks + WordMemo.set(keys[index].hash) &* 4)
        }
        for index in 0..<count { records[index] = candidate(keys[index].hash) }
    }

    /// The record that a word stands in if it is remembered, and asks for what is in it.
    ///
    /// The marks alone are compared, and without a branch; of a word that is not remembered it is the spare record.
    @inline(__always)
    func candidate(_ hash: UInt64) -> WordMemo.Record {
        let set = WordMemo.set(hash)
        let ways = attune_equal_marks(marks + set &* 4, WordMemo.mark(hash))
        clocks[set] |= UInt8(truncatingIfNeeded: ways)
        let slot = set &* 4 &+ (ways | 16).trailingZeroBitCount
        let record = slots + (ways != 0 ? slot : WordMemo.slotCount) &* stride
        // The four lines that a record of our own pack has.
        attune_prefetch_line(record)
        attune_prefetch_line(record + 64)
        attune_prefetch_line(record + 128)
        attune_prefetch_line(record + 192)
        return record
    }

    /// Whether a record is of this word.
    static func holds(_ record: WordMemo.Record, _ key: WordMemo.Key, _ form: UnsafePointer<UInt8>) -> Bool {
        let known = (record + WordMemo.formOffset).assumingMemoryBound(to: UInt64.self)
        guard known[0] ^ key.first | known[1] ^ key.second | UInt64(facts(record).pointee.tag ^ key.tag) == 0 else { return false }
        let count = Int(key.count)
        if count <= 16 { return true }
        return count <= WordMemo.longestForm && known[2] == WordMemo.word(form, 16, count)
            && known[3] == (count > 24 ? WordMemo.word(form, 24, count) : 0)
    }
}
