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
    private static let slotCount = 1 << 15
    fileprivate static let formOffset = 64
    fileprivate static let rowOffset = formOffset + longestForm

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

        /// A record that no word is kept in: for forms too long to be remembered.
        var spare: Record { slots + slotCount &* stride }
    }

    init(shape: WordTables.RowShape, packHash: UInt64) {
        precondition(MemoryLayout<WordFacts>.size <= Self.formOffset)
        self.shape = shape
        self.packHash = packHash
        let stride = (Self.rowOffset + shape.bytes + 63) & ~63
        view = View(
            stride: stride, slots: .allocate(byteCount: (Self.slotCount + 1) * stride, alignment: 64),
            marks: .allocate(capacity: Self.slotCount), clocks: .allocate(capacity: Self.slotCount / 4))
        view.marks.initialize(repeating: 0, count: Self.slotCount)
        view.clocks.initialize(repeating: 0, count: Self.slotCount / 4)
    }

    deinit {
        view.slots.deallocate()
        view.marks.deallocate()
        view.clocks.deallocate()
    }

    /// A word as it is looked up.
    struct Key: BitwiseCopyable {
        /// The form's first sixteen bytes, zero padded.
        var first: UInt64
        var second: UInt64
        var hash: UInt64
        /// Bytes of the form.
        var count: Int32
        var tag: UInt8
    }

    /// The key of a token. Most words have up to sixteen bytes, so that no branch on their lengths goes wrong.
    /// - Parameter form: fifteen more bytes may be read behind it.
    @inline(__always)
    static func key(_ token: Token, _ form: UnsafePointer<UInt8>) -> Key {
        let shape = token.shape.rawValue & (Token.Shape.elongated.rawValue | Token.Shape.nonASCII.rawValue)
        let tag = token.kind.rawValue &<< 4 | shape | (token.repeats > 1 ? 1 : 0)
        let count = Int(token.foldedCount)
        let (first, second) = (word(form, 0, count), word(form, 8, count))
        var hash = mixed(mixed(UInt64(tag) &* 0x9E37_79B9_7F4A_7C15, first), second)
        if count > 16 {
            var offset = 16
            while offset < count {
                hash = mixed(hash, word(form, offset, count))
                offset &+= 8
            }
        }
        return Key(first: first, second: second, hash: hash, count: token.foldedCount, tag: tag)
    }

    /// The eight bytes from `offset` on of a form of `count` bytes, zero padded.
    @inline(__always)
    fileprivate static func word(_ form: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> UInt64 {
        let word = UnsafeRawPointer(form + offset).loadUnaligned(as: UInt64.self)
        // A shift by 64 or more leaves no bit, and so keeps the whole word.
        return word & ~(~0 << UInt64(truncatingIfNeeded: max(count &- offset, 0) &* 8))
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ mixed &>> 32
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

    /// Asks for the marks of a word's set.
    @inline(__always)
    func prefetchSet(_ key: WordMemo.Key) { attune_prefetch_line(marks + WordMemo.set(key.hash) &* 4) }

    /// The record that a word stands in if it is remembered, and asks for what is in it; the marks alone are compared.
    @inline(__always)
    func candidate(_ key: WordMemo.Key) -> WordMemo.Record? {
        let set = WordMemo.set(key.hash)
        let mark = WordMemo.mark(key.hash)
        let marks = marks + set &* 4
        var way = 0
        while marks[way] != mark {
            way &+= 1
            if way == 4 { return nil }
        }
        let asked: UInt8 = 1 &<< UInt8(truncatingIfNeeded: way)
        if clocks[set] & asked == 0 { clocks[set] |= asked }
        let record = slots + (set &* 4 &+ way) &* stride
        attune_prefetch_line(record)
        var offset = 64
        while offset < stride {
            attune_prefetch_line(record + offset)
            offset &+= 64
        }
        return record
    }

    /// Whether a record is of this word.
    @inline(__always)
    static func holds(_ record: WordMemo.Record, _ key: WordMemo.Key, _ form: UnsafePointer<UInt8>) -> Bool {
        let known = (record + WordMemo.formOffset).assumingMemoryBound(to: UInt64.self)
        // No form has a zero byte, so that the padding tells the lengths.
        let isOther = known[0] ^ key.first | known[1] ^ key.second | UInt64(facts(record).pointee.tag ^ key.tag)
        guard isOther == 0 else { return false }
        return key.count <= 16 ? known[2] == 0 : holdsRest(known, Int(key.count), form)
    }

    /// Compares what a form has behind its first sixteen bytes.
    @inline(never)
    private static func holdsRest(_ known: UnsafePointer<UInt64>, _ count: Int, _ form: UnsafePointer<UInt8>) -> Bool {
        guard count <= WordMemo.longestForm else { return false }
        return known[2] == WordMemo.word(form, 16, count) && known[3] == (count > 24 ? WordMemo.word(form, 24, count) : 0)
    }
}
