/// The marks by which a JSON format is told from others: names of members, and members with a known value.
struct JSONMarks {
    /// Names of the first object's members.
    let keys: Set<String>
    let isArray: Bool
    /// The head without the blanks of its layout, as far as bytes show them.
    private let compact: [UInt8]

    /// Nil when the head is no JSON object or array.
    init?(_ head: ArraySlice<UInt8>) {
        guard let shape = JSONShape(head) else { return nil }
        keys = Set(shape.keys)
        isArray = shape.isArray
        var compact = [UInt8]()
        compact.reserveCapacity(head.count)
        for byte in head where byte > 32 {
            // Some writers escape every slash.
            if byte == UInt8(ascii: "/"), compact.last == UInt8(ascii: "\\") { compact.removeLast() }
            compact.append(byte)
        }
        self.compact = compact
    }

    func has(_ names: String...) -> Bool { keys.isSuperset(of: names) }
    func hasAny(_ names: String...) -> Bool { !keys.isDisjoint(with: names) }

    /// Whether a member of that name occurs anywhere in the head.
    func mentions(_ name: String) -> Bool { contains("\"\(name)\":") }

    /// Whether a member of that name with that text occurs anywhere in the head.
    func says(_ name: String, _ text: String) -> Bool { contains("\"\(name)\":\"\(text)\"") }

    /// Whether a member of that name whose text begins so occurs anywhere in the head.
    func says(_ name: String, prefix: String) -> Bool { contains("\"\(name)\":\"\(prefix)") }

    /// Whether these bytes, without blanks, occur anywhere in the head.
    func holds(_ text: String) -> Bool { contains(text) }

    private func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return compact.withUnsafeBufferPointer { bytes in
            var from = 0
            while let at = ByteSearch.first(wanted[0], in: bytes, from: from, to: bytes.count - wanted.count + 1) {
                if bytes[at..<at + wanted.count].elementsEqual(wanted) { return true }
                from = at + 1
            }
            return false
        }
    }
}
