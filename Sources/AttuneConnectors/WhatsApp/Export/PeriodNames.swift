/// AM and PM as phones write them.
enum PeriodNames {
    /// Reads a day period at `at`: `PM`, `p.m.`, `p. m.` (also with U+00A0 or U+202F), or the names of other scripts. True for the
    /// afternoon; nil, and `at` unchanged, when there is none.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: Int) -> Bool? {
        guard at < end else { return nil }
        let lower = bytes[at] | 0x20
        if lower == 97 || lower == 112, let read = latin(bytes, &at, end, isAfternoon: lower == 112) { return read }
        if bytes[at] < 0x80 {
            guard lower >= 97, lower <= 122 else { return nil }
            return word(bytes, &at, end)
        }
        for (name, isAfternoon) in names where starts(bytes, at, end, name) {
            at += name.utf8CodeUnitCount
            return isAfternoon
        }
        return nil
    }

    /// A day period in Latin letters: a whole word, before a blank, a digit or the header's end.
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: Int) -> Bool? {
        for (name, isAfternoon) in words where starts(bytes, at, end, name) {
            let next = at + name.utf8CodeUnitCount
            if next < end, bytes[next] | 0x20 >= 97, bytes[next] | 0x20 <= 122 || bytes[next] >= 0x80 && bytes[next] != 0xC2 && bytes[next] != 0xE2 {
                continue
            }
            at = next
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

    /// Malay, Albanian, Swedish, Hungarian, Vietnamese, Czech, Slovene, Afrikaans, Finnish, Lithuanian, Latvian, German, Bosnian, Icelandic; longer
    /// names first.
    private static let words: [(StaticString, Bool)] = [
        ("PTG", true), ("PG", false), ("e paradites", false), ("e pasdites", true), ("paradite", false), ("pasdite", true), ("f.m.", false),
        ("e.m.", true), ("fm", false), ("em", true), ("de.", false), ("du.", true), ("SA", false), ("CH", true), ("dop.", false), ("odp.", true),
        ("pop.", true), ("vm.", false), ("nm.", true), ("ap.", false), ("ip.", true), ("priešpiet", false), ("popiet", true), ("priekšp.", false),
        ("pēcp.", true), ("p.d.", false), ("m.d.", true), ("p. d.", false), ("m. d.", true), ("sáng", false), ("chiều", true), ("tối", true),
        ("vormittags", false), ("nachmittags", true), ("vorm.", false), ("nachm.", true), ("prijepodne", false), ("popodne", true), ("f.h.", false),
        ("e.h.", true),
    ]

    /// Turkish, Korean, Chinese, Japanese, Greek, Urdu, Persian, Arabic, Marathi, Hindi, Nepali, Bengali, Tamil, Kannada, Hebrew, Thai, Bulgarian,
    /// Macedonian, Ukrainian, Punjabi, Telugu, Gujarati, Odia, Assamese, Sinhala, Khmer, Lao, Burmese, Amharic, Serbian, Mongolian; longer names before those they begin with.
    private static let names: [(StaticString, Bool)] = [
        ("오전", false), ("오후", true), ("上午", false), ("下午", true), ("午前", false), ("午後", true),
        ("ÖÖ", false), ("ÖS", true), ("凌晨", false), ("清晨", false), ("早上", false), ("中午", true), ("傍晚", true), ("晚上", true),
        ("قبل دوپہر", false), ("بعد دوپہر", true), ("قبل‌ازظهر", false), ("بعدازظهر", true), ("ق.ظ.", false), ("ب.ظ.", true),
        ("म.पू.", false), ("म.उ.", true), ("முற்பகல்", false), ("பிற்பகல்", true), ("ಪೂರ್ವಾಹ್ನ", false), ("ಅಪರಾಹ್ನ", true),
        ("לפנה״צ", false), ("אחה״צ", true), ("ก่อนเที่ยง", false), ("หลังเที่ยง", true), ("претпл.", false), ("попл.", true), ("дп", false), ("пп", true),
        ("π.μ.", false), ("μ.μ.", true), ("πμ", false), ("μμ", true), ("ص", false), ("م", true),
        ("पूर्वाह्न", false), ("अपराह्न", true), ("পূর্বাহ্ণ", false), ("অপরাহ্ণ", true), ("пр.об.", false), ("сл.об.", true),
        ("ق.ظ", false), ("ب.ظ", true), ("ق ظ", false), ("ب ظ", true), ("ਪੂ.ਦੁ.", false), ("ਬਾ.ਦੁ.", true), ("மு.ப", false), ("பி.ப", true),
        ("పూర్వాహ్నం", false), ("అపరాహ్నం", true), ("પૂર્વાહ્ન", false), ("ઉત્તરાહ્ન", true), ("ପୂର୍ବାହ୍ନ", false), ("ଅପରାହ୍ନ", true),
        ("পূৰ্বাহ্ন", false), ("অপৰাহ্ন", true), ("පෙ.ව.", false), ("ප.ව.", true), ("ព្រឹក", false), ("ល្ងាច", true), ("ກ່ອນທ່ຽງ", false),
        ("ຫຼັງທ່ຽງ", true), ("နံနက်", false), ("ညနေ", true), ("ጥዋት", false), ("ከሰዓት", true), ("לפנה\"צ", false), ("אחה\"צ", true),
        ("пре подне", false), ("по подне", true), ("ү.ө.", false), ("ү.х.", true),
    ]
}
