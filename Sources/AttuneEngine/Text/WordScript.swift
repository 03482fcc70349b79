/// The script of a word's letters and how many there are, in 16 bits.
struct WordScript: BitwiseCopyable, Sendable {
    /// Script in the upper byte, letters in the lower; `mixed` when one script does not say it all.
    let raw: UInt16

    static let mixed: UInt16 = .max

    init(raw: UInt16) { self.raw = raw }

    /// Whether it says all of a word in Latin letters, or of one without letters.
    @inline(__always)
    var isLatin: Bool { raw < 256 }

    @inline(__always)
    var letters: Int { Int(raw & 0xFF) }

    /// Counts the letters of a folded form.
    init(_ form: UnsafeBufferPointer<UInt8>) {
        if let latin = Self.latinLetters(form), latin < 256 {
            raw = UInt16(latin)
            return
        }
        var script: WritingSystem?
        var letters = 0
        var isMixed = false
        UTF8Decoding.forEachScalar(form) { scalar in
            guard let system = WritingSystem.of(scalar) else { return }
            letters += 1
            if let script, script != system { isMixed = true }
            script = system
        }
        raw = isMixed || letters > 255 ? Self.mixed : UInt16(script?.rawValue ?? 0) << 8 | UInt16(letters)
    }
}

extension WordScript {
    /// Letters of a form in ASCII, eight bytes at a time; nil when it has others.
    @inline(__always)
    private static func latinLetters(_ form: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = form.baseAddress else { return 0 }
        let (ones, signs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var (letters, offset) = (0, 0)
        while offset < form.count {
            var word: UInt64 = 0
            withUnsafeMutableBytes(of: &word) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: base + offset, count: min(8, form.count &- offset)))
            }
            guard word & signs == 0 else { return nil }
            // A sum's highest bit tells whether a byte is at least `a`, and whether it is behind `z`; no sum reaches the next byte.
            let small = word | 0x20 &* ones
            let isLetter = (small &+ (0x80 - 0x61) &* ones) & ~(small &+ (0x80 - 0x7B) &* ones) & signs
            letters &+= Int((isLetter &>> 7 &* ones) &>> 56)
            offset &+= 8
        }
        return letters
    }
}

/// Letters of a text by their script.
struct ScriptCounts {
    private var counts = InlineArray<25, Int32>(repeating: 0)
    private var total = 0

    /// Counts a word.
    @inline(__always)
    mutating func add(_ word: WordScript, _ form: UnsafeBufferPointer<UInt8>) {
        if word.raw == WordScript.mixed { return add(form) }
        counts[Int(word.raw &>> 8)] &+= Int32(word.raw & 0xFF)
        total &+= Int(word.raw & 0xFF)
    }

    @inline(__always)
    mutating func addLatin(_ letters: Int) {
        counts[WritingSystem.latin.rawValue] &+= Int32(truncatingIfNeeded: letters)
        total &+= letters
    }

    /// Counts a folded form letter by letter.
    mutating func add(_ form: UnsafeBufferPointer<UInt8>) {
        UTF8Decoding.forEachScalar(form) { scalar in
            guard let system = WritingSystem.of(scalar) else { return }
            counts[system.rawValue] &+= 1
            total &+= 1
        }
    }

    /// The script of most letters, and its share; any kana makes Han Japanese. Nil when there are fewer than two letters.
    func most() -> (system: WritingSystem, share: Double)? {
        if Int(counts[WritingSystem.latin.rawValue]) == total { return total >= 2 ? (.latin, 1) : nil }
        return mostOfSeveral()
    }

    @inline(never)
    private func mostOfSeveral() -> (system: WritingSystem, share: Double)? {
        var counts = counts
        if counts[WritingSystem.kana.rawValue] > 0 {
            counts[WritingSystem.kana.rawValue] += counts[WritingSystem.han.rawValue]
            counts[WritingSystem.han.rawValue] = 0
        }
        var best = 0
        for index in counts.indices where counts[index] > counts[best] { best = index }
        guard let system = WritingSystem(rawValue: best), counts[best] >= (system == .latin ? 2 : 1) else { return nil }
        return (system, Double(counts[best]) / Double(total))
    }
}
