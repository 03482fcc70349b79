/// AM and PM as phones write them.
enum PeriodNames {
    /// Reads a day period at `at`: `PM`, `p.m.`, `p. m.` (also with U+00A0 or U+202F), or the names of other scripts. True for the
    /// afternoon; nil, and `at` unchanged, when there is none.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: Int) -> Bool? {
        guard at < end else { return nil }
        let lower = bytes[at] | 0x20
        if lower == 97 || lower == 112 { return latin(bytes, &at, end, isAfternoon: lower == 112) }
        if bytes[at] < 0x80 { return nil }
        for (name, isAfternoon) in names where starts(bytes, at, end, name) {
            at += name.utf8CodeUnitCount
            return isAfternoon
        }
        return nil
    }

    private static func latin(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: Int, isAfternoon: Bool) -> Bool? {
        var i = at + 1
        let hasPoint = i < end && bytes[i] == 0x2E
        if hasPoint {
            i += 1
            if i < end, bytes[i] == 0x20 { i += 1 }
            if i + 1 < end, bytes[i] == 0xC2, bytes[i + 1] == 0xA0 { i += 2 }
            if i + 2 < end, bytes[i] == 0xE2, bytes[i + 1] == 0x80, bytes[i + 2] == 0xAF { i += 3 }
        }
        guard i < end, bytes[i] | 0x20 == 109 else { return nil }
        i += 1
        if hasPoint, i < end, bytes[i] == 0x2E { i += 1 }
        // A word that only begins so (`amigo`) is none.
        if i < end, (bytes[i] | 0x20) >= 97, (bytes[i] | 0x20) <= 122 { return nil }
        at = i
        return isAfternoon
    }

    private static func starts(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int, _ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard at + count <= end else { return false }
        for i in 0..<count where bytes[at + i] != name.utf8Start[i] { return false }
        return true
    }

    /// Korean, Chinese, Japanese, Greek, Arabic, Hindi, Bengali, Bulgarian; longer names before those they begin with.
    private static let names: [(StaticString, Bool)] = [
        ("오전", false), ("오후", true), ("上午", false), ("下午", true), ("午前", false), ("午後", true),
        ("π.μ.", false), ("μ.μ.", true), ("πμ", false), ("μμ", true), ("ص", false), ("م", true),
        ("पूर्वाह्न", false), ("अपराह्न", true), ("পূর্বাহ্ণ", false), ("অপরাহ্ণ", true), ("пр.об.", false), ("сл.об.", true),
    ]
}
