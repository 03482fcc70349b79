/// Finds a text that a platform repeats with other markup and white space: a ticket's first message and its description.
struct RepeatedText {
    private let text: String

    init(_ text: String) { self.text = text }

    /// Whether the other text has the same letters and digits in the same order, and there are some.
    func isRepeated(by other: String) -> Bool {
        var (own, others) = (text.unicodeScalars.makeIterator(), other.unicodeScalars.makeIterator())
        var isEmpty = true
        // Most others differ in their first letters.
        while let scalar = Self.next(&own) {
            guard Self.next(&others) == scalar else { return false }
            isEmpty = false
        }
        return !isEmpty && Self.next(&others) == nil
    }

    /// A number that texts have in common when they repeat each other, to be kept in place of the text; nil when there is nothing to repeat.
    var mark: UInt64? {
        var scalars = text.unicodeScalars.makeIterator()
        var hash: UInt64?
        while let scalar = Self.next(&scalars) { hash = ((hash ?? 0xCBF2_9CE4_8422_2325) ^ UInt64(scalar.value)) &* 0x100_0000_01B3 }
        return hash
    }

    private static func next(_ scalars: inout String.UnicodeScalarView.Iterator) -> Unicode.Scalar? {
        while let scalar = scalars.next() {
            if isEssential(scalar) { return scalar }
        }
        return nil
    }

    private static func isEssential(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (48...57).contains(scalar.value) || (97...122).contains(scalar.value | 0x20) }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.value >= 0x1F000
    }
}
