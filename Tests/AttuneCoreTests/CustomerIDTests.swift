import Testing

@testable import AttuneCore

@Suite struct CustomerIDTests {
    /// Ids as they are made, and texts that are nearly such or no ids at all.
    private static let texts: [String] =
        (0..<300).map { "cus_" + Hex.encode(SHA256.digest("\($0)".utf8).prefix(10)) } + [
            "", "cus_", "a", "cus_00000000000000000000", "cus_ffffffffffffffffffff", "cus_0000000000000000ffff", "cus_ffffffffffffffff0000",
            "cus_0000000000000000000", "cus_000000000000000000000", "cus_0000000000000000000g", "cus_0000000000000000000A",
            "cuS_00000000000000000000",
            "CUS_00000000000000000000", "cus-00000000000000000000", "cus_+0000000000000000000", "cus_é00000000000000000", "another customer",
        ]

    @Test func itsTextReadsBackAsItself() {
        for text in Self.texts { #expect(CustomerID(rawValue: text).rawValue == text) }
    }

    @Test func itIsMadeOfItsFirstMessage() {
        for i in 0..<100 {
            let expected = "cus_" + Hex.encode(SHA256.digest("customer\u{1F}m\(i)".utf8).prefix(10))
            #expect(CustomerID(firstMessageID: "m\(i)").rawValue == expected)
            #expect(CustomerID(firstMessageID: "m\(i)") == CustomerID(rawValue: expected))
        }
    }

    @Test func itIsOrderedAndToldApartAsItsTextIs() {
        let ids = Self.texts.map { CustomerID(rawValue: $0) }
        #expect(ids.sorted().map(\.rawValue) == Self.texts.sorted())
        #expect(Set(ids).count == Self.texts.count)
        for id in ids { #expect(Set(ids).contains(CustomerID(rawValue: id.rawValue))) }
    }
}
