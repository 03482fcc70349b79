/// Tells mails of one file apart, and is not kept.
struct StableHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    var value: Int { Int(truncatingIfNeeded: state) }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine($0) }
    }

    /// Eight bytes a step, and where parts end.
    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        var at = 0
        if let base = UnsafeRawPointer(bytes.baseAddress) {
            while at + 8 <= bytes.count {
                combine(base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at += 8
            }
        }
        var rest = UInt64(bytes.count) << 56
        while at < bytes.count {
            rest = rest << 8 ^ UInt64(bytes[at])
            at += 1
        }
        combine(rest)
    }

    private mutating func combine(_ word: UInt64) {
        let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        state = product.high ^ product.low
    }
}
