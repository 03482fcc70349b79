/// Checks of UTF-8, without making strings.
enum WellFormed {
    /// Whether bytes are well-formed UTF-8 (Unicode, table 3-7).
    static func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        let count = bytes.count
        guard let base = bytes.baseAddress else { return true }
        let raw = UnsafeRawPointer(base)
        while at < count {
            while at + 8 <= count, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { at += 8 }
            guard at < count else { return true }
            let lead = bytes[at]
            if lead < 0x80 {
                at += 1
                continue
            }
            let length = sequenceLength(lead)
            guard length > 0, at + length <= count else { return false }
            let second = bytes[at + 1]
            guard second >= lowest(lead), second <= highest(lead) else { return false }
            for i in 2..<max(length, 2) where bytes[at + i] & 0xC0 != 0x80 { return false }
            at += length
        }
        return true
    }

    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    private static func lowest(_ lead: UInt8) -> UInt8 { lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80 }
    private static func highest(_ lead: UInt8) -> UInt8 { lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF }
}
