/// An instant: nanoseconds since 1970-01-01T00:00:00Z, so that nine-digit fractions survive. Covers 1678 to 2261.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Nil when the instant lies outside 1678…2261.
    public init?(seconds: Int64, nanoseconds: Int64 = 0) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowToo) = product.addingReportingOverflow(nanoseconds)
        if overflow || overflowToo { return nil }
        self.nanoseconds = sum
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000
    }

    /// Signed time from `other` to this instant, saturating.
    public func since(_ other: Timestamp) -> Duration {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
        return .nanoseconds(overflow ? (nanoseconds > other.nanoseconds ? Int64.max : Int64.min) : difference)
    }

    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowToo) = nanoseconds.addingReportingOverflow(
            overflow ? (seconds > 0 ? Int64.max : Int64.min) : scaled + attoseconds / 1_000_000_000)
        return Timestamp(nanoseconds: overflowToo ? (seconds > 0 ? Int64.max : Int64.min) : sum)
    }
}
