import AttuneEngine

@testable import AttuneCore

/// Sightings of invented people, with who they are: short names, typos, numbers in every format, and the traps of customer service.
struct InventedPeople {
    struct Item {
        var sighting: Sighting
        var person: Int
        /// Identifiers that lead to somebody else: a switchboard, a shared tablet, junk, a reseller.
        var isTrap: Bool
    }

    private(set) var sightings: [Item] = []
    private var generator: SplitMix64
    private let people: [Person]

    private struct Person {
        var given: String
        var short: String
        var surname: String
        var town: String
        var phone: String
        var emails: [String]
        var cookies: [String]
        var userID: String
        var order: String
    }

    static let givenNames = [
        ["Robert", "Bob"], ["William", "Bill"], ["Margaret", "Peggy"], ["Elizabeth", "Liz"], ["Katherine", "Kate"], ["Anthony", "Tony"],
        ["Michael", "Mike"], ["Susan", "Sue"], ["Patricia", "Pat"], ["Christopher", "Chris"], ["Omar", "Omar"], ["Ingrid", "Ingrid"],
        ["Yusuf", "Yusuf"], ["Chiara", "Chiara"], ["Svetlana", "Sveta"], ["Deborah", "Debbie"],
    ]
    static let surnames = [
        "Allenby", "Brunner", "Castellan", "Dombrowski", "Eriksen", "Fairweather", "Grabowski", "Hollister", "Ivanenko", "Jankowitz", "Kowalczyk",
        "Lindqvist", "Marchetti", "Nakamoto", "Oyelaran", "Petrosyan", "Quintero", "Rasmussen", "Szymanski", "Thornbury", "Ulbricht", "Vasquez",
    ]
    static let towns = ["Leeds", "Hull", "Ulm", "Jena", "Bath", "York", "Kiel", "Trier"]

    init(seed: UInt64, people count: Int, messages: Int = 8) {
        var dice = SplitMix64(seed: seed)
        people = (0..<count).map { p in
            let given = Self.givenNames[Int.random(in: 0..<Self.givenNames.count, using: &dice)]
            let surname = Self.surnames[Int.random(in: 0..<Self.surnames.count, using: &dice)]
            return Person(
                given: given[0], short: given[1], surname: surname, town: Self.towns[Int.random(in: 0..<Self.towns.count, using: &dice)],
                phone: "1512\(3_000_000 + p * 7919)",
                emails: ["\(given[0]).\(surname)\(p)@web.de".lowercased(), "\(surname)\(p)x@mail.net".lowercased()],
                cookies: (0..<2).map { "ck\(p)x\($0)" }, userID: "C\(10_000 + p)", order: "A\(500_000 + p)")
        }
        generator = dice
        for n in 0..<count * messages { sightings.append(item(n)) }
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func item(_ n: Int) -> Item {
        let p = Int.random(in: 0..<people.count, using: &generator)
        let person = people[p]
        var identifiers = [Identifier]()
        let put = { (kind: Identifier.Kind, value: String) in identifiers.append(Identifier(kind: kind, value: value, verified: true)) }
        var isTrap = false
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: put(.userID, person.userID)
        case 1, 2, 3: put(.email, address(person))
        case 4, 5: put(.phone, number(person.phone))
        case 6, 7: put(.cookie, person.cookies[Int.random(in: 0..<2, using: &generator)])
        case 8:
            put(.email, address(person))
            put(.phone, number(person.phone))
        default: break
        }
        if chance(15) { put(.orderNumber, person.order) }
        if chance(8) { put(.cookie, person.cookies[0]) }
        if chance(6) {
            isTrap = true
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: put(.phone, "+49 30 1234 5678")
            case 1: put(.cookie, "tablet")
            case 2: put(.email, ["none@none.com", "noreply@shop.net"][n % 2])
            default: put(.email, "orders@reseller-one.net")
            }
        } else if p % 6 == 0, p + 1 < people.count || p > 0, chance(20) {
            // A neighbour's landline: two people.
            put(.phone, number("30777\(1000 + p)"))
        } else if p % 6 == 1, chance(20) {
            put(.phone, number("30777\(1000 + p - 1)"))
        }
        let name = chance(isTrap ? 100 : 75) ? written(person) : nil
        let sighting = Sighting(
            id: "m\(n)", time: Double(n), identifiers: identifiers, name: name, town: chance(50) ? person.town : nil, region: "DE")
        return Item(sighting: sighting, person: p, isTrap: isTrap)
    }

    private mutating func address(_ person: Person) -> String {
        let email = person.emails[Int.random(in: 0..<2, using: &generator)]
        return switch Int.random(in: 0..<5, using: &generator) {
        case 0: email.uppercased()
        case 1: String(email.split(separator: "@")[0]) + "+shop@" + email.split(separator: "@")[1]
        default: email
        }
    }

    private mutating func number(_ national: String) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: "0\(national)"
        case 1: "0049\(national)"
        case 2: "+49 \(national.prefix(3)) \(national.dropFirst(3))"
        default: "+49\(national)"
        }
    }

    private mutating func written(_ person: Person) -> String {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return "\(person.surname), \(person.given)"
        case 1: return "\(person.given.prefix(1)). \(person.surname)"
        case 2: return "\(person.short) \(person.surname)"
        case 3:
            var typo = Array(person.surname)
            typo.remove(at: Int.random(in: 1..<typo.count, using: &generator))
            return "\(person.given) \(String(typo))"
        default: return "\(person.given) \(person.surname)"
        }
    }
}
