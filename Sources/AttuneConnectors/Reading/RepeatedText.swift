/// Finds a text that a platform repeats with other markup and white space: a ticket's first message and its description.
struct RepeatedText {
    private let essence: [Unicode.Scalar]

    init(_ text: String) { essence = Self.essence(text) }

    /// Whether the other text has the same letters and digits in the same order, and there are some.
    func isRepeated(by other: String) -> Bool { !essence.isEmpty && other.utf8.count >= essence.count && essence == Self.essence(other) }

    private static func essence(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            if scalar.isASCII { return (48...57).contains(scalar.value) || (97...122).contains(scalar.value | 0x20) }
            return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.value >= 0x1F000
        }
    }
}
