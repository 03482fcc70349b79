/// The code page in which Western spreadsheets without a byte order mark are saved.
enum Windows1252 {
    /// Text of bytes that are not UTF-8. The five unassigned bytes become C1 controls, as the WHATWG encoding standard has it.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var out = [UInt8]()
        out.reserveCapacity(bytes.underestimatedCount + 16)
        for byte in bytes {
            if byte < 0x80 {
                out.append(byte)
            } else {
                let value = byte < 0xA0 ? HTMLEntities.windows1252[Int(byte - 0x80)] : UInt32(byte)
                out.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
