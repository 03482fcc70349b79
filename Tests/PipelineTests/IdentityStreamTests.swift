import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation
import Testing

/// The partition in the store is a function of the evidence alone, and everything can be taken back.
@Suite struct IdentityStreamTests {
    @Test func anyOrderAndAnyBatchesGiveOnePartitionWhichIsThatOfTheBatch() throws {
        for seed in 1...2 {
            var generator = SplitMix64(seed: UInt64(seed))
            let people = Crowd(seed: UInt64(seed), people: 40)
            let expected = people.batchPartition()
            for order in 0..<10 {
                let found = try World.with { world in
                    try people.feed(world, people.messages.shuffled(using: &generator), batch: [1, 7, 50, 1_000][order % 4])
                    return try people.partition(world)
                }
                #expect(found == expected, "seed \(seed), order \(order)")
            }
        }
    }

    /// Loaded, streamed or both in turns: one partition, and one state of every customer.
    @Test func whatIsLoadedIsWhatIsStreamed() throws {
        for seed in 1...3 {
            var generator = SplitMix64(seed: UInt64(40 + seed))
            let people = Crowd(seed: UInt64(seed), people: 40)
            let names = people.messages.map { String($0.id.dropFirst(2)) }
            let streamed = try World.with { world in
                try people.feed(world, people.messages, batch: 50)
                return try world.contents(names)
            }
            for order in 0..<6 {
                try World.with { world in
                    let shuffled = people.messages.shuffled(using: &generator)
                    try people.feed(world, shuffled, batch: [7, 60, 1_000][order % 3]) { order < 3 || ($0 + order) % 3 != 0 }
                    #expect(try world.contents(names) == streamed, "seed \(seed), order \(order)")
                    #expect(try people.partition(world) == people.batchPartition(), "seed \(seed), order \(order)")
                    // A second look finds nothing to do, and a second load neither.
                    #expect(try world.pipeline.relink(world.store).changes.isEmpty)
                    try world.process(people.messages.map { .message($0) }, isLoading: true)
                    let isUnsettled = try world.store.transaction { try $0.isUnsettled() }
                    #expect(!isUnsettled)
                }
            }
        }
    }

    /// Customers that a load only adds to are written as if all had come at once: who they are, since when, and how they feel.
    @Test func whatIsLoadedOntoCustomersIsSeenInThem() throws {
        try World.with { world in
            try world.process([.message(World.message("2", "v:0.5", "email:a@shop.com", day: 5, conversation: "c2"))])
            try world.pipeline.relink(world.store)
            let customer = try #require(try world.customer("2"))
            var early = World.message("1", "v:-0.9", "email:a@shop.com", day: 2, conversation: "c2")
            early.author.displayName = "Ann Lee"
            try world.process([.message(early), .edit(World.message("2", "v:0.1", "email:a@shop.com", day: 5))], isLoading: true)
            let isUnsettled = try world.store.transaction { try $0.isUnsettled() }
            #expect(isUnsettled)
            try world.pipeline.relink(world.store)
            #expect(try world.customer("1") == customer)
            let profile = try #require(try world.store.queries.customer(customer))
            #expect(profile.firstSeen == Timestamp(nanoseconds: 2 * 86_400_000_000_000))
            #expect(profile.displayName == "Ann Lee")
            #expect(profile.state?.messageCount == 2)
            // The same claim again, earlier than all others.
            try world.process([.message(World.message("0", "v:0.1", "email:a@shop.com", day: 1, conversation: "c2"))], isLoading: true)
            try world.pipeline.relink(world.store)
            let again = try #require(try world.store.queries.customer(customer))
            #expect(again.firstSeen == Timestamp(nanoseconds: 86_400_000_000_000))
            #expect(again.state?.messageCount == 3)
            try world.process([.delete(Deletion(target: "t:0", source: "t"))], isLoading: true)
            try world.pipeline.relink(world.store)
            #expect(try world.store.queries.customer(customer)?.state?.messageCount == 2)
        }
    }

