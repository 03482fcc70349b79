/// What has to be known of a country's numbers to complete one that is written nationally.
struct PhonePlan: Sendable {
    /// ISO 3166 code.
    var region: String
    /// Calling code.
    var code: String
    /// Dialled before a national number, not part of it.
    var trunk: String
    /// National numbers are always written with the trunk prefix.
    var needsTrunk: Bool
    /// Digits of a national number without the trunk prefix.
    var lengths: ClosedRange<Int>
    /// First digits national numbers have.
    var leading: Set<UInt8>
    /// Dialled in front of another country's calling code, where it is not 00.
    var exit: String
    /// First digits and lengths of mobile numbers, which are known as such where the trunk prefix is left out, as people and spreadsheets do.
    var mobile: (leading: Set<UInt8>, lengths: ClosedRange<Int>)?

    static func plan(_ region: String) -> PhonePlan? { byRegion[region] }

    /// The plan of the calling code that digits begin with.
    static func plan(code digits: [UInt8]) -> PhonePlan? {
        for length in stride(from: 3, through: 1, by: -1) where digits.count > length {
            if let plan = byCode[String(decoding: digits.prefix(length), as: UTF8.self)] { return plan }
        }
        return nil
    }

    private static let byRegion = Dictionary(all.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
    private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// Region, calling code, trunk prefix (- none), least and most digits, first digits. From the ITU's national numbering plans.
    private static let table = """
        US 1 1 10 10 23456789
        CA 1 1 10 10 23456789
        GB 44 0 9 10 123578
        DE 49 0 6 11 123456789
        FR 33 0 9 9 123456789
        IT 39 - 6 11 0123456789
        ES 34 - 9 9 6789
        PT 351 - 9 9 236789
        NL 31 0 9 9 123456789
        BE 32 0 8 9 123456789
        LU 352 - 4 11 23456789
        CH 41 0 9 9 123456789
        AT 43 0 4 13 123456789
        IE 353 0 7 9 123456789
        DK 45 - 8 8 23456789
        SE 46 0 7 9 123456789
        NO 47 - 8 8 23456789
        FI 358 0 5 12 123456789
        PL 48 - 9 9 123456789
        CZ 420 - 9 9 23456789
        SK 421 0 9 9 23456789
        HU 36 06 8 9 123456789
        RO 40 0 9 9 237
        BG 359 0 7 9 23456789
        GR 30 - 10 10 26
        HR 385 0 8 9 123456789
        RS 381 0 8 9 123456789
        SI 386 0 8 8 1234567
        UA 380 0 9 9 3456789
        RU 7 8 10 10 3489
        TR 90 0 10 10 234589
        IL 972 0 8 9 23456789
        SA 966 0 9 9 15
        AE 971 0 8 9 234567
        EG 20 0 8 10 123456789
        MA 212 0 9 9 5678
        ZA 27 0 9 9 12345678
        NG 234 0 8 10 123456789
        KE 254 0 9 9 1247
        GH 233 0 9 9 235
        IN 91 0 10 10 123456789
        PK 92 0 9 10 23456789
        BD 880 0 8 10 123456789
        LK 94 0 9 9 123456789
        ID 62 0 8 12 23456789
        MY 60 0 8 10 13456789
        SG 65 - 8 8 3689
        PH 63 0 8 10 23456789
        TH 66 0 8 9 23456789
        VN 84 0 9 10 2356789
        CN 86 0 9 11 123456789
        HK 852 - 8 8 23456789
        TW 886 0 8 9 23456789
        JP 81 0 9 10 123456789
        KR 82 0 8 10 123456789
        AU 61 0 9 9 23478
        NZ 64 0 8 10 234679
        BR 55 0 10 11 123456789
        MX 52 - 10 10 23456789
        AR 54 0 10 11 123456789
        CL 56 - 9 9 23456789
        CO 57 - 10 10 36
        PE 51 0 8 9 14567899
        """

    /// Region, first digits of mobile numbers, least and most of their digits; of Brazil all numbers with an area code.
    private static let mobiles = """
        AE 5 9 9
        AT 6 10 11
        AU 4 9 9
        BE 4 9 9
        BR 123456789 10 11
        CH 7 9 9
        CN 1 11 11
        DE 1 10 11
        EG 1 10 10
        FR 67 9 9
        GB 7 10 10
        GH 25 9 9
        IE 8 9 9
        IL 5 9 9
        IN 6789 10 10
        JP 789 10 10
        KE 17 9 9
        KR 1 10 10
        MA 67 9 9
        NG 789 10 10
        NL 6 9 9
        PH 9 10 10
        PK 3 10 10
        RU 9 10 10
        SA 5 9 9
        SE 7 9 9
        TH 689 9 9
        TR 5 10 10
        UA 3456789 9 9
        ZA 678 9 9
        """

    /// Prefixes for calls to other countries that do not begin with 00, which is read as such everywhere.
    private static let exits = ["US": "011", "CA": "011", "JP": "010", "RU": "810"]

    private static let all: [PhonePlan] = rows(table, 6).compactMap { cells in
        guard let least = Int(cells[3]), let most = Int(cells[4]) else { return nil }
        let trunk = cells[2] == "-" ? "" : cells[2]
        // Americans write the 1 or leave it out.
        let isOptional = cells[1] == trunk
        return PhonePlan(
            region: cells[0], code: cells[1], trunk: trunk, needsTrunk: !trunk.isEmpty && !isOptional, lengths: least...most,
            leading: Set(cells[5].utf8), exit: exits[cells[0]] ?? "", mobile: mobile[cells[0]])
    }

    private static let mobile: [String: (leading: Set<UInt8>, lengths: ClosedRange<Int>)] = Dictionary(
        rows(mobiles, 4).compactMap { cells in
            guard let least = Int(cells[2]), let most = Int(cells[3]) else { return nil }
            return (cells[0], (Set(cells[1].utf8), least...most))
        }, uniquingKeysWith: { first, _ in first })

    private static func rows(_ table: String, _ cells: Int) -> [[String]] {
        table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }.filter { $0.count == cells }
    }
}
