import AttuneCore

/// Words by which a record says that it is a note of the staff, and who may read it.
enum NoteWord {
    /// Whether a kind of record is a note: `note`, `Internal Note`, `private_note`. The bytes may stand in quotes.
    static func isKind(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if bytes.count < 4 || bytes.count > longest { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { folded in
            var count = 0
            for byte in bytes where !(byte == 0x22 || byte == 0x20 || byte == 0x5F || byte == 0x2D) {
                folded[count] = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
                count += 1
            }
            let word = UnsafeBufferPointer(rebasing: folded[..<count])
            return kinds.contains { ByteSearch.equal(word, $0) }
        }
    }

    static func isKind(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isKind($0) }
    }

    /// Bytes of the longest one, with marks and quotes.
    private static let longest = 16
    private static let kinds: [StaticString] = ["note", "internalnote", "privatenote"]

    /// Nil for a word that means neither.
    static func visibility(_ word: String) -> Visibility? {
        if word == "private" { return .private }
        return switch word.lowercased() {
        case "public", "allusers": .public
        case "private", "internal", "note", "internalusers": .private
        default: nil
        }
    }
}
