/// The script of a text, where it says something of the language.
enum WritingSystem: Int, CaseIterable, Sendable {
    case latin, cyrillic, arabic, devanagari, greek, hebrew, armenian, georgian, thai, hangul, kana, han
    case bengali, gujarati, gurmukhi, tamil, telugu, kannada, malayalam, sinhala, myanmar, khmer, lao, ethiopic, tibetan

    /// First and last scalar of the blocks that matter, in order.
    private static let blocks: [(first: UInt32, last: UInt32, system: WritingSystem)] = [
        (0x41, 0x5A, .latin), (0x61, 0x7A, .latin), (0xC0, 0x24F, .latin), (0x370, 0x3FF, .greek), (0x400, 0x52F, .cyrillic),
        (0x531, 0x58F, .armenian), (0x591, 0x5F4, .hebrew), (0x600, 0x6FF, .arabic), (0x750, 0x77F, .arabic), (0x900, 0x97F, .devanagari),
        (0x980, 0x9FF, .bengali), (0xA00, 0xA7F, .gurmukhi), (0xA80, 0xAFF, .gujarati), (0xB80, 0xBFF, .tamil), (0xC00, 0xC7F, .telugu),
        (0xC80, 0xCFF, .kannada), (0xD00, 0xD7F, .malayalam), (0xD80, 0xDFF, .sinhala), (0xE00, 0xE7F, .thai), (0xE80, 0xEFF, .lao),
        (0xF00, 0xFFF, .tibetan), (0x1000, 0x109F, .myanmar), (0x10A0, 0x10FF, .georgian), (0x1100, 0x11FF, .hangul),
        (0x1200, 0x137F, .ethiopic), (0x1780, 0x17FF, .khmer), (0x1E00, 0x1EFF, .latin), (0x1F00, 0x1FFF, .greek), (0x3040, 0x30FF, .kana),
        (0x3400, 0x4DBF, .han), (0x4E00, 0x9FFF, .han), (0xAC00, 0xD7AF, .hangul), (0xFB50, 0xFDFF, .arabic), (0xFE70, 0xFEFF, .arabic),
        (0xFF66, 0xFF9D, .kana),
    ]

    /// The script of a scalar; nil for digits, marks and scripts that no language here uses.
    static func of(_ scalar: UInt32) -> WritingSystem? {
        if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 ? .latin : nil }
        // What is met most, without the search.
        if scalar &- 0x400 < 0x130 { return .cyrillic }
        if scalar &- 0x600 < 0x100 { return .arabic }
        if scalar &- 0x900 < 0x80 { return .devanagari }
        if scalar &- 0xC0 < 0x190 { return .latin }
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].last < scalar { low = middle + 1 } else { high = middle }
        }
        return low < blocks.count && blocks[low].first <= scalar ? blocks[low].system : nil
    }

    /// The language, where the script leaves only one that we know.
    var onlyLanguage: String? {
        switch self {
        case .latin, .cyrillic, .arabic, .devanagari: nil
        case .greek: "el"
        case .hebrew: "he"
        case .armenian: "hy"
        case .georgian: "ka"
        case .thai: "th"
        case .hangul: "ko"
        case .kana: "ja"
        case .han: "zh"
        case .bengali: "bn"
        case .gujarati: "gu"
        case .gurmukhi: "pa"
        case .tamil: "ta"
        case .telugu: "te"
        case .kannada: "kn"
        case .malayalam: "ml"
        case .sinhala: "si"
        case .myanmar: "my"
        case .khmer: "km"
        case .lao: "lo"
        case .ethiopic: "am"
        case .tibetan: "bo"
        }
    }

    /// The script a language of the identifier's head is written in.
    static func ofLanguage(_ code: String) -> WritingSystem {
        switch code {
        case "be", "bg", "kk", "mk", "mn", "ru", "sr", "uk", "tt": .cyrillic
        case "ar", "fa", "ur": .arabic
        case "hi", "mr": .devanagari
        default: .latin
        }
    }
}
