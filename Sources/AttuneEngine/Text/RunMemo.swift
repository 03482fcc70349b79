/// Remembers what a run of letters with bytes above ASCII was split into: ICU is asked once for a word, not once for each time it stands.
///
/// What a run is split into depends on its bytes alone, so the answer is the same with and without the memo. Lives in a scratch: one thread.
final class RunMemo {
    /// A token of a run, its places counted from the run's first byte.
    private struct Part {
        var start: UInt8
        var end: UInt8
        var kind: Token.Kind
        var shape: Token.Shape
        var formStart: UInt8
        var formCount: UInt8
        var repeats: UInt16
    }

    /// A run as it is looked up.
    struct Key {
        fileprivate var words: InlineArray<8, UInt64>
        fileprivate var hash: UInt64
        fileprivate var count: Int
    }

    /// Longer runs are read each time: a word of most scripts is shorter.
    static let longestRun = 64
    private static let mostParts = 6
    private static let mostFormBytes = 128
    /// Runs that are remembered: with 256 bytes each this is 2 MiB, and only what is used is touched.
    private static let slotCount = 8192

    // A slot: hash 0 ..< 8, number of parts 8, parts 16 ..< 64, key 64 ..< 128, forms 128 ..< 256.
    private static let slotSize = 256
    private static let countAt = 8, partsAt = 16, keyAt = 64, formsAt = 128
    private let slots: UnsafeMutableRawPointer
    /// Bytes of each slot's run; 0 for an empty slot.
    private let lengths: UnsafeMutablePointer<UInt8>

    init() {
        slots = .allocate(byteCount: Self.slotCount * Self.slotSize, alignment: 64)
        lengths = .allocate(capacity: Self.slotCount)
        lengths.initialize(repeating: 0, count: Self.slotCount)
    }

    deinit {
        slots.deallocate()
        lengths.deallocate()
    }

    /// The key of a run of 1 … `longestRun` bytes.
    @inline(__always)
    static func key(_ run: UnsafeBufferPointer<UInt8>) -> Key {
        var key = Key(words: .init(repeating: 0), hash: UInt64(run.count), count: run.count)
        var index = 0
        while index < run.count {
            key.words[index >> 3] |= UInt64(run[index]) &<< UInt64(index & 7 &* 8)
            index &+= 1
        }
        var word = 0
        while word &* 8 < run.count {
            key.hash = (key.hash ^ key.words[word]) &* 0x9E37_79B9_7F4A_7C15
            key.hash ^= key.hash &>> 29
            word &+= 1
        }
        return key
    }

    @inline(__always)
    private static func slot(_ key: Key) -> Int { Int(truncatingIfNeeded: key.hash &>> 20) & (slotCount &- 1) }

    /// Appends the tokens of a run that is remembered; false when it is not, or when its first mark would join the token before it.
    @inline(__always)
    func append(_ key: Key, at start: Int, _ buffer: inout TokenBuffer) -> Bool {
        guard lengths[Self.slot(key)] == UInt8(truncatingIfNeeded: key.count) else { return false }
        let slot = slots + Self.slot(key) &* Self.slotSize
        guard slot.load(as: UInt64.self) == key.hash else { return false }
        var word = 0
        while word &* 8 < key.count {
            if slot.load(fromByteOffset: Self.keyAt &+ word &* 8, as: UInt64.self) != key.words[word] { return false }
            word &+= 1
        }
        let count = Int(slot.load(fromByteOffset: Self.countAt, as: UInt8.self))
        let parts = (slot + Self.partsAt).assumingMemoryBound(to: Part.self)
        let forms = (slot + Self.formsAt).assumingMemoryBound(to: UInt8.self)
        if count > 0, parts[0].kind == .punctuation, let last = buffer.tokens.last, last.kind == .punctuation, Int(last.span.end) == start {
            return false
        }
        for index in 0..<count {
            let part = parts[index]
            let foldedStart = buffer.folded.count
            buffer.folded.append(contentsOf: UnsafeBufferPointer(start: forms + Int(part.formStart), count: Int(part.formCount)))
            buffer.append(
                part.kind, start &+ Int(part.start), start &+ Int(part.end), part.shape, foldedStart: foldedStart, repeats: Int(part.repeats))
        }
        return true
    }

    /// Remembers that the run at `start` was split into the tokens from `first` on. Runs of many parts are left out.
    func remember(_ key: Key, at start: Int, tokensFrom first: Int, _ buffer: TokenBuffer) {
        let count = buffer.tokens.count &- first
        guard count >= 0, count <= Self.mostParts else { return }
        let slot = slots + Self.slot(key) &* Self.slotSize
        lengths[Self.slot(key)] = 0
        let parts = (slot + Self.partsAt).assumingMemoryBound(to: Part.self)
        var formBytes = 0
        for index in 0..<count {
            let token = buffer.tokens[first &+ index]
            let form = buffer.form(token)
            guard formBytes &+ form.count <= Self.mostFormBytes, Int(token.span.start) >= start else { return }
            for offset in 0..<form.count { slot.storeBytes(of: form[offset], toByteOffset: Self.formsAt &+ formBytes &+ offset, as: UInt8.self) }
            parts[index] = Part(
                start: UInt8(Int(token.span.start) &- start), end: UInt8(Int(token.span.end) &- start), kind: token.kind, shape: token.shape,
                formStart: UInt8(formBytes), formCount: UInt8(form.count), repeats: UInt16(token.repeats))
            formBytes &+= form.count
        }
        for word in 0..<8 { slot.storeBytes(of: key.words[word], toByteOffset: Self.keyAt &+ word &* 8, as: UInt64.self) }
        slot.storeBytes(of: key.hash, as: UInt64.self)
        slot.storeBytes(of: UInt8(count), toByteOffset: Self.countAt, as: UInt8.self)
        lengths[Self.slot(key)] = UInt8(key.count)
    }
}
