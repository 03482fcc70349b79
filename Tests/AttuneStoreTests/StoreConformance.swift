import AttuneCore
import AttuneStore
import Testing

@testable import AttuneEngine

/// What every `Store` has to do: each case gets a store that is empty. `checkStore` runs them all.
struct StoreCase: Sendable, CustomTestStringConvertible {
    var name: String
    var check: @Sendable (any Store) throws -> Void
    var testDescription: String { name }

    static let all: [StoreCase] = messages + changes + identity + people + many + derived

    private struct Interruption: Error {}

    private static let messages: [StoreCase] = [
        StoreCase(name: "versions of known messages only") { store in
            try store.transaction { transaction in
                try transaction.insert(Samples.record(Samples.message("m1", at: 1.5)))
                let versions = try transaction.versions(of: ["m1", "m2"])
                #expect(
                    versions == [
                        "m1": StoredVersion(contentHash: "h:some text", sentAt: Samples.time(1.5), isEdited: false, isDeleted: false)
                    ])
            }
        },
        StoreCase(name: "a known message can't be inserted, an unknown one not replaced") { store in
            try store.transaction { try $0.insert(Samples.record(Samples.message("m1"))) }
            #expect(throws: (any Error).self) { try store.transaction { try $0.insert(Samples.record(Samples.message("m1"))) } }
            #expect(throws: (any Error).self) { try store.transaction { try $0.replace(Samples.record(Samples.message("m2"))) } }
        },
        StoreCase(name: "a replaced message has the new content and the old evidence") { store in
            try store.transaction { transaction in
                try transaction.save([Samples.evidence("e", [Samples.key("a")], customer: Samples.customer("a"))])
                try transaction.insert(Samples.record(Samples.message("m1")))
                var edited = Samples.message("m1", "new words", at: 9, channel: .review)
                edited.edited = true
                try transaction.replace(Samples.record(edited, Samples.analysis(.positive, valence: 0.5), evidence: nil))
                #expect(try transaction.versions(of: ["m1"])["m1"]?.contentHash == "h:new words")
                #expect(try transaction.versions(of: ["m1"])["m1"]?.isEdited == true)
                #expect(try transaction.customerID(ofMessage: "m1") == Samples.customer("a"))
                let timeline = try transaction.timeline(of: Samples.customer("a"), limit: 9)
                #expect(timeline == [TimelineEntry(edited, Samples.analysis(.positive, valence: 0.5))])
            }
        },
        StoreCase(name: "a deleted message keeps its id, loses its analysis and does not come back") { store in
            try store.transaction { transaction in
                try transaction.save([Samples.evidence("e", [Samples.key("a")], customer: Samples.customer("a"))])
                try transaction.insert(Samples.record(Samples.message("m1")))
                try transaction.markDeleted(id: "m1")
                try transaction.markDeleted(id: "m1")
                try transaction.markDeleted(id: "unknown")
                try transaction.replace(Samples.record(Samples.message("m1", "again")))
                #expect(try transaction.versions(of: ["m1", "unknown"]).mapValues(\.isDeleted) == ["m1": true])
                #expect(try transaction.timeline(of: Samples.customer("a"), limit: 9).isEmpty)
                #expect(try transaction.customerID(ofMessage: "m1") == Samples.customer("a"))
            }
        },
        StoreCase(name: "the messages of a conversation are those of its source that are not deleted") { store in
            try store.transaction { transaction in
                for (id, conversation, source) in [("m1", "c1", "s"), ("m2", "c1", "s"), ("m3", "c1", "other"), ("m4", "c2", "s"), ("m5", "c1", "s")]
                {
                    var message = Samples.message(id)
                    (message.conversationID, message.source) = (conversation, source)
                    try transaction.insert(Samples.record(message))
                }
                try transaction.markDeleted(id: "m5")
                let places = ["c1", "c2", "c\"3"].map { ConversationPlace(source: "s", conversationID: $0) }
                let found = try transaction.messages(in: Set(places)).mapValues { $0.sorted() }
                #expect(found == [places[0]: ["m1", "m2"], places[1]: ["m4"]])
                #expect(try transaction.messages(in: []).isEmpty)
            }
        },
        StoreCase(name: "the timelines of many customers are those of each") { store in
            var random = SplitMix64(seed: 5)
            // More than are looked up one by one; some have more messages than a walk keeps.
            let customers = (0..<100).map { Samples.customer("c\($0)") }.sorted()
            try store.transaction { transaction in
                for (i, customer) in customers.enumerated() {
                    try transaction.save([Samples.evidence("e\(i)", [Samples.key("\(i)")], customer: customer)])
                    for m in 0..<(random.next() % 9) {
                        let message = Samples.message("m\(i)-\(m)", at: Double(random.next() % 5))
                        try transaction.insert(Samples.record(message, m % 4 == 3 ? nil : Samples.analysis(), evidence: "e\(i)"))
                    }
                }
                for (some, limit) in [
                    (customers, 3), (customers, 100), (Array(customers.prefix(70)), 3), (Array(customers.prefix(5)), 3), (customers, 0),
                ] {
                    var seen = [CustomerID]()
                    try transaction.timelines(of: some, limit: limit) { customer, timeline in
                        seen.append(customer)
                        let alone = try transaction.timeline(of: customer, limit: limit)
                        #expect(timeline == alone)
                    }
                    #expect(seen == some)
                }
            }
        },
        StoreCase(name: "an analysis comes back bit for bit") { store in
            let odd = [-0.0, .leastNonzeroMagnitude, 0.1 + 0.2, 1 - Double.ulpOfOne, -1]
            try store.transaction { transaction in
                try transaction.save([Samples.evidence("e", [Samples.key("a")], customer: Samples.customer("a"))])
                var expected = [TimelineEntry]()
                for (i, number) in odd.enumerated() {
                    var analysis = Samples.analysis(.mixed, valence: number)
                    analysis.urgency = number
                    analysis.emotions[0].score = number
                    let message = Samples.message("m\(i)", at: Double(i))
                    try transaction.insert(Samples.record(message, analysis))
                    expected.append(TimelineEntry(message, analysis))
                }
                let timeline = try transaction.timeline(of: Samples.customer("a"), limit: 99)
                #expect(timeline == expected)
                #expect(timeline.map(\.valence.bitPattern) == odd.map(\.bitPattern))
                #expect(timeline.map(\.urgency.bitPattern) == odd.map(\.bitPattern))
                #expect(timeline.map { $0.emotions[0].score.bitPattern } == odd.map(\.bitPattern))
            }
        },
        StoreCase(name: "a timeline is in order of time, then id, over all evidence, and keeps the last ones") { store in
            let a = Samples.customer("a")
            try store.transaction { transaction in
                try transaction.save([
                    Samples.evidence("e", [Samples.key("a")], customer: a), Samples.evidence("f", [Samples.key("b")], customer: a),
                    Samples.evidence("g", [Samples.key("c")], customer: Samples.customer("other")),
                ])
                let sightings: [(String, Double, EvidenceID)] = [
                    ("m9", 1, "f"), ("m3", 5, "e"), ("m2", 5, "f"), ("m1", 7, "e"), ("m4", 2, "g"), ("m5", 0, "e"),
                ]
                for (id, at, evidence) in sightings {
                    try transaction.insert(Samples.record(Samples.message(id, at: at), evidence: evidence))
                }
                try transaction.insert(Samples.record(Samples.message("not analysed", at: 6), nil))
                let ids = try [99, 5, 2, 0].map { try transaction.timeline(of: a, limit: $0).map(\.messageID) }
                let all = ["m5", "m9", "m2", "m3", "m1"]
                #expect(ids == [all, all, ["m3", "m1"], []])
            }
        },
        StoreCase(name: "nothing is kept of a transaction that throws") { store in
            try store.transaction { try $0.insert(Samples.record(Samples.message("m1"))) }
            #expect(throws: Interruption.self) {
                try store.transaction { transaction in
                    try transaction.insert(Samples.record(Samples.message("m2")))
                    try transaction.markDeleted(id: "m1")
                    _ = try transaction.append([Samples.event("x")])
                    try transaction.save(Checkpoint(source: "s", position: 1, fingerprint: "f"))
                    throw Interruption()
                }
            }
            try store.transaction { (transaction) throws in
                #expect(try transaction.versions(of: ["m1", "m2"]).mapValues(\.isDeleted) == ["m1": false])
                #expect(try transaction.checkpoint(of: "s") == nil)
                #expect(try transaction.append([Samples.event("x")]) == 1)
            }
        },
    ]

    private static let changes: [StoreCase] = [
        StoreCase(name: "a pending change is taken once, the later one") { store in
            var edit = Samples.message("m1", "with \"quotes\", a \u{0}, \u{1F600} and\nlines", at: -3.25)
            edit.author.identifiers = [Identifier(kind: .phone, value: "+44 1", verified: false)]
            edit.rating = Rating(value: 0.1 + 0.2, min: 0, max: 10)
            edit.attachments = [Attachment(kind: "image", name: "a.png"), Attachment(kind: "audio")]
            edit.inReplyTo = "m0"
            edit.language = "en"
            edit.visibility = .private
            edit.timeBasis = .localAssumed
            edit.edited = true
            let plain = Samples.message("m3")
            try store.transaction { [edit] transaction in
                try transaction.keepPending(.delete(target: "m1"))
                try transaction.keepPending(.edit(edit))
                try transaction.keepPending(.edit(plain))
                try transaction.keepPending(.delete(target: "m3"))
            }
            try store.transaction { [edit] (transaction) throws in
                #expect(try transaction.takePending(["m1", "m2"]) == ["m1": .edit(edit)])
                #expect(try transaction.takePending(["m1", "m3"]) == ["m3": .delete(target: "m3")])
                #expect(try transaction.takePending(["m1", "m3"]).isEmpty)
            }
        },
        StoreCase(name: "consent is per identifier and purpose") { store in
            let granted = Consent(purpose: "analysis", status: .granted, statusDate: Samples.time(1))
            let revoked = Consent(purpose: "analysis", status: .revoked, statusDate: Samples.time(1), revokeDate: Samples.time(2))
            let other = Consent(purpose: "marketing", status: .denied, statusDate: Samples.time(3))
            let (a, b, c) = (Samples.key("a"), Samples.key("b"), Samples.key("c"))
            try store.transaction { transaction in
                try transaction.setConsent(granted, for: a)
                try transaction.setConsent(granted, for: b)
                try transaction.setConsent(revoked, for: b)
                try transaction.setConsent(other, for: c)
                #expect(try transaction.consents([a, b, c], purpose: "analysis") == [a: granted, b: revoked])
                #expect(try transaction.consents([a, b, c], purpose: "marketing") == [c: other])
            }
        },
        StoreCase(name: "a checkpoint is replaced") { store in
            try store.transaction { (transaction) throws in
                #expect(try transaction.checkpoint(of: "s") == nil)
                try transaction.save(Checkpoint(source: "s", position: 1, fingerprint: "f"))
                try transaction.save(Checkpoint(source: "s", position: 2, fingerprint: "g"))
            }
            let kept = try store.transaction { try $0.checkpoint(of: "s") }
            #expect(kept == Checkpoint(source: "s", position: 2, fingerprint: "g"))
        },
        StoreCase(name: "an answer is kept for a day under its key, and for no erasure") { store in
            let day = KeptAnswer.seconds * 1_000_000_000
            let request = RepeatableRequest(caller: [1], key: "k", content: [1, 2], hashKey: store.identifierHashKey)
            let first = KeptAnswer(to: request, at: Timestamp(nanoseconds: 5), body: [7])
            try store.transaction { (transaction) throws in
                #expect(try transaction.answer(for: request.key, since: Timestamp(nanoseconds: 0)) == nil)
                try transaction.keep(first)
                #expect(try transaction.answer(for: request.key, since: Timestamp(nanoseconds: 5)) == first)
                #expect(try transaction.answer(for: request.key, since: Timestamp(nanoseconds: 6)) == nil)
                for caller in [[], [1, 0x1F], [2]] as [[UInt8]] {
                    let other = RepeatableRequest(caller: caller, key: "k", content: [1, 2], hashKey: store.identifierHashKey)
                    #expect(other.fingerprint == request.fingerprint && other.key != request.key)
                }
                // Others come a day later: this one is forgotten, and its key may be used anew.
                for i in 0..<20 as Range<Int64> {
                    let other = RepeatableRequest(caller: [1], key: "\(i)", content: [], hashKey: store.identifierHashKey)
                    try transaction.keep(KeptAnswer(to: other, at: Timestamp(nanoseconds: day + 6 + i), body: [UInt8(i)]))
                }
                #expect(try transaction.answer(for: request.key, since: Timestamp(nanoseconds: 0)) == nil)
                let again = KeptAnswer(to: request, at: Timestamp(nanoseconds: day + 30), body: [8, 9])
                try transaction.keep(again)
                #expect(try transaction.answer(for: request.key, since: Timestamp(nanoseconds: 0)) == again)
            }
            try store.transaction { (transaction) throws in
                try transaction.insert(Samples.record(Samples.message("m1")))
                _ = try transaction.erase(messages: ["m1"])
                #expect(try transaction.answer(for: request.key, since: Timestamp(nanoseconds: 0)) == nil)
            }
        },
        StoreCase(name: "an event is written once, however often it is appended") { store in
            try store.transaction { (transaction) throws in
                #expect(try transaction.append([Samples.event("1"), Samples.event("2"), Samples.event("1")]) == 2)
                #expect(try transaction.append([Samples.event("2"), Samples.event("3")]) == 1)
            }
            let added = try store.transaction { try $0.append([Samples.event("3")]) }
            #expect(added == 0)
        },
    ]

    private static let identity: [StoreCase] = [
        StoreCase(name: "evidence is found by any of its keys and updated by id") { store in
            let (a, b, c) = (Samples.key("a"), Samples.key("b", .phone), Samples.key("c"))
            let first = Samples.evidence("e1", [a, b])
            var second = Samples.evidence("e2", [b, c])
            try store.transaction { transaction in
                try transaction.save([first, second])
                second.customerID = Samples.customer("x")
                second.messageCount = 5
                second.firstSeen = Samples.time(-9)
                try transaction.save([second])
                let found = try [[a], [b], [a, b, c], [Samples.key("b")], []].map { keys in
                    try transaction.evidence(sharing: keys).sorted { $0.id < $1.id }
                }
                #expect(found == [[first], [first, second], [first, second], [], []])
            }
        },
        StoreCase(name: "a message may come before its evidence") { store in
            try store.transaction { transaction in
                try transaction.insert(Samples.record(Samples.message("m1")))
                #expect(try transaction.customerID(ofMessage: "m1") == nil)
                #expect(try transaction.evidence(sharing: [Samples.key("a")]).isEmpty)
                try transaction.save([Samples.evidence("e", [Samples.key("a")], customer: Samples.customer("a"))])
                #expect(try transaction.customerID(ofMessage: "m1") == Samples.customer("a"))
                #expect(try transaction.evidence(sharing: [Samples.key("a")]).count == 1)
                #expect(try transaction.customerID(ofMessage: "unknown") == nil)
            }
        },
        StoreCase(name: "an absorbed customer is none until it comes back") { store in
            let (a, b) = (Samples.customer("a"), Samples.customer("b"))
            try store.transaction { transaction in
                for id in [a, b] { try transaction.save(Customer(id: id, firstSeen: Samples.time(1), displayName: "Ada")) }
                try transaction.record(.merged(survivor: a, absorbed: [b], key: Samples.key("k")), at: Samples.time(2))
                #expect(try transaction.customer(b) == nil)
                #expect(try transaction.customer(a) == Customer(id: a, firstSeen: Samples.time(1), displayName: "Ada"))
                try transaction.record(.created(b), at: Samples.time(3))
                try transaction.record(.split(from: a, into: [b]), at: Samples.time(3))
                try transaction.save(Customer(id: b, firstSeen: Samples.time(3)))
                #expect(try transaction.customer(b) == Customer(id: b, firstSeen: Samples.time(3)))
            }
        },
    ]

    private static let derived: [StoreCase] = [
        StoreCase(name: "signals are kept by id and found by customer") { store in
            let (a, b) = (Samples.customer("a"), Samples.customer("b"))
            let one = StoredSignal(signal: Samples.signal("churn_risk", cause: "m1", expires: 99), customerID: a)
            var two = StoredSignal(signal: Samples.signal("churn_risk", cause: "m2", at: 1), customerID: a)
            try store.transaction { transaction in
                try transaction.save([one, two])
                two = StoredSignal(signal: two.signal, customerID: b, isRetracted: true, generation: 2)
                try transaction.save([two])
                #expect(try transaction.signals(of: [a]) == [one])
                #expect(try transaction.signals(of: [b]) == [two])
                #expect(try Set(transaction.signals(of: [a, b])) == [one, two])
                #expect(try transaction.signals(of: []).isEmpty)
            }
        },
        StoreCase(name: "a state can be saved, replaced and removed") { store in
            try store.transaction { transaction in
                try transaction.save(Samples.state(attention: 1), of: Samples.customer("a"))
                try transaction.save(Samples.state(attention: 2), of: Samples.customer("a"))
                try transaction.save(nil as CustomerState?, of: Samples.customer("a"))
                try transaction.save(nil as CustomerState?, of: Samples.customer("never seen"))
            }
        },
    ]
}

@Suite struct StoreConformanceTests {
    @Test("in memory", arguments: StoreCase.all)
    func memory(_ storeCase: StoreCase) throws { try storeCase.check(MemoryStore()) }

    @Test("in SQLite", arguments: StoreCase.all)
    func sqlite(_ storeCase: StoreCase) throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore.open(path: directory.store, create: true)
        try storeCase.check(store)
        try store.close()
    }
}
