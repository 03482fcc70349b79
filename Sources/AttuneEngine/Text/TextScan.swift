import CKernels

/// A text with the kernels' classes of its bytes: what the tokeniser walks over.
struct TextScan {
    let text: UnsafePointer<UInt8>
    /// ASCII capitals as small letters.
    let lower: UnsafePointer<UInt8>
    /// One more than the text has.
    let blocks: UnsafePointer<attune_block>
    let count: Int

    /// The byte at `position`, or 0 outside of the text.
    @inline(__always)
    func byte(_ position: Int) -> UInt8 {
        position >= 0 && position < count ? text[position] : 0
    }

    /// What the 64 bytes from `position` on are, which is inside of the text; `high` is left out.
    @inline(__always)
    func window(_ position: Int) -> attune_block {
        let (low, high) = (blocks + position >> 6, blocks + position >> 6 + 1)
        let shift = UInt64(truncatingIfNeeded: position & 63)
        func joined(_ first: UInt64, _ second: UInt64) -> UInt64 { first &>> shift | (second &<< 1) &<< (63 &- shift) }
        return attune_block(
            letter: joined(low.pointee.letter, high.pointee.letter), digit: joined(low.pointee.digit, high.pointee.digit),
            space: joined(low.pointee.space, high.pointee.space), high: 0, upper: joined(low.pointee.upper, high.pointee.upper),
            newline: joined(low.pointee.newline, high.pointee.newline), triple: joined(low.pointee.triple, high.pointee.triple))
    }

    /// The first position from `start` on that is no space, or `count`.
    @inline(__always)
    func spaceEnd(_ start: Int) -> Int {
        end(from: start) { $0.pointee.space }
    }

    /// Letter, digit, or any byte above ASCII.
    @inline(__always)
    func isWordish(_ position: Int) -> Bool {
        guard position >= 0, position < count else { return false }
        let block = blocks + (position >> 6)
        return (block.pointee.letter | block.pointee.digit | block.pointee.high) &>> UInt64(position & 63) & 1 == 1
    }

    @inline(__always)
    func isLetter(_ position: Int) -> Bool {
        position >= 0 && position < count && blocks[position >> 6].letter &>> UInt64(position & 63) & 1 == 1
    }

    @inline(__always)
    func isDigit(_ position: Int) -> Bool {
        position >= 0 && position < count && blocks[position >> 6].digit &>> UInt64(position & 63) & 1 == 1
    }

    @inline(__always)
    func isHigh(_ position: Int) -> Bool {
        position >= 0 && position < count && text[position] >= 0x80
    }

    @inline(__always)
    func isSpace(_ position: Int) -> Bool {
        position < 0 || position >= count || blocks[position >> 6].space &>> UInt64(position & 63) & 1 == 1
    }

    /// The first position from `start` on that `plane` does not claim, or `count`.
    @inline(__always)
    private func end(from start: Int, _ plane: (UnsafePointer<attune_block>) -> UInt64) -> Int {
        guard start < count else { return count }
        var index = start >> 6
        var bits = ~plane(blocks + index) & (~0 &<< UInt64(start & 63))
        let last = (count &- 1) >> 6
        while bits == 0 {
            index &+= 1
            if index > last { return count }
            bits = ~plane(blocks + index)
        }
        return min(index << 6 &+ bits.trailingZeroBitCount, count)
    }

    /// End of the ASCII letters and digits that begin at `start`.
    @inline(__always)
    func alphanumericEnd(_ start: Int) -> Int {
        end(from: start) { $0.pointee.letter | $0.pointee.digit }
    }

    /// End of the ASCII letters, digits and bytes above ASCII that begin at `start`.
    @inline(__always)
    func wordishEnd(_ start: Int) -> Int {
        end(from: start) { $0.pointee.letter | $0.pointee.digit | $0.pointee.high }
    }

    /// End of the printable ASCII that begins at `start`.
    @inline(__always)
    func printableASCIIEnd(_ start: Int) -> Int {
        end(from: start) { ~($0.pointee.space | $0.pointee.high) }
    }

    /// End of the bytes equal to the one at `start`.
    func repeatEnd(_ start: Int) -> Int {
        let byte = text[start]
        var position = start &+ 1
        while position < count, text[position] == byte { position &+= 1 }
        return position
    }

    /// The last line break in `range` of spaces, or nil.
    func lineBreak(_ start: Int, _ end: Int) -> Int? {
        var position = end &- 1
        while position >= start {
            let byte = text[position]
            if byte == 0x0A || byte == 0x0D { return position }
            position &-= 1
        }
        return nil
    }

    /// Whether the lower-cased text has `word` at `position`.
    @inline(__always)
    func has(_ word: StaticString, at position: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard position >= 0, position &+ length <= count else { return false }
        var index = 0
        while index < length {
            if lower[position &+ index] != word.utf8Start[index] { return false }
            index &+= 1
        }
        return true
    }

    func slice(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + start, count: end &- start)
    }
}
