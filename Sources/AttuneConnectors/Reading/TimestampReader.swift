import AttuneCore

/// Reads the times that records carry: RFC 3339, Unix numbers of any unit, RFC 5322 and X dates, numeric dates, or the
/// configured pattern. Times without a zone are read in the configured one.
struct TimestampReader {
    private var clock: ZoneClock
    /// Of the mapping's own zone.
    private var mappedClock: ZoneClock?
    private let pattern: TimestampPattern?
    /// Order of numeric dates such as 3/6/2026; nil as long as nothing decided it, day first is assumed then.
    var dayFirst: Bool?

    init(_ configuration: ConnectorConfiguration) {
        clock = ZoneClock(zone: configuration.zone)
        mappedClock = configuration.mapping?.zone.map { ZoneClock(zone: $0) }
        pattern = configuration.mapping?.timestampFormat.flatMap(TimestampPattern.init)
        dayFirst = configuration.dayFirst
    }

    /// Whether dates of unknown order have to be inferred from the file.
    var needsDayOrder: Bool { pattern == nil && dayFirst == nil }

    /// Nil when the text is no time.
    /// - Parameters:
    ///   - followsPattern: whether the configured pattern, and the mapping's zone, are about this record.
    ///   - isUTC: whether the record says that its times without a zone are in UTC.
    mutating func read(_ text: String, followsPattern: Bool, isUTC: Bool = false) -> (at: Timestamp, basis: TimeBasis)? {
        var text = text
        return text.withUTF8 { read($0, followsPattern: followsPattern, isUTC: isUTC) }
    }

    /// What most records of platforms carry, for which neither zone nor pattern matters: RFC 3339, or a Unix number. Nil leaves it to `read`.
    static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        plainUTC(bytes) ?? (bytes.count < 19 ? UnixTime.read(bytes) : RFC3339.parse(bytes))
    }

    /// What `read` makes of a record's plain time by itself: whatever the zone, the order of days and the other records are. Nil leaves it to `read`.
    static func certain(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        if let at = plainUTC(bytes) { return at }
        guard bytes.count < 19, BareDate.read(bytes) == nil, let at = UnixTime.read(bytes) else { return nil }
        // On the first day of 1970: rather an offset within a call (`CallOffset`).
        return at.nanoseconds < 86_400_000_000_000 ? nil : at
    }

    /// The same for the text's bytes.
    mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, followsPattern: Bool, isUTC: Bool = false
    ) -> (at: Timestamp, basis: TimeBasis)? {
        if followsPattern, let pattern { return pattern.read(bytes).flatMap { resolve($0, isUTC: isUTC, isMapped: true) } }
        if let at = Self.plainUTC(bytes) { return (at, .exact) }
        // Shorter texts have no time of day.
        if bytes.count >= 19, let (date, offset) = RFC3339.parseLocal(bytes) {
            return resolve(offset.map { .zoned(date, offset: $0) } ?? .local(date), isUTC: isUTC, isMapped: followsPattern)
        }
        if let date = BareDate.read(bytes) { return resolve(date, isUTC: isUTC, isMapped: followsPattern) }
        if let at = UnixTime.read(bytes) { return (at, .exact) }
        if let date = DateText.numeric(bytes, dayFirst: dayFirst ?? true) ?? DateText.worded(bytes) {
            return resolve(date, isUTC: isUTC, isMapped: followsPattern)
        }
        return nil
    }

    private mutating func resolve(_ date: DateText.Result, isUTC: Bool, isMapped: Bool) -> (at: Timestamp, basis: TimeBasis)? {
        switch date {
        case .instant(let at): (at, .exact)
        case .zoned(let date, let offset): date.timestamp(offset: offset).map { ($0, .exact) }
        case .local(let date) where isUTC: date.timestamp(offset: 0).map { ($0, .exact) }
        case .local(let date) where isMapped && mappedClock != nil: mappedClock?.instant(date).map { ($0, .localAssumed) }
        case .local(let date): clock.instant(date).map { ($0, .localAssumed) }
        }
    }

    /// `2026-02-03T09:14:07[.f]Z` without building a string: nearly all times of our own records.
    static func plainUTC(_ b: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        let count = b.count
        guard count >= 20, count <= 30, b[count - 1] == 90, b[16] == 58, let base = b.baseAddress else { return nil }
        // Eight bytes at a time: without what they have to be, a separator is nothing and a digit its value.
        let raw = UnsafeRawPointer(base)
        let day = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) ^ 0x2D30_302D_3030_3030
        let clock = UInt64(littleEndian: (raw + 8).loadUnaligned(as: UInt64.self)) ^ 0x3030_3A30_3054_3030
        let (tens, ones) = (b[17] &- 48, b[18] &- 48)
        let sixes: UInt64 = 0x0606_0606_0606_0606
        // Six more than a digit is at most fifteen.
        guard (day | (day &+ sixes) | clock | (clock &+ sixes)) & 0xF0F0_F0F0_F0F0_F0F0 == 0, tens <= 9, ones <= 9,
            day & 0xFF00_00FF_0000_0000 == 0, clock & 0x0000_FF00_00FF_0000 == 0
        else { return nil }
        func two(_ digits: UInt64, _ at: UInt64) -> Int {
            Int(truncatingIfNeeded: (digits &>> (8 &* at)) & 15) &* 10 &+ Int(truncatingIfNeeded: (digits &>> (8 &* at &+ 8)) & 15)
        }
        var date = CivilDate(
            year: two(day, 0) &* 100 &+ two(day, 2), month: two(day, 5), day: two(clock, 0), hour: two(clock, 3), minute: two(clock, 6),
            second: Int(tens) &* 10 &+ Int(ones))
        if count > 20 {
            var cursor = ByteCursor(b, at: 20)
            guard count > 21, b[19] == 46, let fraction = cursor.fraction(), cursor.at == count - 1 else { return nil }
            date.nanosecond = fraction
        }
        guard date.isValid else { return nil }
        return date.timestamp()
    }
}

