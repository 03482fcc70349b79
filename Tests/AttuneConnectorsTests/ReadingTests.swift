import AttuneCore
import AttuneEngine
import Testing

@testable import AttuneConnectors

@Suite struct ReadingTests {
    @Test(
        arguments: [
            ("2026-02-03T09:14:07Z", "2026-02-03T09:14:07Z"), ("2026-02-03T09:14:07.123456789Z", "2026-02-03T09:14:07.123456789Z"),
            ("2026-02-03T10:14:07.5+0100", "2026-02-03T09:14:07.5Z"), ("2026-02-03 09:14:07 UTC", "2026-02-03T09:14:07Z"),
            ("2026-02-03 09:14", "2026-02-03T09:14:00Z"), ("1770109747", "2026-02-03T09:09:07Z"), ("1770109747.25", "2026-02-03T09:09:07.25Z"),
            ("1770109747123", "2026-02-03T09:09:07.123Z"), ("1770109747123456", "2026-02-03T09:09:07.123456Z"),
            ("1770109747123456789", "2026-02-03T09:09:07.123456789Z"), ("Tue Feb 03 09:14:07 +0000 2026", "2026-02-03T09:14:07Z"),
            ("Tue, 3 Feb 2026 04:14:07 EST", "2026-02-03T09:14:07Z"), ("3.2.2026, 9:14", "2026-02-03T09:14:00Z"),
            ("2/13/26 9:14 pm", "2026-02-13T21:14:00Z"),
            ("February 3rd, 2026 at 9:14 AM", "2026-02-03T09:14:00Z"), ("2026-13-03", nil), ("31.02.2026", nil), ("yesterday", nil), ("", nil),
            ("2026/02/13 9:14:07 AM GMT+1", "2026-02-13T08:14:07Z"), ("2026/02/13 9:14:07 PM GMT-5", "2026-02-14T02:14:07Z"),
            ("2026/02/13 9:14:07 AM GMT+5:30", "2026-02-13T03:44:07Z"), ("2026/02/13 9:14:07 AM UTC+2", "2026-02-13T07:14:07Z"),
            ("2026/02/13 9:14:07 AM GMT", "2026-02-13T09:14:07Z"), ("2026/02/13 9:14:07 AM MEZ", "2026-02-13T08:14:07Z"),
            ("2026-02-13 09:14:07 CET", "2026-02-13T08:14:07Z"), ("2026-07-13 09:14:07 MESZ", "2026-07-13T07:14:07Z"),
            ("2026-02-13 09:14:07 +0000 UTC", "2026-02-13T09:14:07Z"), ("2026-02-13 10:14:07 +0100 CET", "2026-02-13T09:14:07Z"),
            ("Fri Feb 13 2026 09:14:07 GMT+0100 (Central European Standard Time)", "2026-02-13T08:14:07Z"),
            ("13.02.2026, 09:14 Uhr", "2026-02-13T09:14:00Z"), ("2/13/2026 9:14:07 a. m.", "2026-02-13T09:14:07Z"),
            ("13/2/2026 9:14:07 p.\u{A0}m.", "2026-02-13T21:14:07Z"), ("13/2/2026 9:14 P.M.", "2026-02-13T21:14:00Z"),
            ("2026-02-13 09:14:07 GMT+25", nil), ("2026-02-13 09:14:07 XYZ", nil), ("2026-02-13 9:14 p", nil),
            ("99999999999999999999", nil), ("1e9", nil), ("2026-02-03T25:00:00Z", nil),
        ] as [(String, String?)])
    func times(text: String, expected: String?) {
        var reader = TimestampReader(ConnectorConfiguration())
        #expect(reader.read(text, followsPattern: false).map { RFC3339.format($0.at) } == expected)
    }

