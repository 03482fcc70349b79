/// The code page in which Western spreadsheets, and texts of old editors, are saved without a byte order mark.
enum Windows1252 {
    /// Text of bytes that are not UTF-8. The five unassigned bytes become C1 controls, as the WHATWG encoding standard has it.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: room(bytes)) { write(bytes, to: $0) }
    }

    /// Calls `body` with that text in UTF-8.
    static func withText<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room(bytes)) { out in
            let count = write(bytes, to: out)
            return try body(UnsafeBufferPointer(rebasing: out[..<count]))
        }
    }

    /// Whether bytes are among them that it leaves unassigned, which show another encoding.
    static func leavesOut(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.contains { $0 &- 0x81 <= 0x1C && [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) }
    }

    /// A character beyond ASCII takes three bytes at most.
    private static func room(_ bytes: UnsafeBufferPointer<UInt8>) -> Int { bytes.count + 2 * bytes.count { $0 >= 0x80 } }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to out: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var (at, count) = (0, 0)
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
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

    static func text(_ bytes: some Collection<UInt8>) -> String { Array(bytes).withUnsafeBufferPointer { text($0) } }
}
