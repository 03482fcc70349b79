import AttuneCore

extension RFC3339 {
    private static let wallClockForm = Array("0000-00-00T00:00:00".utf8)

    /// Appends `2026-02-03T09:14:07`: a wall clock as normalised text, for ids that must not change with the assumed zone.
    static func appendWallClock(_ date: CivilDate, to out: inout [UInt8]) {
        let start = out.count
        out.append(contentsOf: wallClockForm)
        out.withUnsafeMutableBufferPointer { bytes in
            func put(_ value: Int, _ at: Int) {
                bytes[start + at] = UInt8(48 + value / 10 % 10)
                bytes[start + at + 1] = UInt8(48 + value % 10)
            }
            put(date.year / 100, 0)
            put(date.year % 100, 2)
            put(date.month, 5)
            put(date.day, 8)
            put(date.hour, 11)
            put(date.minute, 14)
            put(date.second, 17)
        }
    }

    /// The same as a string.
    static func wallClock(_ date: CivilDate) -> String {
        var out = [UInt8]()
        appendWallClock(date, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
