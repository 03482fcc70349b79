import AttuneCore
import AttuneEngine
import AttuneStore
import Testing

@Suite struct PipelineTests {
    @Test func theSameBatchAgainChangesNothing() throws {
        try World.with { world in
            let batch: [AttuneCore.Operation] = [
                .message(World.message("1", "v:-0.9 i:cancel", "email:a@shop.com", day: 1)),
                .message(World.message("2", "v:-0.9", "email:a@shop.com", day: 2)),
                .message(World.message("3", "v:0.8", "email:b@shop.com", day: 3)), .ignored(reason: "system"),
                .rejected(.init(reason: "broken", line: 4)),
            ]
            let checkpoint = Checkpoint(source: "file:x", position: 5, fingerprint: "f")
            let first = try world.process(batch, checkpoint: checkpoint)
            #expect(first.stored == 3 && first.analysed == 3 && first.signals == 2 && first.total == 5)
            let before = (try world.contents(["1", "2", "3"]), try world.events(), try world.store.queries.overview())
            let second = try world.process(batch, checkpoint: checkpoint)
            #expect(second.duplicates == 3 && second.stored == 0 && second.signals == 0 && second.events == 0)
            let after = (try world.contents(["1", "2", "3"]), try world.events(), try world.store.queries.overview())
            #expect(before == after)
        }
    }

    @Test func anyOrderAndAnyBatchesGiveTheSameCustomersStatesAndSignals() throws {
        var generator = SplitMix64(seed: 11)
        let identifiers = ["email:a@shop.com", "phone:+447700900111", "email:b@shop.com", "handle:x:pri", "userID:u1", "userID:u2", "cookie:ck1"]
        for _ in 0..<12 {
            let messages = (0..<40).map { n in
                let keys = Set((0..<Int.random(in: 0...2, using: &generator)).map { _ in identifiers.randomElement(using: &generator) ?? "" })
                let text = "v:\(Double.random(in: -1...0.6, using: &generator))" + (n % 9 == 0 ? " i:cancel" : "")
                return World.message(
                    "\(n)", text, keys.sorted().joined(separator: " "), day: Double.random(in: 1...40, using: &generator),
                    conversation: "c\(n % 7)")
            }
            let ids = messages.compactMap(\.nativeID)
            let expected = try World.with { world in
                try world.process(messages.map { .message($0) })
                return try world.contents(ids)
            }
            let shuffled = messages.shuffled(using: &generator)
            let actual = try World.with { world in
                var rest = shuffled[...]
                while !rest.isEmpty {
                    let size = Int.random(in: 1...7, using: &generator)
                    try world.process(rest.prefix(size).map { .message($0) })
                    rest = rest.dropFirst(size)
                }
                return try world.contents(ids)
            }
            #expect(actual == expected)
        }
    }

    @Test func onlyCustomersPublicWordsAreAnalysed() throws {
        try World.with { world in
            let report = try world.process([
                .message(World.message("1", "v:-1", "email:a@shop.com", role: .agent)),
                .message(World.message("2", "v:-1", "email:a@shop.com", role: .bot)),
                .message(World.message("3", "v:-1", "email:a@shop.com", visibility: .private)),
                .message(World.message("4", "v:0.5", "email:a@shop.com")),
                .attachment(World.message("5", "", "email:a@shop.com")),
            ])
            #expect(report.stored == 5 && report.analysed == 1)
            let customer = try #require(try world.customer("4"))
            #expect(try world.store.queries.customer(customer)?.state?.messageCount == 1)
            #expect(try world.customer("1") == nil)
            #expect(try world.customer("2") == nil)
        }
    }

