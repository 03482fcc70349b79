import AttuneCore
import AttuneEngine
import AttuneStore
import Testing

/// What somebody decides by hand, and takes back.
@Suite struct DecisionTests {
    /// Also where numbers are written without their country, and when everything is looked at in between: nobody else moves.
    @Test(arguments: ["de-DE", nil] as [String?])
    func mergeThenUnmergeIsNeverMerged(language: String?) throws {
        var generator = SplitMix64(seed: 13)
        let people = Crowd(seed: 13, people: 40, language: language)
        try World.with { world in
            try people.feed(world, people.messages, batch: 60)
            let before = try people.owners(world)
            for round in 0..<24 {
                guard let a = people.messages.randomElement(using: &generator)?.id, let b = people.messages.randomElement(using: &generator)?.id,
                    let first = before[a], let second = before[b], first != second
                else { continue }
                let link = IdentityLink(.must, a, b)
                try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1))
                let merged = try people.partition(world)
                #expect(merged == Crowd.partition(before.mapValues { $0 == second ? first : $0 }))
                if round % 3 == 0 {
                    try world.pipeline.relink(world.store)
                    #expect(try people.partition(world) == merged)
                }
                try world.pipeline.decide(link, isUndone: true, in: world.store, at: Timestamp(nanoseconds: 2))
                if round % 2 == 0 { try world.pipeline.relink(world.store) }
                #expect(try people.owners(world) == before)
            }
        }
    }

    @Test(arguments: ["de-DE", nil] as [String?])
    func splitThenUnsplitIsNeverSplit(language: String?) throws {
        var generator = SplitMix64(seed: 14)
        let people = Crowd(seed: 14, people: 40, language: language)
        try World.with { world in
            try people.feed(world, people.messages, batch: 60)
            let before = try people.owners(world)
            let customers = Dictionary(grouping: before, by: \.value).values.map { $0.map(\.key).sorted() }
            for own in customers.sorted(by: { $0[0] < $1[0] }) where own.count > 1 {
                guard let a = own.randomElement(using: &generator), let b = own.filter({ $0 != a }).randomElement(using: &generator) else { continue }
                let link = IdentityLink(.cannot, a, b)
                try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1))
                let split = try people.owners(world)
                #expect(split[a] != split[b])
                for (id, owner) in before where !own.contains(id) { #expect(split[id] == owner) }
                try world.pipeline.decide(link, isUndone: true, in: world.store, at: Timestamp(nanoseconds: 2))
                #expect(try people.owners(world) == before)
            }
        }
    }

    /// Messages, decisions, their undoing and erasure in any order: what is left decides.
    @Test(arguments: [21, 22, 23, 24] as [UInt64])
    func anyHistoryEndsAsWhatIsLeftOfIt(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let people = Crowd(seed: seed, people: 30, language: seed % 2 == 0 ? nil : "de-DE")
        var waiting = people.messages.shuffled(using: &generator)
        var present = [Message]()
        var decisions = [IdentityLink]()
        var found: Set<Set<String>> = []
        try World.with { world in
            while !waiting.isEmpty || decisions.count < 8 {
                switch Int.random(in: 0..<10, using: &generator) {
                case 0...3:
                    let batch = waiting.prefix(12)
                    try world.process(batch.map { .message($0) })
                    present += batch
                    waiting.removeFirst(batch.count)
                case 4...6:
                    guard let a = present.randomElement(using: &generator)?.id, let b = present.randomElement(using: &generator)?.id, a != b else {
                        continue
                    }
                    let link = IdentityLink(Bool.random(using: &generator) ? .must : .cannot, a, b)
                    try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1))
                    decisions.removeAll { $0.first == link.first && $0.second == link.second }
                    decisions.append(link)
                case 7:
                    guard let link = decisions.randomElement(using: &generator) else { continue }
                    try world.pipeline.decide(link, isUndone: true, in: world.store, at: Timestamp(nanoseconds: 2))
                    decisions.removeAll { $0 == link }
                case 8:
                    guard let gone = present.randomElement(using: &generator)?.id else { continue }
                    try world.pipeline.erase(messages: [gone], from: world.store, at: Timestamp(nanoseconds: 3))
                    present.removeAll { $0.id == gone }
                    decisions.removeAll { $0.first == gone || $0.second == gone }
                default: try world.pipeline.relink(world.store)
                }
            }
            try world.pipeline.relink(world.store)
            found = try people.partition(world)
        }
        try World.with { world in
            try world.process(present.shuffled(using: &generator).map { .message($0) })
            for link in decisions.shuffled(using: &generator) { try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1)) }
            try world.pipeline.relink(world.store)
            #expect(try people.partition(world) == found)
        }
    }

    /// A national number is completed out of all numbers there are: here it is a switchboard's, which joins nobody.
    @Test func decisionsLookAtAllNumbersWhereNationalOnesAreShown() throws {
        try World.with { world in
            let named = { (id: String, identifiers: String, name: String) in
                var message = World.message(id, "v:0", identifiers, conversation: "c\(id)")
                message.author.displayName = name
                return Operation.message(message)
            }
            let names = ["Ana Lima", "Bo Kerr", "Cem Aslan", "Dora Weiss", "Eli Stone", "Fay Moore", "Gus Nolan", "Hal Price", "Ida Quinn", "Jo Rey"]
            let crowd = names.enumerated().map { named("\($0)", "phone:+33514709847 email:p\($0)@shop.com", $1) }
            let namesakes = ["a", "b"].map { named($0, "phone:05.14.70.98.47 email:\($0)@shop.com", "Ana Silva") }
            try world.process(crowd + namesakes)
            try world.pipeline.relink(world.store)
            let ids = (0..<10).map { "\($0)" } + ["a", "b"]
            let before = try ids.map { try world.customer($0) }
            #expect(before[10] != before[11])
            let link = IdentityLink(.must, "t:a", "t:3")
            try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1))
            let merged = try ids.map { try world.customer($0) }
            #expect(merged[10] == merged[3] && merged[11] == before[11])
            try world.pipeline.decide(link, isUndone: true, in: world.store, at: Timestamp(nanoseconds: 2))
            #expect(try ids.map { try world.customer($0) } == before)
        }
    }

    @Test func aDecisionOutlastsWhatComesLater() throws {
        try World.with { world in
            try world.process([
                .message(World.message("1", "v:0", "email:a@shop.com", conversation: "c1")),
                .message(World.message("2", "v:0", "email:a@shop.com cookie:c", conversation: "c2")),
                .message(World.message("3", "v:0", "phone:+447700900111", conversation: "c3")),
            ])
            try world.pipeline.decide(IdentityLink(.cannot, "t:1", "t:2"), in: world.store, at: Timestamp(nanoseconds: 1))
            try world.pipeline.decide(IdentityLink(.must, "t:2", "t:3"), in: world.store, at: Timestamp(nanoseconds: 1))
            try world.process([.message(World.message("4", "v:0", "cookie:c", day: 2, conversation: "c4"))])
            try world.pipeline.relink(world.store)
            let owners = try ["1", "2", "3", "4"].map { try world.customer($0) }
            #expect(owners[0] != owners[1])
            #expect(Set(owners.dropFirst()).count == 1)
            #expect(try world.events().filter { $0.hasPrefix("attune.customer") }.count == 2)
        }
    }

    @Test func aDecisionTakenBackNamesTheCustomerOnce() throws {
        try World.with { world in
            try world.process([
                .message(World.message("1", "v:0", "email:a@shop.com", conversation: "c1")),
                .message(World.message("2", "v:0", "phone:+447700900111", conversation: "c2")),
            ])
            let link = IdentityLink(.must, "t:1", "t:2")
            try world.pipeline.decide(link, in: world.store, at: Timestamp(nanoseconds: 1))
            try world.pipeline.decide(link, isUndone: true, in: world.store, at: Timestamp(nanoseconds: 2))
            let customer = try #require(try world.customer("1"))
            let entries = try world.store.queries.history(of: customer)
            #expect(entries.contains { $0.change == "no longer together" })
            for entry in entries { #expect(!entry.others.contains(entry.customer), "\(entry.change)") }
        }
    }

    /// What is found key by key is what a look at the component finds: customers, their names and since when they are known.
}
