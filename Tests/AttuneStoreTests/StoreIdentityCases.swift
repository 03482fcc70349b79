import AttuneCore
import Testing

/// What every `Store` has to do for identity: claims in parts, links, identifiers that join nobody, erasure.
extension StoreCase {
    static let people: [StoreCase] = [
        StoreCase(name: "evidence keeps what was said of its author, and comes back by claim and message") { store in
            var first = Samples.evidence("e", [Samples.key("a"), Samples.key("b", .phone)], customer: Samples.customer("x"), count: 3)
            first.about = PersonalDetails(name: "Ann Lee", town: "Leeds", birthDate: "1980-02-03")
            first.homeID = Samples.customer("y")
            first.isGuarded = true
            let plain = Samples.evidence("f", [Samples.key("c")])
            try store.transaction { [first] transaction in
                try transaction.save([first, plain])
                try transaction.insert(Samples.record(Samples.message("m1")))
                #expect(try transaction.evidence(ofClaims: ["e", "unknown"]) == [first])
                #expect(try transaction.evidence(ofMessages: ["m1", "unknown"]) == ["m1": first])
                #expect(try Set(transaction.allEvidence()) == [first, plain])
                #expect(
                    try transaction.sightings(of: [first, plain]) == [MessageSighting(messageID: "m1", sentAt: Samples.time(0), evidenceID: "e")])
            }
        },
        StoreCase(name: "a claim is divided and put together again") { store in
            let whole = Samples.evidence("e", [Samples.key("a")], customer: Samples.customer("x"), count: 2)
            var part = whole
            part.part = 1
            part.customerID = Samples.customer("y")
            try store.transaction { [part] transaction in
                try transaction.save([whole])
                for id in ["m1", "m2"] { try transaction.insert(Samples.record(Samples.message(id))) }
                try transaction.save([part])
                try transaction.move(messages: ["m2"], toEvidence: part.id)
                #expect(try transaction.customerID(ofMessage: "m2") == Samples.customer("y"))
                #expect(try Set(transaction.evidence(ofClaims: ["e"])) == [whole, part])
                #expect(try Set(transaction.evidence(sharing: [Samples.key("a")])) == [whole, part])
                try transaction.move(allOf: part.id, toEvidence: "e")
                try transaction.remove(evidence: [part.id])
                #expect(try transaction.customerID(ofMessage: "m2") == Samples.customer("x"))
                #expect(try transaction.evidence(ofClaims: ["e"]) == [whole])
            }
        },
        StoreCase(name: "who shows an identifier is found by it, and may become another customer's") { store in
            let (x, y) = (Samples.customer("x"), Samples.customer("y"))
            var guarded = Samples.evidence("g", [Samples.key("c")], customer: y)
            guarded.isGuarded = true
            try store.transaction { [guarded] transaction in
                try transaction.save([Samples.evidence("e", [Samples.key("a"), Samples.key("b")], customer: x), guarded])
                let keys = ["a", "b", "c", "d"].map { Samples.key($0) }
                let holder = KeyHolder(customerID: x, isGuarded: false)
                #expect(
                    try transaction.holders(of: keys)
                        == [keys[0]: holder, keys[1]: holder, keys[2]: KeyHolder(customerID: y, isGuarded: true)])
                try transaction.move(allOf: x, to: y)
                #expect(try transaction.evidence(of: x).isEmpty)
                #expect(try Set(transaction.evidence(of: y).map(\.claim)) == ["e", "g"])
                #expect(try transaction.evidenceCount(of: y) == 2)
                #expect(try transaction.evidence(of: y).first { $0.claim == "e" }?.homeID == nil)
                try transaction.saveValues([(key: keys[0], value: "a@mail.example")])
                #expect(try transaction.values(of: keys) == [keys[0]: "a@mail.example"])
                #expect(try !transaction.hasConsents())
            }
        },
        StoreCase(name: "identifiers whose hashes begin alike are told apart") { store in
            let (a, b) = (
                IdentifierKey(kind: .email, hash: KeyHash(high: .max, low: 1)), IdentifierKey(kind: .email, hash: KeyHash(high: .max, low: 2))
            )
            let (x, y) = (Samples.customer("x"), Samples.customer("y"))
            try store.transaction { transaction in
                try transaction.save([Samples.evidence("e", [a], customer: x), Samples.evidence("f", [b], customer: y)])
                try transaction.saveValues([(key: a, value: "a@mail.example"), (key: b, value: "b@mail.example")])
                let (ofX, ofY) = (KeyHolder(customerID: x, isGuarded: false), KeyHolder(customerID: y, isGuarded: false))
                #expect(try transaction.holders(of: [a, b]) == [a: ofX, b: ofY])
                #expect(try transaction.evidence(sharing: [b]).map(\.claim) == ["f"])
                try transaction.setGeneric(true, [a])
                #expect(try transaction.genericKeys(among: [a, b]) == [a])
                try transaction.remove(evidence: ["e"])
                #expect(try transaction.holders(of: [a, b]) == [b: ofY])
                #expect(try transaction.values(of: [a, b]) == [b: "b@mail.example"])
                #expect(try transaction.genericKeys(among: [a, b]).isEmpty)
            }
        },
        StoreCase(name: "of several ways to write an identifier the least is kept") { store in
            let key = Samples.key("a", .phone)
            try store.transaction { transaction in
                try transaction.saveValues([(key: key, value: "2"), (key: key, value: "1"), (key: key, value: "3")])
                #expect(try transaction.values(of: [key]) == [key: "1"])
                #expect(try transaction.values(of: .phone) == [key: "1"])
            }
        },
        StoreCase(name: "a customer keeps the outline") { store in
            let outline = CustomerOutline(
                names: [.init("Ann \"A\" Lee", firstSeen: Samples.time(1)), .init("\u{1F642}", firstSeen: Samples.time(2))],
                keys: [Samples.key("a"), Samples.key("b", .phone)])
            let customer = Customer(id: Samples.customer("x"), firstSeen: Samples.time(0), displayName: "Ann", outline: outline)
            try store.transaction { transaction in
                try transaction.save(customer)
                #expect(try transaction.customer(customer.id) == customer)
                var other = customer
                other.outline = nil
                try transaction.save(other)
                #expect(try transaction.customer(customer.id) == other)
            }
        },
        StoreCase(name: "links are found from either end, and are gone with what they tie") { store in
            let (must, cannot) = (IdentityLink(.must, "m2", "m1"), IdentityLink(.cannot, "m1", "m3"))
            try store.transaction { transaction in
                for name in ["1", "2", "3"] {
                    try transaction.save([Samples.evidence("e\(name)", [Samples.key(name)], customer: Samples.customer(name))])
                    try transaction.insert(Samples.record(Samples.message("m\(name)"), evidence: "e\(name)"))
                }
                #expect(try !transaction.hasLinks())
                try transaction.add([must, cannot, must], claims: ["m1": "e1"])
                #expect(try transaction.hasLinks())
                #expect(try Set(transaction.allLinks()) == [must, cannot])
                #expect(try transaction.links(ofClaims: ["e2"]) == [must])
                #expect(try Set(transaction.links(ofClaims: ["e1"])) == [must, cannot])
                try transaction.remove([must])
                _ = try transaction.erase(messages: ["m3"])
                #expect(try transaction.allLinks().isEmpty)
            }
            #expect(throws: (any Error).self) { try store.transaction { try $0.add([IdentityLink(.must, "m1", "unknown")], claims: [:]) } }
        },
        StoreCase(name: "an identifier joins nobody until it does again") { store in
            let (a, b) = (Samples.key("a"), Samples.key("b"))
            try store.transaction { transaction in
                try transaction.setGeneric(true, [a, b])
                try transaction.setGeneric(false, [b])
                #expect(try transaction.genericKeys(among: [a, b, Samples.key("c")]) == [a])
            }
        },
        StoreCase(name: "an erased message leaves its id, and no signal and event that rests on it") { store in
            let x = Samples.customer("x")
            let signals = [
                StoredSignal(signal: Samples.signal("r", cause: "m1"), customerID: x),
                StoredSignal(signal: Samples.signal("s", cause: "m2"), customerID: x),
            ]
            try store.transaction { transaction in
                try transaction.save([Samples.evidence("e", [Samples.key("a")], customer: x, count: 2)])
                try transaction.saveValues([(key: Samples.key("a", .phone), value: "+441632960001")])
                for id in ["m1", "m2"] { try transaction.insert(Samples.record(Samples.message(id))) }
                try transaction.save(signals)
                #expect(try transaction.erase(messages: ["m1"]) == [signals[0]])
                #expect(try transaction.signals(of: [x]) == [signals[1]])
                #expect(try transaction.versions(of: ["m1"])["m1"]?.isDeleted == true)
                #expect(try transaction.customerID(ofMessage: "m1") == nil)
                #expect(try transaction.timeline(of: x, limit: 9).map(\.messageID) == ["m2"])
                #expect(try transaction.values(of: .phone) == [Samples.key("a", .phone): "+441632960001"])
            }
            try store.scrub()
        },
        StoreCase(name: "replies are left where no customer is") { store in
            try store.transaction { transaction in
                for (id, role, conversation, source) in [
                    ("a1", .customer, "a", "s"), ("a2", .agent, "a", "s"), ("a3", .bot, "a", "s"), ("a4", .agent, "a", "other"),
                    ("b1", .customer, "b", "s"), ("b2", .agent, "b", "s"), ("b3", .customer, "b", "s"), ("c1", .agent, "c", "s"),
                ] as [(String, Role, String, String)] {
                    var message = Samples.message(id)
                    (message.author.role, message.conversationID, message.source) = (role, conversation, source)
                    try transaction.insert(Samples.record(message, evidence: role == .customer ? "e-\(id)" : nil))
                }
                for (ids, replies) in [
                    (["a1"], ["a2", "a3"]), (["a1", "a2"], ["a3"]), (["b1"], []), (["b3", "b1"], ["b2"]), (["b1", "a1"], ["a2", "a3"]), (["c1"], []),
                    (["unknown"], []), ([], []),
                ] { #expect(try transaction.replies(leftWithout: ids) == replies, "\(ids)") }
                _ = try transaction.erase(messages: ["a1", "b1"])
                // What is erased has no conversation, and is beside nothing.
                #expect(try transaction.replies(leftWithout: ["a1", "b1"]).isEmpty)
            }
        },
        StoreCase(name: "a snapshot numbers the evidence, which is found and assigned by its number") { store in
            let (x, nobody) = (Samples.customer("x"), Samples.evidence("e", [Samples.key("a")]))
            try store.transaction { transaction in
                try transaction.save([nobody, Samples.evidence("f", [Samples.key("b")], customer: Samples.customer("y"))])
                try transaction.insert(Samples.record(Samples.message("m1")))
                let numbers = try transaction.snapshot().evidenceNumbers
                #expect(numbers.count == 2)
                let found = try transaction.evidence(numbers: numbers)
                #expect(Set(found.map(\.claim)) == ["e", "f"])
                #expect(try transaction.evidence(numbers: [999]).isEmpty)
                let number = try #require(zip(numbers, found).first { $0.1.claim == "e" }?.0)
                try transaction.assign([EvidenceAssignment(number: number, customerID: x, isGuarded: true)])
                var owned = nobody
                (owned.customerID, owned.homeID, owned.isGuarded) = (x, x, true)
                #expect(try transaction.evidence(ofClaims: ["e"]) == [owned])
                #expect(try transaction.customerID(ofMessage: "m1") == x)
            }
        },
        StoreCase(name: "what is noted is nobody's, or adds to what is known") { store in
            let (a, b) = (Samples.evidence("e", [Samples.key("a"), Samples.key("b")]), Samples.evidence("f", [Samples.key("b")], count: 2))
            var owned = b
            (owned.customerID, owned.homeID) = (Samples.customer("x"), Samples.customer("x"))
            try store.transaction { [owned] transaction in
                #expect(try transaction.note([a, a]).isEmpty)
                try transaction.save([owned])
                #expect(try transaction.note([b]) == [Samples.customer("x")])
                let found = try transaction.evidence(sharing: [Samples.key("b")]).sorted { $0.id < $1.id }
                #expect(found == [a.adding(a), owned.adding(b)])
                #expect(try transaction.holders(of: [Samples.key("a")]) == [Samples.key("a"): KeyHolder(customerID: nil, isGuarded: false)])
            }
        },
        StoreCase(name: "customers who were postponed are told once, under the ids they have now") { store in
            let (x, y, z) = (Samples.customer("x"), Samples.customer("y"), Samples.customer("z"))
            try store.transaction { transaction in
                try transaction.postpone([x, y])
                try transaction.postpone([y])
                try transaction.record(.merged(survivor: z, absorbed: [x], key: nil), at: Samples.time(0))
            }
            try store.transaction { transaction in
                let (first, second) = (try transaction.takePostponed(), try transaction.takePostponed())
                #expect(first == [y, z])
                #expect(second.isEmpty)
            }
        },
    ]
}
