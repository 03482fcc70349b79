/// The code page in which Western spreadsheets without a byte order mark are saved.
enum Windows1252 {
    /// Text of bytes that are not UTF-8. The five unassigned bytes become C1 controls, as the WHATWG encoding standard has it.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            let value = byte >= 0x80 && byte < 0xA0 ? HTMLEntities.windows1252[Int(byte - 0x80)] : UInt32(byte)
            scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return String(scalars)
    }
}
