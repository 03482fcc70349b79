import AttuneCore

extension RFC3339 {
    /// `2026-02-03T09:14:07`: a wall clock as normalised text, for ids that must not change with the assumed zone.
    static func wallClock(_ date: CivilDate) -> String {
        String(unsafeUninitializedCapacity: wallClockLength) { out in
            guard let start = out.baseAddress else { return 0 }
            write(wallClock: date, at: start)
            return wallClockLength
        }
    }
}
