/// French and Italian words that lose their vowel before another word: `l'ami` is `l'` and `ami`, `don't` stays whole.
enum Elision {
    /// What may stand before the apostrophe. Spelled in both languages' usual forms; `aujourd'hui` is one word and not here.
    private static let words: [StaticString] = [
        "l", "d", "n", "c", "j", "m", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
        "un", "all", "dell", "nell", "sull", "dall", "gl", "quest", "quell", "bell", "sant", "com", "dov", "cos", "anch", "nient", "senz",
    ]

    /// English endings behind an apostrophe: `all's`, `i'd`; they are not words of their own.
    private static let endings: [StaticString] = ["s", "d", "m", "t", "re", "ve", "ll"]

    /// The longest of `words`.
    private static let longest = 6

    /// The position behind the apostrophe when `start..<end` (lower-cased ASCII, or with `’`) begins with an elided word, else nil.
    static func split(_ scan: TextScan, _ start: Int, _ end: Int) -> Int? {
        var position = start
        while position < end, position &- start <= longest, scan.isLetter(position) { position &+= 1 }
        guard position < end, let width = apostropheWidth(scan, position, end) else { return nil }
        guard position &+ width < end, contains(words, scan, start, position) else { return nil }
        return contains(endings, scan, position &+ width, end) ? nil : position &+ width
    }

    /// Bytes of the apostrophe at `position`: 1 for `'`, 3 for `’`.
    private static func apostropheWidth(_ scan: TextScan, _ position: Int, _ end: Int) -> Int? {
        if scan.text[position] == UInt8(ascii: "'") { return 1 }
        guard position &+ 2 < end, scan.text[position] == 0xE2, scan.text[position &+ 1] == 0x80 else { return nil }
        return scan.text[position &+ 2] == 0x99 ? 3 : nil
    }

    private static func contains(_ list: [StaticString], _ scan: TextScan, _ start: Int, _ end: Int) -> Bool {
        list.contains { $0.utf8CodeUnitCount == end &- start && scan.has($0, at: start) }
    }
}