    @Test(
        arguments: [
            ("dd/MM/yyyy HH:mm:ss", "03/02/2026 09:14:07", "2026-02-03T09:14:07Z"), ("M/d/yy h:mm a", "2/3/26 9:14 PM", "2026-02-03T21:14:00Z"),
            ("EEE MMM dd HH:mm:ss Z yyyy", "Tue Feb 03 10:14:07 +0100 2026", "2026-02-03T09:14:07Z"),
            ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2026-02-03T09:14:07.440Z", "2026-02-03T09:14:07.44Z"),
            ("unix-ms", "1770109747123", "2026-02-03T09:09:07.123Z"), ("yyyyMMdd", "20260203", "2026-02-03T00:00:00Z"),
            ("yyyyMMddHHmmss", "20260203091407", "2026-02-03T09:14:07Z"), ("yyMMdd-HHmm", "260203-0914", "2026-02-03T09:14:00Z"),
            ("yyyyMMddHHmmss", "2026020391407", nil), ("yyyyMMdd", "2026023", nil), ("dd MMM yyyy", "13 févr. 2026", "2026-02-13T00:00:00Z"),
            ("d. MMMM yyyy", "3. März 2026", "2026-03-03T00:00:00Z"), ("dd MMM. yyyy", "13 feb. 2026", "2026-02-13T00:00:00Z"),
            ("dd.MM.yyyy", "2026-02-03", nil), ("%d.%m.%y %H:%M:%S", "03.02.26 09:14:07", "2026-02-03T09:14:07Z"),
            ("%-m/%-d/%Y, %I:%M %p", "2/3/2026, 9:14 PM", "2026-02-03T21:14:00Z"),
            ("%FT%T.%f%z", "2026-02-03T10:14:07.44+0100", "2026-02-03T09:14:07.44Z"),
            ("%a %b %e %R %Y", "Tue Feb 3 09:14 2026", "2026-02-03T09:14:00Z"), ("%Y%m%d", "20260203", "2026-02-03T00:00:00Z"),
            ("%a %b %e %H:%M:%S %Y", "Tue Feb  3 09:14:07 2026", "2026-02-03T09:14:07Z"),
            ("%d %B %Y %l:%M %p", "03 February 2026  9:14 PM", "2026-02-03T21:14:00Z"),
            ("%H:%M", "09:14", nil), ("YYYY-MM-DD HH:mm:ss", "2026-02-03 09:14:07", "2026-02-03T09:14:07Z"),
            ("DD/MM/YYYY HH:mm", "03/02/2026 09:14", "2026-02-03T09:14:00Z"), ("D.M.YY", "3.2.26", "2026-02-03T00:00:00Z"),
            ("YYYY-MM-DDTHH:mm:ss.SSSZ", "2026-02-03T10:14:07.440+01:00", "2026-02-03T09:14:07.44Z"),
            ("MM/DD/YYYY hh:mm A", "02/03/2026 09:14 PM", "2026-02-03T21:14:00Z"),
            ("dddd, D MMMM YYYY", "Tuesday, 3 February 2026", "2026-02-03T00:00:00Z"),
            ("epoch", "1770109747", "2026-02-03T09:09:07Z"), ("epoch_s", "1770109747.25", "2026-02-03T09:09:07.25Z"),
            ("epoch_ms", "1770109747123", "2026-02-03T09:09:07.123Z"), ("unix_ms", "63000", "1970-01-01T00:01:03Z"),
            ("unixMillis", "63000", "1970-01-01T00:01:03Z"), ("ms", "63000", "1970-01-01T00:01:03Z"),
            ("milliseconds", "63000", "1970-01-01T00:01:03Z"),
            ("s", "63", "1970-01-01T00:01:03Z"), ("seconds", "63", "1970-01-01T00:01:03Z"), ("%s", "63", "1970-01-01T00:01:03Z"),
            ("iso8601", "2026-02-03T10:14:07+01:00", "2026-02-03T09:14:07Z"), ("ISO", "2026-02-03", "2026-02-03T00:00:00Z"),
            ("iso", "20260203T091407Z", "2026-02-03T09:14:07Z"), ("rfc3339", "2026-02-03 09:14:07.5Z", "2026-02-03T09:14:07.5Z"),
            ("iso8601", "03.02.2026", nil), ("iso8601", "1770109747", nil), ("iso8601", "", nil),
        ] as [(String, String, String?)])
    func patterns(pattern: String, text: String, expected: String?) throws {
        var configuration = ConnectorConfiguration()
        configuration.mapping = FieldMapping()
        configuration.mapping?.timestampFormat = pattern
        var reader = TimestampReader(configuration)
        #expect(reader.read(text, followsPattern: true).map { RFC3339.format($0.at) } == expected)
    }

