import AttuneCore
import GRDB
import Testing

@testable import AttuneStore

/// Identifiers of claims that were loaded are put into their table later, which nobody may notice.
@Suite struct EvidenceKeysTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let claims = (0..<40).map { i in
        Samples.evidence("e\(i)", [Samples.key("\(i / 2)"), Samples.key("p\(i)", .phone)])
    }

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore.open(path: directory.store, create: true)
        let (first, rest) = (claims.prefix(3), claims.dropFirst(3))
        try store.transaction { try $0.save(Array(first)) }
        for step in [rest.prefix(20), rest.dropFirst(20)] { try store.transaction { _ = try $0.note(Array(step)) } }
    }

    private func expect(_ transaction: some StoreTransaction, _ comment: Comment) throws {
        for i in 0..<20 {
            let found = try transaction.evidence(sharing: [Samples.key("\(i)")])
            #expect(Set(found) == [claims[2 * i], claims[2 * i + 1]], comment)
        }
        let found = try transaction.evidence(sharing: [Samples.key("p7", .phone), Samples.key("unknown")])
        #expect(found == [claims[7]], comment)
    }

    private func count(_ sql: String) throws -> Int { try store.read { try Int.fetchOne($0, sql: sql) ?? -1 } }

    @Test func aReaderFindsWhatIsNotPutInYet() throws {
        #expect(try count("SELECT count(*) FROM evidence_keys") == 6)
        try store.read { try expect(SQLiteTransaction($0, eventSource: ""), "by a reader") }
        #expect(try count("SELECT count(*) FROM evidence_keys") == 6)
    }

    @Test(arguments: [false, true]) func theyArePutInOnce(byALook: Bool) throws {
        try store.transaction { transaction in
            if byALook { _ = try transaction.snapshot() } else { try expect(transaction, "by a writer") }
        }
        #expect(try count("SELECT count(*) FROM evidence_keys") == 80)
        #expect(try count("SELECT count(*) FROM meta WHERE name = 'unkeyed'") == 0)
        try store.read { try expect(SQLiteTransaction($0, eventSource: ""), "by a reader afterwards") }
    }

    @Test func whatIsRemovedBeforeIsNotPutIn() throws {
        try store.transaction { transaction in
            try transaction.remove(evidence: claims.map(\.id))
            let holders = try transaction.holders(of: claims.flatMap(\.keys))
            #expect(holders.isEmpty)
        }
        #expect(try count("SELECT count(*) FROM evidence_keys") == 0)
    }

    @Test func holdersAreFoundByWhoAsksFirst() throws {
        let holders = try store.transaction { try $0.holders(of: [Samples.key("p39", .phone)]) }
        #expect(holders.count == 1)
    }
}
