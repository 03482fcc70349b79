import AttuneCore

/// Ids that hold the time they were made.
enum Snowflake {
    /// Milliseconds since 1970 of X's epoch, 2010-11-04T01:42:54.657Z.
    private static let epoch: Int64 = 1_288_834_974_657
    /// Ids of before X made them this way.
    private static let first: Int64 = 30_000_000_000

    /// Nil for ids that hold no time.
    static func instant(_ id: String) -> Timestamp? {
        guard let number = Int64(id), number >= first else { return nil }
        let milliseconds = (number >> 22) + epoch
        return Timestamp(seconds: milliseconds / 1_000, nanoseconds: milliseconds % 1_000 * 1_000_000)
    }
}
