/// The words that introduce a quoted mail in any language: one to three lines that end with a colon and name an address,
/// or a day and a time.
enum Attribution {
    /// Bytes of the longest one.
    private static let limit = 400
    private static let mostLines = 3

    /// Where the introduction that ends at `end` begins; nil when the text before `end` is none.
    static func start(_ text: UnsafeBufferPointer<UInt8>, end: Int) -> Int? {
        var last = end
        while last > 0, text[last - 1] <= 32 { last -= 1 }
        guard last > 0, endsWithColon(text, last) else { return nil }
        var start = last
        for _ in 0..<mostLines {
            // Moves to the beginning of the line; an empty line ends the search.
            while start > 0, text[start - 1] != 10, last - start <= limit { start -= 1 }
            guard last - start <= limit else { return nil }
            if namesSomeone(UnsafeBufferPointer(rebasing: text[start..<last])), !isAddressOfLineAbove(text, start) { return start }
            guard start > 1, text[start - 2] != 10 else { return nil }
            start -= 1
        }
        return nil
    }

    /// Programs wrap before an address and leave its `<` behind.
    private static func isAddressOfLineAbove(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var end = start
        while end > 0, text[end - 1] <= 32, text[end - 1] != 10 || end == start { end -= 1 }
        return end > 0 && text[end - 1] == UInt8(ascii: "<")
    }

    /// `:` or its full-width form, which may be set in a mark of emphasis.
    private static func endsWithColon(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
        var end = end
        while end > 1, text[end - 1] == UInt8(ascii: "*") || text[end - 1] == UInt8(ascii: "_") { end -= 1 }
        return text[end - 1] == UInt8(ascii: ":") || end >= 3 && text[end - 3..<end].elementsEqual([0xEF, 0xBC, 0x9A])
    }

    /// An address, or a date and a time: a clock `9:14` or `9h14`, and outside it a year or a numeric date.
    private static func namesSomeone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var hasTime = false
        var hasDate = false
        var p = 0
        while p < text.count {
            if text[p] == UInt8(ascii: "@"), p > 0, text[p - 1] > 32, p + 1 < text.count, text[p + 1] > 32 { return true }
            guard isDigit(text[p]) else {
                p += 1
                continue
            }
            let first = p
            while p < text.count, isDigit(text[p]) { p += 1 }
            let next = p + 1 < text.count && isDigit(text[p + 1]) ? text[p] : 0
            if p - first <= 2, next == UInt8(ascii: ":") || next == UInt8(ascii: "h") { hasTime = true }
            if p - first == 4 || next == UInt8(ascii: "/") || next == UInt8(ascii: "-") || next == UInt8(ascii: ".") { hasDate = true }
        }
        return hasTime && hasDate
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}
