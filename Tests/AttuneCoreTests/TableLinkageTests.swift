import AttuneEngine
import Testing

@testable import AttuneCore

/// Records with invented errors: who they are is known, and must be found without being told.
@Suite struct TableLinkageTests {
    private static let given = "ann robert maria peter zoe ivan lina omar susan paul keira daniel hugo nadia felix grace tomas irene oscar wendy"
    private static let surnames =
        "lee xu gomez hall park petrov kern haddad ray piazza stone walker brandt novak silva moreau rossi jensen okafor iyer"
    private static let towns = "leeds hamburg porto lyon turin oslo delhi lagos quito perth"

    private func word(_ list: String, _ g: inout SplitMix64) -> String {
        list.split(separator: " ").randomElement(using: &g).map(String.init) ?? ""
    }

    private func damaged(_ text: String, _ g: inout SplitMix64) -> String {
        var letters = Array(text)
        guard letters.count > 2 else { return text }
        let i = Int.random(in: 0..<(letters.count - 1), using: &g)
        switch Int.random(in: 0..<3, using: &g) {
        case 0: letters.swapAt(i, i + 1)
        case 1: letters.remove(at: i)
        default: letters[i] = "x"
        }
        return String(letters)
    }

    /// Rows `id, first name, surname, dob, town, e-mail` and each one's person.
    private func people(_ count: Int, seed: UInt64) -> (rows: [[String]], person: [String: Int]) {
        var g = SplitMix64(seed: seed)
        var rows = [[String]]()
        var person: [String: Int] = [:]
        for p in 0..<count {
            let number = { (range: ClosedRange<Int>) in Int.random(in: range, using: &g) }
            let date = "\(number(1930...2005))-\(number(10...12))-\(number(10...28))"
            let (first, last, town) = (word(Self.given, &g), word(Self.surnames, &g), word(Self.towns, &g))
            let email = "\(first).\(last)\(Int.random(in: 10...999, using: &g))@web.de"
            for copy in 0..<Int.random(in: 1...4, using: &g) {
                var cells = [first, last, date, town, email]
                for c in cells.indices where copy > 0 && Int.random(in: 0..<10, using: &g) < 3 {
                    cells[c] = Int.random(in: 0..<3, using: &g) == 0 ? "" : damaged(cells[c], &g)
                }
                let id = "r\(rows.count)"
                person[id] = p
                rows.append([id] + cells)
            }
        }
        return (rows, person)
    }

    private static let headers = ["unique_id", "first_name", "surname", "dob", "city", "email"]

    private func groups(_ rows: [[String]]) -> Set<Set<String>> {
        let table = RecordRows(width: Self.headers.count, rows)
        let columns = RecordColumns(headers: Self.headers, rows: table)
        return Set(TableLinkage(headers: Self.headers, columns: columns).clusters(table).map { Set($0.map { rows[$0][0] }) })
    }

    /// A table of orders repeats its customers: what most rows say is still somebody's own.
    @Test func rowsThatRepeatEachOtherAreOnePersons() {
        let anna = ["Anna", "Lindqvist", "1981-04-17", "Malmö", "anna.lindqvist@web.example"]
        let paul = ["Paul", "Okafor", "1975-11-02", "Lagos", "p.okafor@web.example"]
        let rows = ([[String]](repeating: anna, count: 400) + [[String]](repeating: paul, count: 300)).enumerated().map { ["r\($0)"] + $1 }
        #expect(groups(rows) == [Set((0..<400).map { "r\($0)" }), Set((400..<700).map { "r\($0)" })])
        #expect(groups(Array(rows.prefix(150))).count == 1)
        // A name alone is not: as many namesakes stay apart as before.
        let namesakes = (0..<9).map { ["n\($0)", "Ann", "", "", "", ""] } + (0..<40).map { ["m\($0)", "Ann\($0)", "", "", "", ""] }
        #expect(groups(namesakes).count == namesakes.count)
    }

