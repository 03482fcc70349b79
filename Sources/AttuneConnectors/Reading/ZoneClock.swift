import AttuneCore
import Foundation

/// Reads wall clocks of one IANA zone. A time that a change of clocks skips is moved forward by the gap; of a time that
/// occurs twice the earlier instant is taken.
struct ZoneClock {
    private let zone: TimeZone?
    /// Offsets of days on which the clocks are not changed, by day since 1970; nil for days near a change.
    private var days: [Int: Int?] = [:]
    /// The day asked for last, with its seconds since 1970 and its offset: nearly always the next one's too.
    private var last: (year: Int, month: Int, day: Int, seconds: Int, offset: Int?)?

    /// A century has 36,525 days; files that name more are not about conversations.
    private static let dayLimit = 40_000

    /// Without a zone the clock shows UTC.
    init(zone: TimeZone?) { self.zone = zone }

    /// The instant at which the zone's clocks show `date`; nil outside 1678…2261.
    mutating func instant(_ date: CivilDate) -> Timestamp? {
        if last?.day != date.day || last?.month != date.month || last?.year != date.year {
            let day = date.daysSinceEpoch
            last = (date.year, date.month, date.day, day * 86_400, zone.map { offset(ofDay: day, in: $0) } ?? 0)
        }
        guard let last else { return nil }
        let seconds = last.seconds + date.hour * 3_600 + date.minute * 60 + date.second
        guard let zone, last.offset == nil else {
            return Timestamp(seconds: Int64(seconds - (last.offset ?? 0)), nanoseconds: Int64(date.nanosecond))
        }
        let before = Self.offset(zone, seconds - 2 * 86_400)
        let after = Self.offset(zone, seconds + 2 * 86_400)
        // The larger offset gives the earlier instant.
        for offset in [max(before, after), min(before, after)] where Self.offset(zone, seconds - offset) == offset {
            return date.timestamp(offset: offset)
        }
        return date.timestamp(offset: before)
    }

    private mutating func offset(ofDay day: Int, in zone: TimeZone) -> Int? {
        if let known = days[day] { return known }
        let first = Self.offset(zone, (day - 2) * 86_400)
        let steady = (-1...3).allSatisfy { Self.offset(zone, (day + $0) * 86_400) == first }
        if days.count >= Self.dayLimit { days.removeAll(keepingCapacity: true) }
        days[day] = .some(steady ? first : nil)
        return steady ? first : nil
    }

    /// Seconds ahead of UTC at an instant.
    private static func offset(_ zone: TimeZone, _ seconds: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
}
