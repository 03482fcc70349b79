import AttuneCore

/// What tells one JSON format from another in the beginning of a file: the names of its first object's members, and the
/// quoted words anywhere in it.
struct PayloadMarks {
    let keys: Set<String>
    private let head: [UInt8]

    /// Nil when the head is no JSON object or array.
    init?(_ head: ArraySlice<UInt8>) {
        guard let shape = JSONShape(head) else { return nil }
        keys = Set(shape.keys)
        self.head = Array(head)
    }

    func has(key: String) -> Bool { keys.contains(key) }

    /// Whether the word stands in the head between double quotes, as a name or as a value.
    func mentions(_ word: String) -> Bool { contains("\"\(word)\"") }

    /// Whether the text stands anywhere in the head.
    func contains(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        guard let first = needle.first else { return true }
        return head.withUnsafeBufferPointer { bytes in
            var from = 0
            while let at = ByteSearch.first(first, in: bytes, from: from, to: bytes.count) {
                if bytes[at...].starts(with: needle) { return true }
                from = at + 1
            }
            return false
        }
    }
}
