import AttuneCore
import AttuneEngine
import Foundation
import GRDB
import Testing

@testable import AttuneStore

@Suite struct QueryTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let a = Samples.customer("a")
    private let b = Samples.customer("b")

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore.open(path: directory.store, create: true)
    }

    @Test func anEmptyStoreHasAnOverview() throws {
        let overview = try store.queries.overview()
        #expect(overview.messages == 0 && overview.customers == 0 && overview.channels.isEmpty)
        #expect(overview.firstAt == nil && overview.lastAt == nil && overview.meanValence == nil)
        #expect(try store.queries.customersAtRisk(limit: 9, now: Samples.time(0)).isEmpty)
        #expect(try store.queries.customer(a) == nil)
        #expect(try store.queries.customers(matching: "").isEmpty)
        #expect(try store.queries.events(limit: 9).isEmpty)
    }

    @Test func theOverviewCounts() throws {
        try store.register(sink: "crm", fromBeginning: true)
        try store.transaction { transaction in
            try transaction.insert(Samples.record(Samples.message("m1", at: 5), Samples.analysis(valence: -0.5)))
            try transaction.insert(Samples.record(Samples.message("m2", at: 90_000), Samples.analysis(valence: -0.3)))
            let praise = Samples.analysis(.positive, valence: 0.8, language: "es")
            try transaction.insert(Samples.record(Samples.message("m3", at: 7, channel: .review), praise))
            try transaction.insert(Samples.record(Samples.message("m4", at: -5), nil))
            try transaction.save(Customer(id: a, firstSeen: Samples.time(0)))
            try transaction.reject(Rejection(reason: "no text", line: 3), source: "file:a", batchPosition: 2)
            _ = try transaction.append([Samples.event("1")])
        }
        let overview = try store.queries.overview()
        #expect((overview.messages, overview.analysed, overview.deleted) == (4, 3, 0))
        #expect((overview.customers, overview.conversations, overview.rejections, overview.events) == (1, 1, 1, 1))
        #expect((overview.firstAt, overview.lastAt) == (Samples.time(-5), Samples.time(90_000)))
        #expect(overview.channels.map(\.channel) == [.chat, .review])
        #expect(overview.channels.map(\.messages) == [3, 1])
        #expect(overview.channels.map(\.analysed) == [2, 1])
        #expect(overview.channels[0].meanValence == -0.4)
        #expect(overview.channels[0].labels == [LabelSummary(label: .negative, messages: 2, meanValence: -0.4)])
        #expect(overview.languages.map(\.language) == ["en", nil, "es"])
        #expect(overview.languages.map(\.messages) == [2, 1, 1])
        #expect(overview.labels == [.negative: 2, .positive: 1])
        #expect(overview.sinks.map(\.waiting) == [1])
    }

    /// The rollups, kept as messages come, change and go, against counting the messages.
    @Test(arguments: 0..<4) func rollupsAgreeWithTheMessages(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            try store.transaction { transaction in
                for _ in 0..<20 {
                    let id = "m\(random.next() % 150)"
                    let label = Sentiment.Label.allCases[Int(random.next() % 4)]
                    let analysis = random.next() % 5 == 0 ? nil : Samples.analysis(label, valence: Double(random.next() % 2_000) / 1_000 - 1)
                    let channel: Channel = random.next() % 2 == 0 ? .chat : .email
                    let message = Samples.message(id, "text \(random.next() % 3)", at: Double(random.next() % 400_000) - 200_000, channel: channel)
                    if try transaction.versions(of: [id]).isEmpty {
                        try transaction.insert(Samples.record(message, analysis))
                    } else if random.next() % 4 == 0 {
                        try transaction.markDeleted(id: id)
                    } else {
                        try transaction.replace(Samples.record(message, analysis))
                    }
                }
            }
        }
        let queue = try DatabaseQueue(path: directory.store)
        try queue.read { database in
            let kept = try Row.fetchAll(
                database, sql: "SELECT day, channel, label, language, messages, valence_millionths FROM rollups ORDER BY 1, 2, 3, 4")
            let counted = try Row.fetchAll(
                database,
                sql: """
                    SELECT (sent_at - ((sent_at % 86400000000000) + 86400000000000) % 86400000000000) / 86400000000000, channel,
                        coalesce(label, ''), coalesce(analyses.language, messages.language, ''), count(*),
                        coalesce(sum(CAST(round(valence * 1e6) AS INTEGER)), 0)
                    FROM messages LEFT JOIN analyses ON message = n WHERE deleted = 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
                    """)
            #expect(!kept.isEmpty)
            #expect(kept.map { Array($0.databaseValues) } == counted.map { Array($0.databaseValues) })
            #expect(try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").isEmpty)
            // The search index holds exactly the texts there are.
            let found = try Set(Int64.fetchAll(database, sql: "SELECT rowid FROM message_fts WHERE message_fts MATCH 'text'"))
            let texts = try Set(Int64.fetchAll(database, sql: "SELECT n FROM messages WHERE text IS NOT NULL"))
            #expect(found == texts)
        }
        try queue.write { try $0.execute(sql: "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)") }
    }

    private func storeTwoCustomers() throws {
        let (mail, phone) = (Samples.key("mail"), Samples.key("phone", .phone))
        try store.transaction { transaction in
            try transaction.save([Samples.evidence("e", [mail], customer: a), Samples.evidence("f", [phone], customer: b)])
            try transaction.saveValues([(key: mail, value: "Ada@example.com"), (key: phone, value: "+441632960001")])
            for id in [a, b] { try transaction.save(Customer(id: id, firstSeen: Samples.time(0), displayName: "Ada")) }
            try transaction.insert(Samples.record(Samples.message("m1", "first \u{0} words", at: 1)))
            try transaction.insert(Samples.record(Samples.message("m2", "the worst", at: 2, channel: .review), Samples.analysis(valence: -0.9)))
            try transaction.insert(Samples.record(Samples.message("m3", "an aside", at: 3), nil))
            try transaction.insert(Samples.record(Samples.message("m4", "gone", at: 4)))
            try transaction.markDeleted(id: "m4")
            try transaction.insert(Samples.record(Samples.message("n1", "calling", at: 9), evidence: "f"))
            for id in [a, b] { try transaction.save(Samples.state(attention: id == a ? 90 : 10), of: id) }
        }
    }

    @Test func aCustomerIsFoundByIdValueAndRedirect() throws {
        try storeTwoCustomers()
        for reference in [a.rawValue, "Ada@example.com", "ada@EXAMPLE.com"] {
            #expect(try store.queries.customers(matching: reference) == [a], "\(reference)")
        }
        #expect(try store.queries.customers(matching: "+441632960001") == [b])
        #expect(try store.queries.customers(matching: "nobody").isEmpty)
        try store.transaction { transaction in
            try transaction.save([Samples.evidence("f", [Samples.key("phone", .phone)], customer: a)])
            try transaction.record(.merged(survivor: a, absorbed: [b], key: nil), at: Samples.time(5))
            // A chain: somebody had been merged into b before.
            try transaction.record(.merged(survivor: b, absorbed: [Samples.customer("c")], key: nil), at: Samples.time(4))
            try transaction.record(.merged(survivor: a, absorbed: [b], key: nil), at: Samples.time(5))
        }
        #expect(try store.queries.customers(matching: b.rawValue) == [a])
        #expect(try store.queries.customers(matching: "+441632960001") == [a])
        let profile = try #require(try store.queries.customer(Samples.customer("c")))
        #expect(profile.id == a)
        #expect(profile.formerIDs == [b, Samples.customer("c")].sorted())
        #expect(profile.identifiers.map(\.value) == ["Ada@example.com", "+441632960001"])
        #expect(profile.timeline.map(\.messageID) == ["m1", "m2", "m3", "m4", "n1"])
    }

    @Test func aProfileShowsWhatIsKnown() throws {
        try storeTwoCustomers()
        let profile = try #require(try store.queries.customer(a, messages: 3))
        #expect(profile.displayName == "Ada")
        #expect(profile.state == Samples.state(attention: 90))
        #expect(profile.channels == [ChannelCount(channel: .chat, messages: 2), ChannelCount(channel: .review, messages: 1)])
        #expect(profile.timeline.map(\.text) == ["the worst", "an aside", nil])
        #expect(profile.timeline.map(\.reading?.valence) == [-0.9, nil, nil])
        #expect(profile.timeline[0].reading?.intents == Samples.analysis().intents)
        // A text is kept whole, whatever is in it.
        #expect(try store.queries.customer(a)?.timeline.first?.text == "first \u{0} words")
    }

    @Test func customersAtRiskComeWithTheWordsThatShowIt() throws {
        try storeTwoCustomers()
        let risk = { (seconds: Double) in try store.queries.customersAtRisk(limit: 9, now: Samples.time(seconds)) }
        #expect(try risk(10).map(\.id) == [a])
        #expect(try risk(10).first?.quote?.text == "the worst")
        try store.transaction { transaction in
            try transaction.save([
                StoredSignal(signal: Samples.signal("churn_risk", cause: "m1", at: 1), customerID: a),
                StoredSignal(signal: Samples.signal("churn_risk", cause: "m2", at: 2), customerID: a, isRetracted: true),
                StoredSignal(signal: Samples.signal("churn_risk", cause: "n1", at: 9, expires: 20), customerID: b),
                StoredSignal(signal: Samples.signal("delighted", cause: "m3", at: 9), customerID: a),
            ])
        }
        #expect(try risk(10).map(\.id) == [a, b])
        #expect(try risk(10).map(\.quote?.text) == ["first \u{0} words", "calling"])
        #expect(try risk(10).map(\.signals.count) == [1, 1])
        #expect(try risk(20).map(\.id) == [a])
        #expect(try store.queries.customersAtRisk(limit: 1, now: Samples.time(10)).map(\.id) == [a])
        #expect(try store.queries.customersAtRisk(limit: 9, now: Samples.time(10), rules: ["delighted"]).first?.signals.count == 1)
    }

    @Test func eventsShowTheirDeliveries() throws {
        try store.register(sink: "crm", fromBeginning: true)
        try store.transaction { _ = try $0.append(["1", "2", "3"].map { Samples.event($0) }) }
        let due = try store.due(for: "crm", now: Samples.time(0), limit: 2)
        try store.record(
            [(event: due[0], outcome: .delivered), (event: due[1], outcome: .deadLetter(reason: "no"))], for: "crm", now: Samples.time(0),
            schedule: RetrySchedule())
        let events = try store.queries.events(limit: 9)
        #expect(events.map(\.sequence) == [1, 2, 3])
        #expect(events.flatMap(\.deliveries).map(\.status) == [.delivered, .dead, .waiting])
        #expect(try store.queries.events(limit: 1, after: 1).map(\.sequence) == [2])
        #expect(try store.queries.latestEvents(limit: 2).map(\.sequence) == [3, 2])
        #expect(try store.queries.events(limit: -1).isEmpty)
    }

    @Test func rejectionsAreKeptOncePerPosition() throws {
        let rejection = Rejection(reason: "no text", line: 3)
        try store.transaction { transaction in
            for _ in 0..<2 { try transaction.reject(rejection, source: "file:a", batchPosition: 7) }
            try transaction.reject(Rejection(reason: "no text", row: 3), source: "file:a", batchPosition: 7)
            for _ in 0..<2 { try transaction.reject(rejection, source: "webhook", batchPosition: -1) }
        }
        let rejections = try store.queries.rejections(limit: 9)
        #expect(rejections.map(\.position) == [nil, nil, 7, 7])
        #expect(rejections.last?.rejection == rejection)
        #expect(try store.queries.overview().rejections == 4)
    }

    @Test func aReaderSeesOneStateWhileAWriterWrites() throws {
        try store.transaction { try $0.insert(Samples.record(Samples.message("m1"))) }
        let reader = try SQLiteStore.open(path: directory.store, readOnly: true)
        try store.transaction { transaction in
            try transaction.insert(Samples.record(Samples.message("m2")))
            #expect(try reader.queries.overview().messages == 1)
            let meanwhile = try Thread.onAnother { [store] in try store.queries.overview().messages }
            #expect(meanwhile == 1)
        }
        #expect(try reader.queries.overview().messages == 2)
        #expect(try store.queries.overview().messages == 2)
    }

    @Test func theLedgerIsAppendOnly() throws {
        _ = try store.transaction { try $0.record(.merged(survivor: a, absorbed: [b], key: Samples.key("k")), at: Samples.time(1)) }
        try store.close()
        let queue = try DatabaseQueue(path: directory.store)
        for sql in ["DELETE FROM ledger", "UPDATE ledger SET at = 0"] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        }
        #expect(try queue.read { try String.fetchOne($0, sql: "SELECT others FROM ledger") } == "[\"\(b.rawValue)\"]")
    }

    @Test func clearValuesAndTextStandWhereTheyBelongOnly() throws {
        let secret = "Zanzibar"
        let key = Samples.key("k")
        try store.transaction { transaction in
            var message = Samples.message("m1", "I live in \(secret)")
            message.author.identifiers = [Identifier(kind: .email, value: "\(secret)@example.com", verified: true)]
            message.author.displayName = nil
            try transaction.save([Samples.evidence("e", [key], customer: a)])
            try transaction.saveValues([(key: key, value: "\(secret)@example.com")])
            try transaction.insert(Samples.record(message))
            try transaction.save(Samples.state(), of: a)
            _ = try transaction.append([Samples.event("1")])
        }
        try store.close()
        let queue = try DatabaseQueue(path: directory.store)
        let tables = try queue.read { database in
            let names = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'message_fts%'")
            return try names.filter { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)").contains { "\($0)".contains(secret) }
            }
        }
        #expect(tables.sorted() == ["identifiers", "messages"])
    }
}

extension Thread {
    /// Runs `body` on a thread of its own and waits for it.
    fileprivate static func onAnother<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
        let answer = LockedBox<Swift.Result<Result, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let result = Swift.Result { try body() }
            answer.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        return try #require(answer.withLock { $0 }).get()
    }
}