    @Test(
        arguments: [
            ("4", 4, 5), ("4,5", 4.5, 5), ("4.5", 4.5, 5), ("4/5", 4, 5), ("8 / 10", 8, 10), ("4 out of 5", 4, 5), ("4 von 5", 4, 5), ("★★★★☆", 4, 5),
            ("⭐️⭐️", 2, 5), ("FIVE", 5, 5), ("3 stars", 3, 5), ("6", nil, nil), ("0", nil, nil), ("great", nil, nil), ("7/5", nil, nil),
            ("-", nil, nil), ("SEVEN", nil, nil), ("Satisfied", 4, 5), ("dissatisfied", 2, 5), ("none", nil, nil), ("two of five", nil, nil),
        ] as [(String, Double?, Double?)])
    func ratings(text: String, value: Double?, max: Double?) {
        let reading = RatingReader(nil).read(text)
        if let value, let max {
            guard case .rating(let rating) = reading else { return #expect(Bool(false), "\(text): \(reading)") }
            #expect(rating.value == value && rating.max == max)
        } else if case .rating = reading {
            #expect(Bool(false), "\(text) was read")
        }
    }

    /// Scales of ten and more begin at 0, unless the configuration says otherwise; ratings that say their scale keep it.
    @Test(
        arguments: [
            ("\"ratingMax\":10", "0", 0, 10), ("\"ratingMax\":100", "0", 0, 100), ("\"ratingMax\":7", "0", nil, nil), ("\"ratingMax\":7", "3", 1, 7),
            ("\"ratingMax\":10,\"ratingMin\":1", "0", nil, nil), ("\"scale\":10", "0", 0, 10), ("\"scale\":[-2,2]", "0", -2, 2),
            ("\"ratingMax\":10", "4/5", 1, 5),
        ] as [(String, String, Double?, Double?)])
    func scales(mapping: String, text: String, min: Double?, max: Double?) throws {
        let configuration = try ConnectorConfiguration(jsonText: Array("{\"mapping\":{\(mapping)}}".utf8))
        let reading = RatingReader(configuration.mapping).read(text)
        if let min, let max {
            guard case .rating(let rating) = reading else { return #expect(Bool(false), "\(text): \(reading)") }
            #expect(rating.min == min && rating.max == max)
        } else if case .rating = reading {
            #expect(Bool(false), "\(text) was read")
        }
    }

    @Test(
        arguments: [
            ("$.payload.body", "/payload/body"), ("$['ref']", "/ref"), ("$[\"a b\"].c", "/a b/c"), ("$.x[0].t", "/x/0/t"), ("$[2]", "/2"),
            ("$['a/b']['c~d']", "/a~1b/c~0d"), (#"$['it\'s']"#, "/it's"), ("$.größe", "/größe"), ("$", nil), ("$.", nil), ("$.*", nil), ("$..a", nil),
            ("$.a[*]", nil), ("$.a[-1]", nil), ("$.a[0:2]", nil), ("$.a[?(@.b)]", nil), ("$['a", nil), ("$['a'", nil), ("$.a b", nil), ("$[]", nil),
        ] as [(String, String?)])
    func plainPaths(path: String, pointer: String?) { #expect(JSONPath.pointer(path) == pointer) }

    @Test func wellFormedAgreesWithTheStandardLibrary() {
        var random = SplitMix64(seed: 7)
        let parts: [[UInt8]] = [
            [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x99, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5], [0x80], [0xE0, 0x80, 0x80],
        ]
        for _ in 0..<5_000 {
            var bytes = [UInt8]()
            for _ in 0..<Int(random.next() % 20) { bytes += parts[Int(random.next() % UInt64(parts.count))].dropLast(random.next() % 9 == 0 ? 1 : 0) }
            #expect(bytes.withUnsafeBufferPointer(WellFormed.utf8) == (String(validating: bytes, as: UTF8.self) != nil))
        }
    }
}