    @Test func whoDeniedConsentLeavesNothing() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:-0.5", "email:a@shop.com phone:+447700900111"))])
            // The denial is on file for the phone number that the e-mail address came with.
            let key = HMAC.sha256(key: world.store.identifierHashKey, Array("phone\u{1F}+447700900111".utf8)).prefix(16)
            let consent = Consent(purpose: Consent.analysis, status: .denied, statusDate: Timestamp(nanoseconds: 0))
            try world.store.transaction { try $0.setConsent(consent, for: IdentifierKey(kind: .phone, hash: #require(KeyHash(Hex.encode(key))))) }
            let report = try world.process([
                .message(World.message("2", "v:-0.9", "phone:+44-7700-900111")), .message(World.message("3", "v:-0.9", "email:c@shop.com")),
            ])
            #expect(report.denied == 1 && report.stored == 1 && report.analysed == 1 && report.total == 2)
            #expect(try world.store.queries.overview().messages == 2)
            #expect(try world.customer("2") == nil)
        }
    }

    @Test func anEditChangesWhatWasDerived() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:0 i:cancel", "email:a@shop.com"))])
            #expect(try world.events() == ["attune.signal.churn_risk.v1"])
            let report = try world.process([.edit(World.message("1", "v:0.9", "email:a@shop.com"))])
            #expect(report.edited == 1)
            #expect(try world.events() == ["attune.signal.churn_risk.v1", "attune.signal.retracted.v1"])
            // The original delivered once more is no news.
            #expect(try world.process([.message(World.message("1", "v:0 i:cancel", "email:a@shop.com"))]).duplicates == 1)
        }
    }

    @Test func editsAndDeletionsMayComeBeforeTheirMessage() throws {
        try World.with { world in
            try world.process([
                .edit(World.message("1", "v:0.9 edited", "email:a@shop.com")), .delete(Deletion(target: "t:2", source: "t")),
            ])
            let report = try world.process([
                .message(World.message("1", "v:-0.9 i:cancel", "email:a@shop.com")),
                .message(World.message("2", "v:-0.9 i:cancel", "email:a@shop.com")),
            ])
            #expect(report.stored == 2 && report.analysed == 1 && report.signals == 0)
            let customer = try #require(try world.customer("1"))
            let profile = try #require(try world.store.queries.customer(customer))
            #expect(profile.timeline.compactMap(\.text) == ["v:0.9 edited"])
        }
    }

    @Test func aDeletionTakesBackWhatTheMessageCaused() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:0 i:cancel", "email:a@shop.com"))])
            let report = try world.process([.delete(Deletion(target: "t:1", source: "t"))])
            #expect(report.deleted == 1)
            #expect(try world.events() == ["attune.signal.churn_risk.v1", "attune.signal.retracted.v1"])
            #expect(try world.store.queries.overview().messages == 0)
            // It does not come back.
            #expect(try world.process([.message(World.message("1", "v:0 i:cancel", "email:a@shop.com"))]).duplicates == 1)
        }
    }

    /// An account that is gone takes along what it wrote in that source until then, in any batches; of others' messages none.
    @Test(arguments: [[4], [2, 2], [1, 1, 1, 1], [3, 1]], [false, true])
    func aDeletedAccountTakesItsMessagesAlong(batches: [Int], isLoading: Bool) throws {
        try World.with { world in
            var elsewhere = World.message("2", "v:-0.9 i:cancel", "externalID:x:pri")
            elsewhere.source = "other"
            let author = Author(role: .customer, identifiers: [Identifier(kind: .externalID, value: "x:pri", verified: true)])
            var operations: [AttuneCore.Operation] = [
                .message(World.message("1", "v:-0.9 i:cancel", "externalID:x:pri handle:x:pri", conversation: "c2")), .message(elsewhere),
                .message(World.message("3", "v:0.5", "externalID:x:bo")), .delete(Deletion(target: nil, source: "t", author: author)),
            ]
            var report = BatchReport()
            for size in batches {
                report += try world.process(Array(operations.prefix(size)), isLoading: isLoading)
                operations.removeFirst(size)
            }
            #expect(report.stored == 3 && report.deleted == 1 && report.ignored == 0)
            #expect(try world.kept("1") == nil)
            #expect(try world.kept("2") != nil && world.kept("3") != nil)
            #expect(try world.store.queries.overview().analysed == 2)
            // What was deleted does not come back; what is written afterwards counts.
            #expect(try world.process([.message(World.message("1", "v:-0.9 i:cancel", "externalID:x:pri", conversation: "c2"))]).duplicates == 1)
            #expect(try world.process([.message(World.message("4", "v:0.5", "externalID:x:pri"))]).analysed == 1)
        }
    }

    /// Nothing is said to be deleted where nobody is known, or nobody vouches for who it is.
    @Test(arguments: [("x:nobody", true), ("x:pri", false)])
    func anUnknownAccountDeletesNothing(id: String, verified: Bool) throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:0.5", "externalID:x:pri"))])
            let author = Author(role: .customer, identifiers: [Identifier(kind: .externalID, value: id, verified: verified)])
            let report = try world.process([.delete(Deletion(target: nil, source: "t", author: author))])
            #expect(report.total == 1 && report.ignored == 1)
            #expect(try world.kept("1") != nil)
        }
    }

    @Test func aLateMessageTakesASignalBackAndSaysSo() throws {
        try World.with { world in
            try world.process([
                .message(World.message("1", "v:-0.9", "email:a@shop.com", day: 1)),
                .message(World.message("3", "v:-0.7", "email:a@shop.com", day: 2)),
            ])
            #expect(try world.events() == ["attune.signal.sentiment_escalated.v1"])
            let late = (0..<6).map { AttuneCore.Operation.message(World.message("late\($0)", "v:1", "email:a@shop.com", day: 1.1 + Double($0) / 10)) }
            try world.process(late)
            #expect(try world.events() == ["attune.signal.sentiment_escalated.v1", "attune.signal.retracted.v1"])
        }
    }

    @Test func mergingTwoCustomersIsAnEventAndJoinsTheirStories() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:-0.9", "email:a@shop.com", day: 1, conversation: "c1"))])
            try world.process([.message(World.message("2", "v:-0.9", "phone:+447700900111", day: 2, conversation: "c2"))])
            let (old, absorbed) = (try #require(try world.customer("1")), try #require(try world.customer("2")))
            #expect(old != absorbed)
            try world.process([.message(World.message("3", "v:0", "email:a@shop.com phone:+447700900111", day: 3, conversation: "c3"))])
            let owners = try ["1", "2", "3"].map { try world.customer($0) }
            #expect(Set(owners) == [old])
            #expect(try world.events() == ["attune.customer.merged.v1", "attune.signal.sentiment_escalated.v1"])
            let profile = try #require(try world.store.queries.customer(absorbed))
            #expect(profile.id == old && profile.formerIDs == [absorbed] && profile.state?.messageCount == 3)
        }
    }

    @Test func anIDThatMeansTwoMessagesLosesNeither() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "first export", "email:a@shop.com"))])
            let report = try world.process([.message(World.message("1", "second export, other text", "email:b@shop.com"))])
            #expect(report.rejected == 1)
            #expect(try world.store.queries.overview().rejections == 1)
            // Review platforms keep the id of a changed review.
            try world.process([.message(World.message("r", "v:-0.9", "email:a@shop.com", channel: .review))])
            #expect(try world.process([.message(World.message("r", "v:0.9 updated", "email:a@shop.com", channel: .review))]).edited == 1)
        }
    }

    @Test func everyOperationIsAccountedFor() throws {
        try World.with { world in
            let operations: [AttuneCore.Operation] = [
                .message(World.message("1", "v:1")), .message(World.message("1", "v:1")), .edit(World.message("1", "v:0.5")),
                .edit(World.message("9", "v:0.5")), .delete(Deletion(target: "t:1", source: "t")), .delete(Deletion(target: nil, source: "t")),
                .status(target: "t:1", status: "read", at: nil), .ignored(reason: "reaction"), .rejected(.init(reason: "broken")),
                .attachment(World.message("2", "")), .message(World.message("3", "v:1", role: .agent)),
            ]
            let (first, second) = (try world.process(operations), try world.process(operations))
            #expect(first.total == operations.count)
            #expect(second.total == operations.count)
        }
    }

    /// A conversation that is gone takes along what was said in it until then, by customers and agents, in any batches.
    @Test(arguments: [[5], [3, 2], [4, 1], [1, 1, 1, 1, 1]])
    func aDeletedConversationTakesItsMessagesAlong(batches: [Int]) throws {
        try World.with { world in
            var elsewhere = World.message("4", "v:0.5", "email:b@shop.com", conversation: "c1")
            elsewhere.source = "other"
            var operations: [AttuneCore.Operation] = [
                .message(World.message("1", "v:-0.9 i:cancel", "email:a@shop.com")), .message(World.message("2", "v:0", role: .agent)),
                .message(World.message("3", "v:0.5", "email:a@shop.com", conversation: "c2")), .message(elsewhere),
                .delete(Deletion(target: nil, isOfAll: true, source: "t", conversationID: "c1")),
            ]
            var report = BatchReport()
            for size in batches {
                report += try world.process(Array(operations.prefix(size)))
                operations.removeFirst(size)
            }
            #expect(report.stored == 4 && report.deleted == 1 && report.ignored == 0)
            #expect(try world.kept("1") == nil && world.kept("2") == nil)
            #expect(try world.kept("3") != nil && world.kept("4") != nil)
            #expect(try world.store.queries.overview().messages == 2)
            // Nothing of it comes back, and there is nothing left to delete.
            #expect(try world.process([.message(World.message("1", "v:-0.9 i:cancel", "email:a@shop.com"))]).duplicates == 1)
            let again = Deletion(target: nil, isOfAll: true, source: "t", conversationID: "c1")
            #expect(try world.process([.delete(again)]).ignored == 1)
            // That one of its messages is gone, and not which, deletes none.
            #expect(try world.process([.delete(Deletion(target: nil, source: "t", conversationID: "c2"))]).ignored == 1)
            #expect(try world.kept("3") != nil)
        }
    }
}
