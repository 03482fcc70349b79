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
        StoreCase(name: "links are found from either end, and are gone with what they tie") { store in
            let (must, cannot) = (IdentityLink(.must, "m2", "m1"), IdentityLink(.cannot, "m1", "m3"))
            try store.transaction { transaction in
                for name in ["1", "2", "3"] {
                    try transaction.save([Samples.evidence("e\(name)", [Samples.key(name)], customer: Samples.customer(name))])
                    try transaction.insert(Samples.record(Samples.message("m\(name)"), evidence: "e\(name)"))
                }
                #expect(try !transaction.hasLinks())
                try transaction.add([must, cannot, must])
                #expect(try transaction.hasLinks())
                #expect(try Set(transaction.allLinks()) == [must, cannot])
                #expect(try transaction.links(ofClaims: ["e2"]) == [must])
                #expect(try Set(transaction.links(ofClaims: ["e1"])) == [must, cannot])
                try transaction.remove([must])
                _ = try transaction.erase(messages: ["m3"])
                #expect(try transaction.allLinks().isEmpty)
            }
            #expect(throws: (any Error).self) { try store.transaction { try $0.add([IdentityLink(.must, "m1", "unknown")]) } }
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
    ]
}
