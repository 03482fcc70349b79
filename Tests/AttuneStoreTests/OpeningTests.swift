import AttuneCore
import AttuneEngine
import Foundation
import GRDB
import Testing

@testable import AttuneStore

@Suite struct OpeningTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.store }
    init() throws { directory = try TemporaryDirectory() }

    private func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    @Test func aStoreSurvivesClosing() throws {
        let store = try SQLiteStore.open(path: path, create: true)
        let key = store.identifierHashKey
        #expect(key.count == 32)
        try store.transaction { try $0.insert(Samples.record(Samples.message("m1"))) }
        try store.close()
        try store.close()
        for readOnly in [false, true] {
            let again = try SQLiteStore.open(path: path, readOnly: readOnly)
            #expect(again.identifierHashKey == key)
            #expect(try again.queries.overview().messages == 1)
            try again.close()
        }
        let other = try SQLiteStore.open(path: directory.path("other.db"), create: true)
        #expect(other.identifierHashKey != key)
    }

    private func pragma(_ name: String, _ database: Database) throws -> String? { try String.fetchOne(database, sql: "PRAGMA \(name)") }

    @Test func everyConnectionHasItsSettings() throws {
        let store = try SQLiteStore.open(path: path, create: true)
        let expected = [
            // 2 is FULL: GRDB sets NORMAL when it opens a pool.
            "synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "5000",
            "page_size": String(Connections.pageSize), "application_id": String(Schema.applicationID), "user_version": String(Schema.version),
            "wal_autocheckpoint": String(Connections.checkpointPages),
        ]
        for (name, value) in expected { #expect(try store.write { try pragma(name, $0) } == value, "\(name)") }
        #expect(try store.read { try pragma("cache_size", $0) } == String(-Connections.readerCache))
        try store.close()
        // Also when the store is there already.
        let again = try SQLiteStore.open(path: path)
        #expect(try again.write { try pragma("synchronous", $0) } == "2")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func whatIsNotThereIsNotOpened() throws {
        #expect(throws: StoreError.notFound(path: path)) { try SQLiteStore.open(path: path) }
        #expect(throws: StoreError.notFound(path: path)) { try SQLiteStore.open(path: path, readOnly: true) }
        let deep = directory.path("missing/store.db")
        #expect(throws: StoreError.missingDirectory(path: directory.path("missing"))) { try SQLiteStore.open(path: deep, create: true) }
        #expect(throws: StoreError.isDirectory(path: directory.url.path)) { try SQLiteStore.open(path: directory.url.path, create: true) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).isEmpty)
    }

    @Test func foreignFilesAreRefusedAndLeftAlone() throws {
        let database = directory.path("other.db")
        do {
            let queue = try DatabaseQueue(path: database)
            try queue.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
            try queue.close()
        }
        try write(Array("name,text\n1,hello, this is no database\n".utf8), to: directory.path("table.csv"))
        try write(Array("SQLite format 3\0 and then rubbish".utf8), to: directory.path("broken.db"))
        for name in ["other.db", "table.csv", "broken.db"] {
            let path = directory.path(name)
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            for readOnly in [false, true] {
                do {
                    _ = try SQLiteStore.open(path: path, create: true, readOnly: readOnly)
                    Issue.record("\(name) was opened")
                } catch StoreError.notAStore(let named, _) {
                    #expect(named == path)
                }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).count == 3)
    }

    @Test func anEmptyFileBecomesAStoreOnlyWhenAsked() throws {
        try write([], to: path)
        #expect(throws: StoreError.notAStore(path: path, what: "this file is empty")) { try SQLiteStore.open(path: path) }
        #expect(throws: StoreError.notAStore(path: path, what: "this file is empty")) { try SQLiteStore.open(path: path, readOnly: true) }
        let store = try SQLiteStore.open(path: path, create: true)
        #expect(try store.queries.overview().messages == 0)
    }

    @Test func aHalfMadeStoreIsFinished() throws {
        // Killed between making the file and its tables.
        try Connections.initialise(path: path)
        #expect(throws: StoreError.olderVersion(path: path, found: 0, known: Schema.version)) {
            try SQLiteStore.open(path: path, readOnly: true)
        }
        let store = try SQLiteStore.open(path: path)
        #expect(try store.queries.overview().messages == 0)
    }

    @Test func aStoreOfVersion2IsBroughtUpToDate() throws {
        try Connections.initialise(path: path)
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "2 claims")
        let keys = [Samples.key("a"), Samples.key("q", IdentityPolicy.participant), Samples.key("p", .phone)]
        let (a, q, p) = (keys[0].hash.text, keys[1].hash.text, keys[2].hash.text)
        let e = ("e" as KeyHash).text
        let body = #"{"data":{"messageID":"m1","evidence":["m0","m1"]}}"#
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO evidence (n, id, claim, first_seen_at, first_message_id, message_count, customer_id, home_id)
                    VALUES (7, '\(e)', '\(e)', 5, 'm1', 1, 'x', 'x');
                    INSERT INTO evidence_keys (kind, hash, evidence) VALUES ('phone', '\(p)', 7), ('email', '\(a)', 7), ('participant', '\(q)', 7);
                    INSERT INTO identifiers (kind, hash, value) VALUES ('email', '\(a)', 'a@mail.example'), ('participant', '\(q)', 'Ann');
                    INSERT INTO customers (id, first_seen_at) VALUES ('x', 5);
                    INSERT INTO messages (n, id, channel, source, conversation_id, role, sent_at, time_basis, visibility, edited, evidence, content_hash)
                    VALUES (1, 'm1', 'chat', 's', 'c', 'customer', 5, 'platform', 'public', 0, 7, 'h');
                    """)
            try database.execute(sql: "INSERT INTO outbox (id, type, subject, at, body) VALUES ('e1', 't', 'x', 5, ?)", arguments: [Data(body.utf8)])
        }
        try queue.close()
        let store = try SQLiteStore.open(path: path)
        try store.transaction { transaction in
            #expect(try transaction.evidence(ofClaims: ["e"]).first?.keys == keys)
            for key in keys { #expect(try transaction.evidence(sharing: [key]).map(\.claim) == ["e"]) }
            #expect(try transaction.customer(CustomerID(rawValue: "x"))?.outline == nil)
            _ = try transaction.erase(messages: ["m0"])
        }
        #expect(try store.queries.overview().events == 0)
    }

    @Test func aStoreOfVersion4IsBroughtUpToDate() throws {
        try Connections.initialise(path: path)
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "4 loading")
        let hash = String(repeating: "0f", count: 16)
        let mail = Samples.key("a")
        let (e, f, g) = (("e" as KeyHash).text, ("f" as KeyHash).text, ("g" as KeyHash).text)
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO evidence (n, id, claim, part, name, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys)
                    VALUES (1, '\(e)', '\(e)', 0, 'Ann', 5, 'm1', 1, 'x', 'x', 0, 'email' || char(31) || '\(mail.hash.text)' || char(30) || 'phone' || char(31) || '\(hash)'),
                        (2, '\(e)/1', '\(e)', 1, 'Ann', 6, 'm2', 1, 'y', 'x', 1, 'email' || char(31) || '\(mail.hash.text)' || char(30) || 'phone' || char(31) || '\(hash)'),
                        (3, '\(f)', '\(f)', 0, NULL, 7, 'm3', 1, NULL, NULL, 0, 'loyalty' || char(31) || '\(hash)'), (4, '\(g)', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL);
                    INSERT INTO customers (id, first_seen_at, display_name, outline)
                    VALUES ('x', 5, 'Ann', '{"names":[["Ann",5]],"keys":"phone\\u001f\(hash)"}'), ('y', 6, NULL, NULL);
                    INSERT INTO messages (n, id, channel, source, conversation_id, role, sent_at, time_basis, visibility, edited, evidence, content_hash)
                    VALUES (1, 'm1', 'chat', 's', 'c', 'customer', 5, 'platform', 'public', 0, 1, 'h'),
                        (2, 'm2', 'chat', 's', 'c', 'customer', 6, 'platform', 'public', 0, 2, 'h');
                    INSERT INTO analyses (message, label, valence, confidence, negative, neutral, positive, urgency, toxicity, detail)
                    VALUES (1, 'negative', -0.5, 0.5, 0.1, 0.2, 0.7, 0, 0, '{"topics":[["delivery",0.25]],"sensitive":["health"]}'),
                        (2, 'neutral', 0, 0.5, 0.1, 0.2, 0.7, 0, 0, '{}');
                    INSERT INTO identity_links (kind, first, second, first_claim, second_claim) VALUES ('cannot', 'm1', 'm2', '\(e)', '\(e)');
                    """)
        }
        try queue.close()
        let store = try SQLiteStore.open(path: path)
        let (x, y) = (CustomerID(rawValue: "x"), CustomerID(rawValue: "y"))
        let shared = try #require(KeyHash(hash))
        let phone = IdentifierKey(kind: .phone, hash: shared)
        try store.transaction { transaction in
            let parts = try transaction.evidence(ofClaims: ["e"]).sorted { $0.part < $1.part }
            #expect(parts.map(\.customerID) == [x, y] && parts.map(\.homeID) == [x, x] && parts.map(\.isGuarded) == [false, true])
            #expect(parts.map(\.id) == ["e", EvidenceID(claim: "e", part: 1)] && parts.allSatisfy { $0.keys == [mail, phone] })
            let other = try transaction.evidence(ofClaims: ["f", "g"])
            #expect(other.map(\.keys) == [[IdentifierKey(kind: Identifier.Kind(rawValue: "loyalty"), hash: shared)]] && other[0].customerID == nil)
            let outline = CustomerOutline(names: [.init("Ann", firstSeen: Timestamp(nanoseconds: 5))], keys: [phone])
            #expect(try transaction.customer(x)?.outline == outline)
            #expect(try transaction.customer(y)?.outline == nil)
            #expect(try transaction.timeline(of: x, limit: 9).map(\.topics) == [[LabelScore(label: "delivery", confidence: 0.25)]])
            #expect(try transaction.timeline(of: y, limit: 9).map(\.topics) == [[]])
            #expect(try transaction.links(ofClaims: ["e"]) == [IdentityLink(.cannot, "m1", "m2")])
        }
        let broken = try store.write { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0)
    }

    @Test func aStoreOfVersion5IsBroughtUpToDate() throws {
        try Connections.initialise(path: path)
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "5 compact")
        let (a, b) = (Samples.key("a"), Samples.key("b", .phone))
        let loyalty = Samples.key("c", Identifier.Kind(rawValue: "loyalty"))
        let (e, f, g) = (("e" as KeyHash).text, ("f" as KeyHash).text, ("g" as KeyHash).text)
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO claims (n, id, part, first_seen_at, first_message_id, message_count, shown) VALUES (3, '\(e)', 0, 5, 'm1', 1, ?), (4, '\(f)', 0, 6, 'm2', 1, ?);
                    INSERT INTO claims (n, id, part) VALUES (5, '\(g)', 0);
                    INSERT INTO owners (evidence, customer_id, home_id, guarded) VALUES (3, 'x', 1, 0);
                    """, arguments: [Data(KeyCoding.bytes([a, b])), Data(KeyCoding.bytes([b, loyalty]))])
            for (key, n) in [(a, 3), (b, 3), (b, 4), (loyalty, 4)] {
                try database.execute(
                    sql: "INSERT INTO evidence_keys (hash, kind, evidence) VALUES (?, ?, ?)", arguments: [key.hash.text, key.kind.rawValue, n])
            }
        }
        try queue.close()
        let store = try SQLiteStore.open(path: path)
        try store.transaction { transaction in
            #expect(try transaction.evidence(sharing: [a]).map(\.claim) == ["e"])
            #expect(try transaction.evidence(sharing: [b]).map(\.claim) == ["e", "f"])
            #expect(try transaction.evidence(sharing: [loyalty]).map(\.keys) == [[b, loyalty]])
            let holders = try transaction.holders(of: [a, loyalty])
            #expect(holders[a]?.customerID == CustomerID(rawValue: "x") && holders[loyalty] == KeyHolder(customerID: nil, isGuarded: false))
        }
    }

    @Test func aStoreOfVersion6IsBroughtUpToDate() throws {
        try Connections.initialise(path: path)
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "6 key index")
        try queue.write { try $0.execute(sql: "INSERT INTO customers (id, first_seen_at, display_name) VALUES ('x', 5, 'Ann')") }
        try queue.close()
        let store = try SQLiteStore.open(path: path)
        let answer = KeptAnswer(
            to: RepeatableRequest(caller: [], key: "k", content: [], hashKey: store.identifierHashKey), at: Timestamp(nanoseconds: 7), body: [1])
        try store.transaction { transaction in
            #expect(try transaction.customer(CustomerID(rawValue: "x"))?.displayName == "Ann")
            try transaction.keep(answer)
            #expect(try transaction.answer(for: answer.request.key, since: Timestamp(nanoseconds: 0)) == answer)
        }
    }

    @Test(arguments: [false, true]) func aNewerStoreIsRefused(readOnly: Bool) throws {
        let store = try SQLiteStore.open(path: path, create: true)
        try store.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        try store.close()
        #expect(throws: StoreError.newerVersion(path: path, found: 99, known: Schema.version)) {
            try SQLiteStore.open(path: path, readOnly: readOnly)
        }
    }

    @Test func onlyOneWrites() throws {
        let first = try SQLiteStore.open(path: path, create: true)
        #expect(throws: StoreError.locked(path: path, holder: getpid())) { try SQLiteStore.open(path: path) }
        let reader = try SQLiteStore.open(path: path, readOnly: true)
        try first.transaction { try $0.insert(Samples.record(Samples.message("m1"))) }
        #expect(try reader.queries.overview().messages == 1)
    }

    @Test func theLockEndsWithItsHolder() throws {
        do { _ = try SQLiteStore.open(path: path, create: true) }
        _ = try SQLiteStore.open(path: path)
    }

    @Test func aReadOnlyStoreIsNotWritten() throws {
        _ = try SQLiteStore.open(path: path, create: true)
        let reader = try SQLiteStore.open(path: path, readOnly: true)
        #expect(throws: StoreError.openedReadOnly(path: path)) { try reader.transaction { _ in } }
        #expect(throws: StoreError.openedReadOnly(path: path)) { try reader.register(sink: "s", fromBeginning: true) }
    }

    @Test func permissionsAreHeeded() throws {
        try SQLiteStore.open(path: path, create: true).close()
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        #expect(throws: StoreError.notWritable(path: path, what: "file")) { try SQLiteStore.open(path: path) }
        #expect(try SQLiteStore.open(path: path, readOnly: true).queries.overview().messages == 0)
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: directory.url.path)
        let new = directory.path("new.db")
        #expect(throws: StoreError.notWritable(path: directory.url.path, what: "directory")) { try SQLiteStore.open(path: new, create: true) }
        try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory.url.path)
    }

    @Test func aStoreOnAReadOnlyMediumCanBeRead() throws {
        let store = try SQLiteStore.open(path: path, create: true)
        try store.transaction { try $0.insert(Samples.record(Samples.message("m1"))) }
        try store.close()
        let reader = try Connections.openUnchanging(path: path)
        #expect(try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM messages") } == 1)
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }

    @Test func errorsSayWhereAndWhatToDo() {
        let errors: [StoreError] = [
            .notFound(path: "p"), .missingDirectory(path: "p"), .isDirectory(path: "p"), .notWritable(path: "p", what: "file"),
            .notAStore(path: "p", what: "w"), .newerVersion(path: "p", found: 2, known: 1), .olderVersion(path: "p", found: 1, known: 2),
            .locked(path: "p", holder: 7), .openedReadOnly(path: "p"),
        ]
        for error in errors {
            #expect(error.description.hasPrefix("p: "))
            #expect(error.description.contains("; "))
            #expect(!error.description.contains("\n"))
        }
        #expect(StoreError.failed(code: 13, reason: "full").description.contains("make room"))
    }
}
