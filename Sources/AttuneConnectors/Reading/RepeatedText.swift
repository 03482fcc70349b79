/// Finds a text that a platform repeats with other markup and white space: a ticket's first message and its description.
struct RepeatedText {
    private let essence: [Unicode.Scalar]

    init(_ text: String) { essence = text.unicodeScalars.filter(Self.isEssential) }

    /// Whether the other text has the same letters and digits in the same order, and there are some.
    func isRepeated(by other: String) -> Bool {
        guard !essence.isEmpty, other.utf8.count >= essence.count else { return false }
        var count = 0
        // Most others differ in their first letters.
        for scalar in other.unicodeScalars where Self.isEssential(scalar) {
            guard count < essence.count, essence[count] == scalar else { return false }
            count += 1
        }
        return count == essence.count
    }

    private static func isEssential(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (48...57).contains(scalar.value) || (97...122).contains(scalar.value | 0x20) }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.value >= 0x1F000
    }
}
