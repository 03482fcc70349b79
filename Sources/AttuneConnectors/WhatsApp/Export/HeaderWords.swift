extension EntryTable {
    /// Headers that are compared.
    private static let comparedHeaders = 2_000

    /// Whether different words stand beside the clock: then they are AM and PM in a language that is not listed, and half of the times
    /// would be twelve hours wrong.
    func hasUnknownPeriods(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard style?.hasWord == true else { return false }
        var first: String?
        for entry in entries.prefix(Self.comparedHeaders) {
            let end = Int(entry.bodyStart)
            var start = end
            while start > 0, bytes[start - 1] != 10 { start -= 1 }
            let header = String(decoding: bytes[start..<end], as: UTF8.self)
            let words = String(String.UnicodeScalarView(header.unicodeScalars.filter(\.properties.isAlphabetic)))
            if let first, first != words { return true }
            first = words
        }
        return false
    }
}
