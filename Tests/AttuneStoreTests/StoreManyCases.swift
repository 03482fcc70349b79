import AttuneCore
import Testing

/// What every `Store` has to do for many at once as it does for one.
extension StoreCase {
    static let many: [StoreCase] = [
        StoreCase(name: "claims noted many at a time, some of them known, are as those noted one by one") { store in
            // Around the number of rows that a statement takes, and with known ones at all places among new ones.
            let counts = [1, 15, 16, 17, 33, 70]
            for (set, count) in counts.enumerated() {
                for step in [1, 3, 16, 99] {
                    let claims = (0..<count).map { i in
                        var item = Samples.evidence("c\(set)-\(step)-\(i)", [Samples.key("\(set) \(step) \(i)"), Samples.key("of all")])
                        item.firstSeen = Samples.time(Double(100 - i))
                        return item
                    }
                    let known = claims.indices.filter { $0 % step == step / 2 }
                    let owner = Samples.customer("owner \(set) \(step)")
                    try store.transaction { transaction in
                        for i in known {
                            var item = claims[i]
                            item.firstSeen = Samples.time(50)
                            if i % 2 == 0 { item.customerID = owner }
                            try transaction.save([item])
                        }
                        let owners = try transaction.note(claims)
                        #expect(owners == (known.contains { $0 % 2 == 0 } ? [owner] : []), "\(count) by \(step)")
                    }
                    try store.transaction { transaction in
                        let found = Dictionary(
                            try transaction.evidence(ofClaims: claims.map(\.claim)).map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
                        for (i, item) in claims.enumerated() {
                            var expected = item
                            if known.contains(i) {
                                expected.messageCount = 2
                                expected.firstSeen = min(item.firstSeen, Samples.time(50))
                                expected.customerID = i % 2 == 0 ? owner : nil
                            }
                            #expect(found[item.claim] == expected, "\(i) of \(count) by \(step)")
                            let own = item.keys.filter { $0 != Samples.key("of all") }
                            #expect(try transaction.evidence(sharing: own).map(\.claim) == [item.claim])
                        }
                    }
                }
            }
        },
        StoreCase(name: "evidence saved many at a time, some of it known, is as if saved one by one") { store in
            for count in [15, 16, 17, 40] {
                var items = (0..<count).map { i -> Evidence in
                    let owner = i % 3 == 0 ? Samples.customer("\(count)") : nil
                    var item = Samples.evidence(
                        "s\(count)-\(i)", [Samples.key("\(count) \(i)"), Samples.key("of \(count)")], customer: owner, count: i + 1)
                    (item.homeID, item.isGuarded, item.part) = (i % 6 == 0 ? owner : nil, i % 5 == 0, i % 7 == 0 ? 1 : 0)
                    return item
                }
                try store.transaction { try $0.save(items.enumerated().filter { $0.0 % 4 == 1 }.map(\.1)) }
                for i in items.indices where i % 4 == 1 { items[i].messageCount += 1 }
                // The last one twice: what comes later holds.
                var last = items[count - 1]
                last.messageCount = 99
                try store.transaction { try $0.save(items + [last]) }
                items[count - 1] = last
                try store.transaction { transaction in
                    for item in items {
                        #expect(try transaction.evidence(ofClaims: [item.claim]) == [item])
                        let own = item.keys.filter { $0 != Samples.key("of \(count)") }
                        #expect(try transaction.evidence(sharing: own) == [item])
                    }
                    #expect(try transaction.evidence(sharing: [Samples.key("of \(count)")]).count == count)
                    let mine = try transaction.evidence(of: Samples.customer("\(count)"))
                    #expect(Set(mine.map(\.id)) == Set(items.filter { $0.customerID != nil }.map(\.id)))
                }
            }
        },
        StoreCase(name: "customers made many at a time are on file, and in the ledger in their order") { store in
            for count in [0, 1, 16, 40] {
                let customers = (0..<count).map { i -> Customer in
                    var customer = Customer(id: Samples.customer("\(count) \(i)"), firstSeen: Samples.time(Double(i)))
                    if i % 2 == 0 { customer.displayName = "N\(i)" }
                    if i % 3 == 0 {
                        let name = CustomerOutline.Name("N\(i)", firstSeen: Samples.time(1))
                        customer.outline = CustomerOutline(names: [name], keys: [Samples.key("\(i)")])
                    }
                    return customer
                }
                try store.transaction { transaction in
                    let entries = try transaction.create(customers, at: Samples.time(7))
                    #expect(entries.count == count && entries == entries.sorted() && Set(entries).count == count)
                    for customer in customers { #expect(try transaction.customer(customer.id) == customer) }
                    let next = try transaction.record(.created(Samples.customer("after \(count)")), at: Samples.time(8))
                    #expect(entries.allSatisfy { $0 < next })
                }
            }
        },
        StoreCase(name: "a customer who was absorbed and is made again redirects nowhere") { store in
            let (a, b) = (Samples.customer("a"), Samples.customer("b"))
            try store.transaction { transaction in
                _ = try transaction.create([a, b].map { Customer(id: $0, firstSeen: Samples.time(0)) }, at: Samples.time(0))
                try transaction.record(.merged(survivor: a, absorbed: [b], key: nil), at: Samples.time(1))
                try transaction.postpone([b])
                #expect(try transaction.takePostponed() == [a])
                _ = try transaction.create([Customer(id: b, firstSeen: Samples.time(0))], at: Samples.time(2))
                try transaction.postpone([b])
                #expect(try transaction.takePostponed() == [b])
            }
        },
        StoreCase(name: "evidence given to many customers at once is found by them, and may be given to others") { store in
            // Few, so many that their index is made anew, and as few more again.
            let steps = [0..<5, 5..<2_500, 2_500..<2_520]
            for step in steps {
                try store.transaction { transaction in
                    _ = try transaction.note(step.map { Samples.evidence("e\($0)", [Samples.key("\($0)")]) })
                    // A store numbers evidence as it likes: what is new is what has no customer.
                    let numbers = try transaction.snapshot().evidenceNumbers
                    let new = try zip(numbers, transaction.evidence(numbers: numbers)).filter { $1.customerID == nil }.map(\.0)
                    #expect(new.count == step.count)
                    let assignments = new.enumerated().map { i, number -> EvidenceAssignment in
                        let customer = Samples.customer("c\((step.lowerBound + i) % 700)")
                        return EvidenceAssignment(number: number, customerID: customer, isGuarded: i % 5 == 0)
                    }
                    try transaction.assign(assignments)
                }
            }
            try store.transaction { transaction in
                let all = try transaction.allEvidence()
                #expect(all.count == 2_520 && all.allSatisfy { $0.homeID == $0.customerID && $0.customerID != nil })
                for i in stride(from: 0, to: 700, by: 50) {
                    let customer = Samples.customer("c\(i)")
                    #expect(try Set(transaction.evidence(of: customer)) == Set(all.filter { $0.customerID == customer }))
                }
                try transaction.move(allOf: Samples.customer("c1"), to: Samples.customer("c2"))
                #expect(try transaction.evidence(of: Samples.customer("c1")).isEmpty)
            }
        },
    ]
}
