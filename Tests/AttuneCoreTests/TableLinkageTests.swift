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
        let columns = RecordColumns(headers: Self.headers, rows: rows)
        return Set(TableLinkage(headers: Self.headers, columns: columns).clusters(rows).map { Set($0.map { rows[$0][0] }) })
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
        let roles = RecordColumns(headers: headers, rows: rows, mapping: ["x1": .category]).roles
        #expect(roles == [.id, .givenName, .surname, .birthDate, .town, .ignored, .email, .category, .number])
    }

    @Test(arguments: [[[String]](), [["1", "ann", "lee", "", "", ""]], [["1", "", "", "", "", ""], ["2", "", "", "", "", ""]]])
    func smallTablesAreAnswered(rows: [[String]]) { #expect(groups(rows).count == rows.count) }
}
