import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct TimeTests {
    @Test(arguments: [
        ("2026-02-03T09:14:07Z", "2026-02-03T09:14:07Z"),
        ("2026-02-03T09:14:07.440Z", "2026-02-03T09:14:07.44Z"),
        ("2026-02-03T09:14:07.123456789Z", "2026-02-03T09:14:07.123456789Z"),
        ("2026-02-03T10:14:07+01:00", "2026-02-03T09:14:07Z"),
        ("2026-02-03T10:14:07+0100", "2026-02-03T09:14:07Z"),
        ("2026-02-03T04:44:07-04:30", "2026-02-03T09:14:07Z"),
        ("2026-02-03 09:14:07 UTC", "2026-02-03T09:14:07Z"),
        ("2024-02-29t23:59:60z", "2024-02-29T23:59:59Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
    ])
    func rfc3339IsReadAndWritten(text: String, canonical: String) throws {
        let timestamp = try #require(RFC3339.parse(text))
        #expect(RFC3339.format(timestamp) == canonical)
        #expect(RFC3339.parse(canonical) == timestamp)
    }

    @Test(arguments: [
        "", "2026-02-03", "2026-02-03T09:14:07", "2026-13-03T09:14:07Z", "2026-02-30T09:14:07Z", "2025-02-29T00:00:00Z", "2026-02-03T24:00:00Z",
        "2026-02-03T09:14:07.Z", "2026-02-03T09:14:07+1", "2026-02-03T09:14:07+25:00", "2500-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
        "2026-02-03T09:14:07ZZ", "２026-02-03T09:14:07Z",
    ])
    func whatIsNoInstantIsRefused(text: String) {
        #expect(RFC3339.parse(text) == nil)
    }

    @Test func aDateWithoutZoneIsTold() throws {
        let local = try #require(RFC3339.parseLocal("2026-02-03T09:14:07"))
        #expect(local.offset == nil && local.date.hour == 9)
    }

    @Test func civilDatesRoundTripOverTheWholeRange() {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<20_000 {
            let timestamp = Timestamp(nanoseconds: Int64.random(in: Int64.min...Int64.max, using: &generator))
            let date = CivilDate(timestamp)
            #expect(date.isValid)
            #expect(date.timestamp() == timestamp)
        }
    }

    @Test func differencesSaturateInsteadOfTrapping() {
        let first = Timestamp(nanoseconds: .min)
        let last = Timestamp(nanoseconds: .max)
        #expect(last.since(first) == .nanoseconds(Int64.max))
        #expect(first.since(last) == .nanoseconds(Int64.min))
        #expect(last.advanced(by: .seconds(1)) == last)
        #expect(first.advanced(by: .seconds(-1)) == first)
        #expect(Timestamp(nanoseconds: 0).advanced(by: .milliseconds(1_500)) == Timestamp(nanoseconds: 1_500_000_000))
    }
}