/// A reader of times for all that one decoder reads: what it finds out about days stays known from record to record, which copies of
/// a reader would forget. Not shared between threads.
final class SharedTimestampReader {
    private var reader: TimestampReader

    init(_ configuration: ConnectorConfiguration) { reader = TimestampReader(configuration) }

    /// The same as `TimestampReader.read` of a record that the configured pattern is not about.
    func read(_ text: String) -> (at: Timestamp, basis: TimeBasis)? { reader.read(text, followsPattern: false) }

    /// The same for the text's bytes.
    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (at: Timestamp, basis: TimeBasis)? { reader.read(bytes, followsPattern: false) }
}

/// Bare numbers: Unix time in the unit that their magnitude tells.
enum UnixTime {
    /// Seconds below 1e11, milliseconds below 1e14, microseconds below 1e17, then nanoseconds. The digits are not passed
    /// through a Double, which would round microseconds.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, unit: Unit? = nil) -> Timestamp? {
        if unit == nil, let at = plain(bytes) { return at }
        var cursor = ByteCursor(bytes)
        let negative = cursor.skip(UInt8(ascii: "-"))
        guard let (whole, _) = cursor.number(limit: 19) else { return nil }
        var nanoseconds = 0
        if cursor.skip(UInt8(ascii: ".")) {
            guard let fraction = cursor.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard cursor.isAtEnd else { return nil }
        let unit = unit ?? Unit(magnitude: whole)
        let sign: Int64 = negative ? -1 : 1
        let (value, overflow) = Int64(whole).multipliedReportingOverflow(by: unit.nanoseconds)
        // Most have none, and divisions take long.
        let fraction = nanoseconds == 0 ? 0 : Int64(nanoseconds) / (1_000_000_000 / unit.nanoseconds)
        let (sum, overflowToo) = value.addingReportingOverflow(fraction)
        return overflow || overflowToo ? nil : Timestamp(nanoseconds: sign * sum)
    }

    /// Nothing but digits, of today's seconds or milliseconds: nearly all. Nil leaves it to the longer way.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard bytes.count == 10 || bytes.count == 13 else { return nil }
        var value: Int64 = 0
        for byte in bytes {
            guard byte &- 48 < 10 else { return nil }
            value = value &* 10 &+ Int64(byte &- 48)
        }
        let (nanoseconds, overflow) = value.multipliedReportingOverflow(by: Unit(magnitude: Int(value)).nanoseconds)
        return overflow ? nil : Timestamp(nanoseconds: nanoseconds)
    }

    enum Unit {
        case seconds, milliseconds, microseconds, nanoseconds

        init(magnitude: Int) {
            self =
                magnitude < 100_000_000_000
                ? .seconds
                : magnitude < 100_000_000_000_000
                    ? .milliseconds
                    : magnitude < 100_000_000_000_000_000 ? .microseconds : .nanoseconds
        }

        var nanoseconds: Int64 {
            switch self {
            case .seconds: 1_000_000_000
            case .milliseconds: 1_000_000
            case .microseconds: 1_000
            case .nanoseconds: 1
            }
        }
    }
}
