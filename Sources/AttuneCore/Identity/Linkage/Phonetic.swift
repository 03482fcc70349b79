/// A coarse code of how a name sounds, for blocking: first letter and the classes of up to four consonants behind it.
///
/// The classes are Soundex's (Russell, 1918) over letters with the same sound put together first (ph = f, ck = k, sch = s …), so
/// that it serves the European languages and transliterations alike.
enum Phonetic {
    /// Packed into bits: the same number means the same code. 0 for a text without letters.
    static func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var result: UInt64 = 0
        var written = 0
        var last: UInt8 = 255
        var i = 0
        while i < bytes.count, written < 5 {
            let c = small(bytes[i])
            let next = i + 1 < bytes.count ? small(bytes[i + 1]) : 0
            var kind = letterClass(c)
            if c == UInt8(ascii: "p"), next == UInt8(ascii: "h") {
                kind = 1
                i += 1
            }
            i += 1
            guard kind != 255 else { continue }
            if written == 0 {
                // Vowels in front are one another's typos; consonants keep their class.
                result = UInt64(kind) + 1
                written = 1
            } else if kind != 0, kind != last {
                result = result << 4 | UInt64(kind + 1)
                written += 1
            }
            if kind != 7 { last = kind }
        }
        return result
    }

    /// Consonants of other scripts are capitals (`PlainText`).
    private static func small(_ c: UInt8) -> UInt8 { c >= 65 && c <= 90 ? c + 32 : c }

    /// 0 vowel, 1 labial, 2 guttural or sibilant, 3 dental, 4 l, 5 nasal, 6 r, 7 silent between equals; 255 no letter.
    private static func letterClass(_ c: UInt8) -> UInt8 {
        switch c {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"), UInt8(ascii: "y"): 0
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "p"), UInt8(ascii: "v"): 1
        case UInt8(ascii: "c"), UInt8(ascii: "g"), UInt8(ascii: "j"), UInt8(ascii: "k"), UInt8(ascii: "q"), UInt8(ascii: "s"), UInt8(ascii: "x"),
            UInt8(ascii: "z"):
            2
        case UInt8(ascii: "d"), UInt8(ascii: "t"): 3
        case UInt8(ascii: "l"): 4
        case UInt8(ascii: "m"), UInt8(ascii: "n"): 5
        case UInt8(ascii: "r"): 6
        case UInt8(ascii: "h"), UInt8(ascii: "w"): 0
        default: 255
        }
    }
}
