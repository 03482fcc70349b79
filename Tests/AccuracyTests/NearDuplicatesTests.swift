import Testing

/// What counts as the same text twice, and what does not yet.
@Suite struct NearDuplicatesTests {
    @Test(arguments: [
        ("Where is order 123?", "where's... where is order 98765!", false),
        ("Where is order 123?", "Where is order 98765!", true),
        ("thanks ok", "OK, thanks", true),
        ("no no no no no no", "no no no", true),
        ("the new app is so slow", "the new app is so fast", false),
        ("I waited for the driver in the rain for an hour", "I waited for a driver in the rain for an hour", true),
        ("मेरा पैसा कब आएगा", "मेरा पैसा कब आएगा?", true),
        ("👍", "👍", false),
    ])
    func textsThatSayTheSameAreFound(_ one: String, _ other: String, _ isFound: Bool) {
        let pairs = NearDuplicates.pairs(in: [one, "something else altogether", other].map(CustomerCorpus.words))
        #expect(pairs.contains { $0 == (0, 2) } == isFound)
        #expect(pairs.allSatisfy { $0 == (0, 2) })
    }
}