    @Test func theOrderOfTheColumnsDoesNotMatter() {
        let rows = people(150, seed: 9).rows
        let whole = groups(rows)
        let columns = Array(Self.headers.indices)
        for turn in 1..<columns.count {
            let order = Array(columns[turn...] + columns[..<turn].reversed())
            let (headers, table) = (order.map { Self.headers[$0] }, RecordRows(width: order.count, rows.map { row in order.map { row[$0] } }))
            let found = TableLinkage(headers: headers, columns: RecordColumns(headers: headers, rows: table)).clusters(table)
            #expect(Set(found.map { Set($0.map { rows[$0][0] }) }) == whole)
        }
    }

    @Test func copiesAreExplainedAsTheRowsTheyRepeat() throws {
        let other = people(60, seed: 4).rows
        let rows = other + (0..<10).map { ["c\($0)", "Anna", "Lindqvist", "1981-04-17", "Malmö", "anna.lindqvist@web.example"] }
        let table = RecordRows(width: Self.headers.count, rows)
        let resolved = TableLinkage(headers: Self.headers, columns: RecordColumns(headers: Self.headers, rows: table)).resolve(table)
        #expect(resolved.clusters.joined().sorted() == Array(rows.indices))
        let copies = other.count..<rows.count
        #expect(resolved.clusters.contains { Set($0) == Set(copies) })
        for a in copies {
            for b in copies where a != b {
                let path = try #require(resolved.path(from: a, to: b))
                #expect(path.first == a && path.last == b)
                #expect(try #require(resolved.weight(a, b)).total > 0)
            }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func damagedRecordsFindTheirPerson(seed: UInt64) {
        let (rows, person) = people(250, seed: seed)
        let found = groups(rows)
        let pairs = { (sizes: [Int]) in sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
        let predicted = pairs(found.map(\.count))
        let truth = pairs(Dictionary(grouping: person.values, by: { $0 }).values.map(\.count))
        let both = found.reduce(0) { sum, group in sum + pairs(Dictionary(grouping: group, by: { person[$0] }).values.map(\.count)) }
        #expect(Double(both) / Double(predicted) > 0.97, "precision")
        #expect(Double(both) / Double(truth) > 0.93, "recall")
    }

    @Test func theOrderOfRowsAndTheirIdsDoNotMatter() {
        let (rows, _) = people(80, seed: 9)
        let expected = groups(rows)
        var g = SplitMix64(seed: 5)
        for _ in 0..<4 { #expect(groups(rows.shuffled(using: &g)) == expected) }
        let renamed = rows.enumerated().map { i, row in ["z\(1_000 - i)"] + row.dropFirst() }
        let back = Dictionary(uniqueKeysWithValues: zip(renamed.map { $0[0] }, rows.map { $0[0] }))
        #expect(Set(groups(renamed).map { Set($0.compactMap { back[$0] }) }) == expected)
    }

    @Test func columnsAreRecognised() {
        let headers = ["rec_id", "Given Name", "last_name", "date_of_birth", "suburb", "cluster", "contact", "x1", "x2"]
        let rows = (0..<200).map { ["r\($0)", "ann", "lee", "1971-06-24", "leeds", "1", "p\($0)@web.de", "\($0 % 3)", "text number \($0)a"] }
        let roles = RecordColumns(headers: headers, rows: RecordRows(width: headers.count, rows), mapping: ["x1": .category]).roles
        #expect(roles == [.id, .givenName, .surname, .birthDate, .town, .ignored, .email, .category, .number])
    }

    @Test func headersOfOtherLanguagesAndMembersOfObjectsAreRecognised() {
        let headers = ["Nr", "Prénom", "Straße", "contact.email", "billing_city", "Télé phone"]
        let rows = (0..<20).map { ["\($0)", "ann", "weg \($0)", "a\($0)@web.de", "ulm", "0171 23456\($0)"] }
        let roles = RecordColumns(headers: headers, rows: RecordRows(width: 6, rows)).roles
        #expect(roles == [.id, .givenName, .address, .email, .town, .phone])
    }

    @Test func anIdThatRepeatsTellsWhoseARowIs() {
        let rows = [["7", "1", "ann"], ["8", "2", "ann"], ["7", "3", "rob"]]
        let columns = RecordColumns(headers: ["customer", "key", "name"], rows: RecordRows(width: 3, rows), mapping: ["customer": .number])
        #expect(columns.roles == [.number, .id, .fullName])
        #expect(RecordColumns(headers: ["id", "no", "name"], rows: RecordRows(width: 3, rows)).roles == [.number, .id, .fullName])
    }

    /// Rows `id, first name, surname, town, address, phone` of households that share all but the first name.
    private func households(_ count: Int, copies: ClosedRange<Int>, seed: UInt64) -> (rows: [[String]], person: [String: Int]) {
        var g = SplitMix64(seed: seed)
        var (rows, person, people) = ([[String]](), [String: Int](), 0)
        for _ in 0..<count {
            let shared = [
                word(Self.surnames, &g), word(Self.towns, &g), "\(Int.random(in: 1...300, using: &g)) \(word(Self.surnames, &g)) street",
                "07" + String(Int.random(in: 100_000_000...999_999_999, using: &g)),
            ]
            for first in Self.given.split(separator: " ").shuffled(using: &g).prefix(Int.random(in: 1...4, using: &g)) {
                for copy in 0..<Int.random(in: copies, using: &g) {
                    let cells = ([String(first)] + shared).map { copy > 0 && Int.random(in: 0..<10, using: &g) == 0 ? damaged($0, &g) : $0 }
                    person["r\(rows.count)"] = people
                    rows.append(["r\(rows.count)"] + cells)
                }
                people += 1
            }
        }
        return (rows, person)
    }

    @Test(arguments: [1...1, 1...3]) func householdsAreNotOnePerson(copies: ClosedRange<Int>) {
        let (rows, person) = households(150, copies: copies, seed: 4)
        let headers = ["id", "first_name", "last_name", "city", "address", "phone"]
        let table = RecordRows(width: headers.count, rows)
        let people = TableLinkage(headers: headers, columns: RecordColumns(headers: headers, rows: table)).clusters(table)
        let mixed = people.count { Set($0.map { person[rows[$0][0]] }).count > 1 }
        #expect(mixed * 100 <= people.count, "\(mixed) of \(people.count) customers are several people")
        #expect(people.count <= rows.count)
    }

    @Test func aHandfulOfRowsIsJudgedByTheWorldNotByItself() {
        let rows = [["1", "Ann Lee", "ann.lee7@web.de"], ["2", "Lee, Ann", "ann.lee7@web.de"], ["3", "Rob Xu", "rob@gmx.net"]]
        let headers = ["id", "name", "email"]
        let table = RecordRows(width: 3, rows)
        let resolved = TableLinkage(headers: headers, columns: RecordColumns(headers: headers, rows: table)).resolve(table)
        #expect(Set(resolved.clusters.map(Set.init)) == [[0, 1], [2]])
        let weight = resolved.weight(0, 1)
        #expect(weight.map { $0.rederived == $0.total && $0.total > 0 } == true)
        #expect(resolved.path(from: 0, to: 1) == [0, 1] && resolved.path(from: 0, to: 2) == nil)
        #expect(resolved.weight(1, 0)?.total == weight?.total && resolved.weight(1, 1) == nil)
    }

    @Test func rowsKeepTheirCells() {
        var rows = RecordRows(width: 3)
        rows.append(["1", "é", ""])
        rows.append(["2"])
        rows.append(["1", "x", "y", "beyond"])
        #expect(rows.count == 3 && rows.text(0, 1) == "é" && rows.text(1, 2).isEmpty && rows.text(2, 2) == "y")
        #expect(rows.repetition(0) == 2 && rows.repetition(1) == 1)
        #expect(rows.order([1]) == [1, 2, 0])
    }

    @Test(arguments: [[[String]](), [["1", "ann", "lee", "", "", ""]], [["1", "", "", "", "", ""], ["2", "", "", "", "", ""]]])
    func smallTablesAreAnswered(rows: [[String]]) { #expect(groups(rows).count == rows.count) }
}
