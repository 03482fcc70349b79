import AttuneCore

extension RFC3339 {
    /// `2026-02-03T09:14:07`: a wall clock as normalised text, for ids that must not change with the assumed zone.
    static func wallClock(_ date: CivilDate) -> String {
        String(unsafeUninitializedCapacity: 19) { out in
            func put(_ value: Int, _ at: Int) {
                out[at] = UInt8(48 + value / 10 % 10)
                out[at + 1] = UInt8(48 + value % 10)
            }
            put(date.year / 100, 0)
            put(date.year % 100, 2)
            put(date.month, 5)
            put(date.day, 8)
            put(date.hour, 11)
            put(date.minute, 14)
            put(date.second, 17)
            (out[4], out[7], out[10], out[13], out[16]) = (45, 45, 84, 58, 58)
            return 19
        }
    }
}