    /// A number that changed hands, shown without a name in one conversation, of which somebody said that it was two people's: what is loaded
    /// before all of it is its first owner's.
    @Test func whatIsLoadedOntoADividedClaimIsSeenInItsCustomer() throws {
        func shown(_ id: String, _ name: String?, day: Double) -> AttuneCore.Operation {
            var message = World.message(
                id, "v:0", "phone:+447700900111" + (name.map { " email:\($0.lowercased())@shop.com" } ?? ""), day: day,
                conversation: name == nil ? "c" : "c\(id)")
            message.author.displayName = name.map { "\($0) \($0)son" }
            return .message(message)
        }
        try World.with { world in
            try world.process([
                shown("1", "Anna", day: 10), shown("2", nil, day: 11), shown("3", "Anna", day: 12), shown("4", "Robert", day: 20),
                shown("5", nil, day: 21), shown("6", "Robert", day: 22),
            ])
            try world.pipeline.decide(IdentityLink(.cannot, "t:2", "t:5"), in: world.store, at: Timestamp(nanoseconds: 1))
            try world.pipeline.relink(world.store)
            let (anna, robert) = (try #require(try world.customer("2")), try #require(try world.customer("5")))
            #expect(anna != robert)
            #expect(try world.customer("1") == anna)
            try world.process([shown("0", nil, day: 3)], isLoading: true)
            try world.pipeline.relink(world.store)
            #expect(try world.customer("0") == anna)
            #expect(try world.customer("5") == robert)
            #expect(try world.store.queries.customer(anna)?.firstSeen == Timestamp(nanoseconds: 3 * 86_400_000_000_000))
        }
    }

    @Test func betweenTwoLooksAtEverythingIdentifiersDecideInAnyOrder() throws {
        var generator = SplitMix64(seed: 5)
        let people = Crowd(seed: 5, people: 40)
        var first: Set<Set<String>>?
        for order in 0..<8 {
            let found = try World.with { world in
                try people.feed(world, people.messages.shuffled(using: &generator), batch: [3, 40, 400][order % 3], relink: false)
                return try people.partition(world)
            }
            #expect(found == first ?? found, "order \(order)")
            first = first ?? found
        }
        // Nobody is joined through the traps: no cluster is larger than the largest person.
        let most = Dictionary(grouping: people.truth.values, by: { $0 }).values.map(\.count).max() ?? 0
        #expect(first?.map(\.count).max() ?? 0 <= 2 * most)
    }

    @Test func whatWasErasedWasNeverThere() throws {
        var generator = SplitMix64(seed: 9)
        let people = Crowd(seed: 9, people: 30)
        let gone = Set(people.messages.shuffled(using: &generator).prefix(40).map(\.id))
        let expected = try World.with { world in
            try people.feed(world, people.messages.filter { !gone.contains($0.id) }, batch: 100)
            return try people.partition(world)
        }
        try World.with { world in
            try people.feed(world, people.messages, batch: 100)
            let report = try world.pipeline.erase(messages: Array(gone), from: world.store, at: Timestamp(nanoseconds: 1))
            #expect(report.erased == gone.count)
            #expect(try people.partition(world) == expected)
            // They do not come back either.
            let again = try world.process(people.messages.filter { gone.contains($0.id) }.map { .message($0) })
            #expect(again.duplicates == gone.count)
            #expect(try people.partition(world) == expected)
        }
    }

    @Test func noByteOfAnErasedMessageIsLeftInTheFiles() throws {
        try World.with { world in
            let secrets = ["zanzibarquux", "Xylophonia Brabantine", "xylo.brabantine@mail.example", "447700900987", "xylohandle"]
            var message = World.message("1", "v:-0.9 i:cancel zanzibarquux is broken", "", day: 1, conversation: "447700900987")
            message.author = Author(
                role: .customer, displayName: "Xylophonia Brabantine",
                identifiers: [
                    Identifier(kind: .email, value: "xylo.brabantine@mail.example", verified: true),
                    Identifier(kind: .phone, value: "+447700900987", verified: true),
                    Identifier(kind: .handle, value: "x:xylohandle", verified: true),
                ])
            let others = (2..<60).map { n in
                AttuneCore.Operation.message(
                    World.message("\(n)", "v:0.1 all is well \(n)", "email:p\(n)@shop.com", day: Double(n), conversation: "c\(n)"))
            }
            try world.process(Array(others.prefix(20)))
            try world.process([.message(message)])
            try world.process(Array(others.suffix(38)))
            #expect(try secrets.allSatisfy { try world.bytesContain($0) })
            let customer = try #require(try world.customer("1"))
            try world.pipeline.erase(messages: ["t:1"], from: world.store, at: Timestamp(nanoseconds: 1))
            for secret in secrets { #expect(try !world.bytesContain(secret), "\(secret) is still in the files") }
            #expect(try world.store.queries.customer(customer) == nil)
            #expect(try world.events().last == "attune.customer.erased.v1")
        }
    }

    @Test func aCustomerForgetsTheNameThatAnErasedMessageShowed() throws {
        try World.with { world in
            var named = World.message("1", "v:0 words", "email:a@shop.com", day: 1, conversation: "c1")
            named.author.displayName = "Xylophonia Brabantine"
            try world.process([.message(named), .message(World.message("2", "v:0 words", "email:a@shop.com cookie:c", day: 2, conversation: "c2"))])
            let customer = try #require(try world.customer("2"))
            #expect(try world.store.queries.customer(customer)?.displayName == "Xylophonia Brabantine")
            try world.pipeline.erase(messages: ["t:1"], from: world.store, at: Timestamp(nanoseconds: 1))
            #expect(try !world.bytesContain("Xylophonia"))
            let still = try #require(try world.customer("2"))
            let left = try #require(try world.store.queries.customer(still))
            #expect(left.displayName == nil)
            #expect(left.firstSeen == Timestamp(nanoseconds: 2 * 86_400_000_000_000))
        }
    }

    /// A thread of strangers: who has no name, or one that others have, is known by what they show.
    @Test(arguments: [nil, "Alex"] as [String?])
    func strangersInOneConversationStayApart(name: String?) throws {
        try World.with { world in
            func message(_ id: String, _ identifiers: String) -> AttuneCore.Operation {
                var message = World.message(id, "v:0", identifiers, conversation: "thread")
                message.author.displayName = name
                return .message(message)
            }
            try world.process([
                message("1", "externalID:bsky:did:plc:a"), message("2", "externalID:bsky:did:plc:b"), message("3", "email:c@shop.com"),
                message("4", "externalID:bsky:did:plc:a email:d@shop.com"), message("5", ""), message("6", ""), message("7", "orderNumber:A1"),
            ])
            for _ in 0..<2 {
                let owners = try (1...7).map { try world.customer("\($0)") }
                #expect(Set(owners).count == 4)
                #expect(owners[0] == owners[3] && owners[4] == owners[5] && owners[5] == owners[6])
                try world.pipeline.relink(world.store)
            }
        }
    }

    @Test func whatGrowsIsWhatEverythingShows() throws {
        let people = Crowd(seed: 21, people: 40)
        try World.with { world in
            try people.feed(world, people.messages, batch: 5, relink: false)
            let everybody = Set(try people.owners(world).values)
            try world.store.transaction { transaction in
                var outlined = 0
                for id in everybody {
                    let customer = try #require(try transaction.customer(id))
                    let evidence = try transaction.evidence(of: id).sorted { $0.precedes($1) }
                    #expect(customer.firstSeen == evidence.first?.firstSeen)
                    #expect((customer.outline == nil) == evidence.contains(where: \.isGuarded))
                    guard let outline = customer.outline else { continue }
                    outlined += 1
                    #expect(customer.displayName == evidence.lazy.compactMap(\.about.name).first)
                    let shown = Set(evidence.flatMap(\.keys).filter { $0.kind != IdentityPolicy.participant && $0.kind != .orderNumber })
                    #expect(Set(outline.keys) == shown)
                }
                #expect(outlined > 5)
            }
        }
    }

    @Test func whyLooksAtEverythingOnlyWhereItHasTo() throws {
        try World.with { world in
            try world.process([
                .message(World.message("1", "v:0", "email:a@shop.com", conversation: "c1")),
                .message(World.message("2", "v:0", "email:a@shop.com cookie:c", conversation: "c2")),
                .message(World.message("3", "v:0", "cookie:c", conversation: "c3")),
                .message(World.message("4", "v:0", "cookie:d", conversation: "c4")),
            ])
            let found = try #require(try world.store.queries.explanation("t:1", "t:3", graph: EvidenceGraph()))
            #expect(found.isOneCustomer && found.steps.map(\.from) == ["t:1", "t:2"] && found.steps.map(\.to) == ["t:2", "t:3"])
            #expect(try world.store.queries.explanation("t:1", "t:4", graph: EvidenceGraph())?.isOneCustomer == false)
            #expect(try world.store.queries.explanation("t:1", "unknown", graph: EvidenceGraph()) == nil)
            let near = try world.store.transaction { try IdentityEvidence(around: ["t:1"], $0, policy: .standard) }
            #expect(near.messages.map(\.messageID) == ["t:1", "t:2", "t:3"])
        }
    }

    @Test func theStateFollowsItsCustomer() throws {
        try World.with { world in
            try world.process([
                .message(World.message("1", "v:-0.9", "email:a@shop.com", day: 1, conversation: "c1")),
                .message(World.message("2", "v:0.9", "phone:+447700900111", day: 2, conversation: "c2")),
            ])
            let (a, b) = (try #require(try world.customer("1")), try #require(try world.customer("2")))
            let apart = try [a, b].map { try world.store.queries.customer($0)?.state }
            let link = IdentityLink(.must, "t:1", "t:2")
            try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1))
            #expect(try world.store.queries.customer(b)?.id == a)
            #expect(try world.store.queries.customer(a)?.state?.messageCount == 2)
            try world.pipeline.decide(link, isUndone: true, in: world.store, at: Timestamp(nanoseconds: 2))
            #expect(try [a, b].map { try world.store.queries.customer($0)?.state } == apart)
            #expect(try world.events().filter { $0.hasPrefix("attune.customer") } == ["attune.customer.merged.v1", "attune.customer.split.v1"])
        }
    }
}

extension World {
    /// Whether any file of the store holds these bytes.
    func bytesContain(_ text: String) throws -> Bool {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.contains { name in
            try Data(contentsOf: folder.appendingPathComponent(name)).range(of: Data(text.utf8)) != nil
        }
    }
}
