import CKernels

/// Remembers what a word adds to every head, so that its characters are hashed and its rows gathered once and not for each time it stands.
///
/// A word's rows, its unit and its place in the lexicon depend on the token alone (`FeatureHasher` says why), so a sum with the memo is
/// the sum without it. A table of `slotCount` words in sets of four; of a full set, the word goes that was not asked for the longest.
/// Lives in a scratch: one thread.
final class WordMemo {
    /// What is known of a word, in front of its row.
    struct Header: BitwiseCopyable {
        /// The folded form, zero padded.
        var form: InlineArray<4, UInt64> = .init(repeating: 0)
        /// Kind and shape of the token as far as they matter, and the form's length.
        var tag: UInt32 = 0
        /// N-grams of the main heads and of the language head.
        var mainCount: UInt16 = 0
        var languageCount: UInt16 = 0
        /// `WordScript.raw`.
        var script: UInt16 = 0
        /// Some lane is beyond what the kernel may add in 16 bits.
        var isLarge = false
        /// The token as a part of pairs.
        var unit = WordSums.Unit(plain: 0, negated: 0, isUnit: false)
        var link = WordLink.none
    }

    /// Longer forms are summed up each time.
    static let longestForm = 32
    /// 32,768 words of about 400 bytes: 12 MiB when all are used; of running text in one language they are 96 words in 100.
    private static let slotCount = 1 << 15
    fileprivate static let headerSize = 128

    /// int16 lanes of a row: main, intents and languages behind each other.
    let lanes: Int
    /// The pack whose heads and lexicon the words were summed up with.
    let packHash: UInt64
    let view: View

    /// The table without its owner, for the hot loop.
    struct View {
        fileprivate let stride: Int
        fileprivate let slots: UnsafeMutableRawPointer
        /// Upper half of each slot's hash, 0 for an empty one.
        fileprivate let tags: UnsafeMutablePointer<UInt32>
        /// Per set: bits 0–3 say which slots were asked for since the hand went by, bits 4–5 are the hand.
        fileprivate let clocks: UnsafeMutablePointer<UInt8>
    }

    init(lanes: Int, packHash: UInt64) {
        precondition(MemoryLayout<Header>.size <= Self.headerSize)
        self.lanes = lanes
        self.packHash = packHash
        let stride = Self.headerSize + 2 * lanes
        view = View(
            stride: stride, slots: .allocate(byteCount: (Self.slotCount + 1) * stride, alignment: 64),
            tags: .allocate(capacity: Self.slotCount), clocks: .allocate(capacity: Self.slotCount / 4))
        view.tags.initialize(repeating: 0, count: Self.slotCount)
        view.clocks.initialize(repeating: 0, count: Self.slotCount / 4)
    }

    deinit {
        view.slots.deallocate()
        view.tags.deallocate()
        view.clocks.deallocate()
    }

    /// A slot that no word is kept in: for forms too long to be remembered.
    static var spare: Int { slotCount }

    /// A word as it is looked up.
    struct Key: BitwiseCopyable {
        /// The form's first eight bytes, zero padded.
        var first: UInt64
        /// Kind and shape of the token as far as they matter, and the form's length.
        var tag: UInt32
        var hash: UInt64
    }

    /// The key of a token.
    /// - Parameter form: at most `longestForm` bytes; eight more may be read behind them.
    @inline(__always)
    static func key(_ token: Token, _ form: UnsafeBufferPointer<UInt8>) -> Key {
        let repeats: UInt32 = token.repeats > 1 ? 1 : 0
        let shape = UInt32(token.shape.rawValue & (Token.Shape.elongated.rawValue | Token.Shape.nonASCII.rawValue))
        let tag = UInt32(truncatingIfNeeded: form.count) | UInt32(token.kind.rawValue) << 8 | shape << 16 | repeats << 24
        var key = Key(first: 0, tag: tag, hash: UInt64(tag) &* 0x9E37_79B9_7F4A_7C15)
        guard !form.isEmpty, let base = form.baseAddress else { return key }
        key.first = word(base, form.count)
        key.hash = mixed(key.hash, key.first)
        var offset = 8
        while offset < form.count {
            key.hash = mixed(key.hash, word(base + offset, form.count &- offset))
            offset &+= 8
        }
        return key
    }

    /// Up to eight bytes, zero padded.
    @inline(__always)
    fileprivate static func word(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
        return count >= 8 ? word : word & ~(~0 &<< UInt64(truncatingIfNeeded: count &* 8))
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

    /// A slot for a new word; the one that was in it is forgotten.
    func place(_ key: Key, _ form: UnsafeBufferPointer<UInt8>) -> Int {
        let set = Self.set(key.hash)
        var clock = view.clocks[set]
        var hand = Int(clock &>> 4)
        while view.tags[set &* 4 &+ hand] != 0, clock &>> UInt8(hand) & 1 == 1 {
            clock &= ~(1 &<< UInt8(hand))
            hand = (hand &+ 1) & 3
        }
        view.clocks[set] = clock & 0x0F | UInt8((hand &+ 1) & 3) << 4
        let slot = set &* 4 &+ hand
        view.tags[slot] = Self.mark(key.hash)
        view.header(slot).initialize(to: Header(tag: key.tag))
        if let base = form.baseAddress {
            var offset = 0
            while offset < form.count {
                view.header(slot).pointee.form[offset >> 3] = Self.word(base + offset, form.count &- offset)
                offset &+= 8
            }
        }
        return slot
    }
}

extension WordMemo.View {
    @inline(__always)
    func header(_ slot: Int) -> UnsafeMutablePointer<WordMemo.Header> {
        (slots + (slot &* stride)).assumingMemoryBound(to: WordMemo.Header.self)
    }

    @inline(__always)
    func row(_ slot: Int) -> UnsafeMutablePointer<Int16> {
        (slots + (slot &* stride &+ WordMemo.headerSize)).assumingMemoryBound(to: Int16.self)
    }

    /// Asks for the marks of a word's set.
    @inline(__always)
    func prefetchSet(_ key: WordMemo.Key) { attune_prefetch_line(tags + WordMemo.set(key.hash) &* 4) }

    /// The slot that a word stands in if it is remembered, and asks for what is in it; −1 when it is not remembered.
    @inline(__always)
    func candidate(_ key: WordMemo.Key) -> Int {
        let set = WordMemo.set(key.hash)
        let mark = WordMemo.mark(key.hash)
        let marks = tags + set &* 4
        var way = 0
        while marks[way] != mark {
            way &+= 1
            if way == 4 { return -1 }
        }
        if clocks[set] &>> UInt8(truncatingIfNeeded: way) & 1 == 0 { clocks[set] |= 1 &<< UInt8(truncatingIfNeeded: way) }
        let slot = set &* 4 &+ way
        var line = UnsafeRawPointer(slots + (slot &* stride))
        let end = line + stride
        while line < end {
            attune_prefetch_line(line)
            line += 64
        }
        return slot
    }

    /// Whether a slot holds this word.
    @inline(__always)
    func holds(_ slot: Int, _ key: WordMemo.Key, _ form: UnsafeBufferPointer<UInt8>) -> Bool {
        let header = header(slot)
        // The tag tells the length, so that of short forms the first eight bytes are all.
        guard header.pointee.tag == key.tag, header.pointee.form[0] == key.first else { return false }
        if form.count <= 8 { return true }
        guard let base = form.baseAddress else { return true }
        var offset = 8
        while offset < form.count {
            if header.pointee.form[offset >> 3] != WordMemo.word(base + offset, form.count &- offset) { return false }
            offset &+= 8
        }
        return true
    }
}
