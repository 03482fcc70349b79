/// The code page in which Western spreadsheets without a byte order mark are saved.
enum Windows1252 {
    /// Text of bytes that are not UTF-8. The five unassigned bytes become C1 controls, as the WHATWG encoding standard has it.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        // A character beyond ASCII takes three bytes at most.
        let room = bytes.count + 2 * bytes.count { $0 >= 0x80 }
        return String(unsafeUninitializedCapacity: room) { out in
            var count = 0
            for byte in bytes {
                if byte < 0x80 {
                    out[count] = byte
                    count += 1
                    continue
                }
                let value = byte < 0xA0 ? HTMLEntities.windows1252[Int(byte - 0x80)] : UInt32(byte)
                for unit in UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                    out[count] = unit
                    count += 1
                }
            }
            return count
        }
    }

    static func text(_ bytes: some Collection<UInt8>) -> String { Array(bytes).withUnsafeBufferPointer { text($0) } }
}
