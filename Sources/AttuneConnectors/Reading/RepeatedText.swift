import AttuneCore

/// Finds a text that a platform repeats with other markup and white space: a ticket's first message and its description.
struct RepeatedText {
    private let text: String

    init(_ text: String) { self.text = text }

    /// Whether the other text has the same letters and digits in the same order, and there are some.
    func isRepeated(by other: String) -> Bool {
        let plain = text.utf8.withContiguousStorageIfAvailable { own in other.utf8.withContiguousStorageIfAvailable { Self.isRepeated(own, $0) } }
        if let plain = plain.flatMap({ $0 }).flatMap({ $0 }) { return plain }
        var (own, others) = (text.unicodeScalars.makeIterator(), other.unicodeScalars.makeIterator())
        var isEmpty = true
        // Most others differ in their first letters.
        while let scalar = Self.next(&own) {
            guard Self.next(&others) == scalar else { return false }
            isEmpty = false
        }
        return !isEmpty && Self.next(&others) == nil
    }

    /// The same for a member of a payload; what is no string repeats nothing.
    func isRepeated(by other: Payload?) -> Bool {
        guard let other, other.kind == .string else { return false }
        let plain = other.withPlainBytes { others in text.utf8.withContiguousStorageIfAvailable { own in Self.isRepeated(own, others) } }
        if let plain = plain.flatMap({ $0 }).flatMap({ $0 }) { return plain }
        return isRepeated(by: other.string ?? "")
    }

    /// The same for ASCII; nil when another letter comes before it is decided.
    private static func isRepeated(_ own: UnsafeBufferPointer<UInt8>, _ others: UnsafeBufferPointer<UInt8>) -> Bool? {
        var (at, other, isEmpty) = (0, 0, true)
        while true {
            while at < own.count, !mayCount(own[at]) { at += 1 }
            while other < others.count, !mayCount(others[other]) { other += 1 }
            guard at < own.count, other < others.count else { break }
            if own[at] >= 0x80 || others[other] >= 0x80 { return nil }
            guard own[at] == others[other] else { return false }
            (at, other, isEmpty) = (at + 1, other + 1, false)
        }
        guard let more = at < own.count ? own[at] : other < others.count ? others[other] : nil else { return !isEmpty }
        return more >= 0x80 ? nil : false
    }

    /// Whether a byte is a letter or digit of ASCII, or part of a character beyond it.
    private static func mayCount(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte >= 0x80 }

    /// A number that texts have in common when they repeat each other, to be kept in place of the text; nil when there is nothing to repeat.
    var mark: UInt64? {
        let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> UInt64? in
            guard ByteSearch.largest(in: bytes) < 0x80 else { return nil }
            var hash = Self.nothing
            for byte in bytes where Self.mayCount(byte) { hash = Self.mixed(hash, UInt32(byte)) }
            return hash
        }
        var hash = Self.nothing
        if let plain = plain.flatMap({ $0 }) {
            hash = plain
        } else {
            var scalars = text.unicodeScalars.makeIterator()
            while let scalar = Self.next(&scalars) { hash = Self.mixed(hash, scalar.value) }
        }
        return hash == Self.nothing ? nil : hash
    }

    /// The number of a text in which nothing counts.
    private static let nothing: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func mixed(_ hash: UInt64, _ value: UInt32) -> UInt64 { (hash ^ UInt64(value)) &* 0x100_0000_01B3 }

    private static func next(_ scalars: inout String.UnicodeScalarView.Iterator) -> Unicode.Scalar? {
        while let scalar = scalars.next() {
            if isEssential(scalar) { return scalar }
        }
        return nil
    }

    private static func isEssential(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (48...57).contains(scalar.value) || (97...122).contains(scalar.value | 0x20) }
        // The rest of the Latin letters but two signs of calculation, and punctuation: what most texts have takes no look at the properties.
        if (0xC0...0x24F).contains(scalar.value) { return scalar.value != 0xD7 && scalar.value != 0xF7 }
        if (0x2000...0x206F).contains(scalar.value) { return false }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.value >= 0x1F000
    }
}
