/// Resolves the records of a table whose columns are known.
public struct TableLinkage {
    private let columns: RecordColumns
    private let headers: [String]
    /// Tells which values are blocked, where any are.
    private let blocked: IdentifierNormalizer?

    /// - Parameter policy: of it only the blocked values are heeded: what a row's fields are worth is learned.
    public init(headers: [String], columns: RecordColumns, policy: IdentityPolicy = .standard) {
        blocked = policy.blocked.isEmpty ? nil : IdentifierNormalizer(policy: policy)
        self.headers = headers
        self.columns = columns
    }

    public func clusters(_ rows: RecordRows) -> [[Int]] { resolve(rows).clusters }

    public func resolve(_ rows: RecordRows) -> ResolvedTable {
        // In an order of content, so that sampling and ties do not depend on the order of the file.
        let compared = compared
        let (order, copies) = Self.withoutCopies(rows.order(compared), rows, compared)
        let book = phoneBook(rows)
        let fields = compared.flatMap { c in
            Self.readings(columns.roles[c], book).map { reading in
                let kind = Self.kind(columns.roles[c])
                let values = Self.values(rows, c, order) { text in
                    if let blocked, let kind, blocked.normalize(Identifier(kind: kind, value: text, verified: true)) == nil { return [] }
                    return reading.normalize(text)
                }
                let isOwn = reading.kind.isPersonal || columns.roles[c] == .number && RecordColumns.isOwnNumber(headers[c])
                return FieldColumn(
                    name: headers[c], kind: reading.kind, isShared: !isOwn, world: Self.worldRecords, records: values.records,
                    of: values.table)
            }
        }
        let table = RecordTable(columns: fields.filter(\.isTelling), count: order.count, nicknames: .standard)
        return ResolvedTable(Linkage(table: table).resolve(), order: order, copies: copies)
    }

    /// Columns that say something, in an order that does not depend on where they stand.
    private var compared: [Int] {
        let roles = RecordColumns.Role.allCases
        return columns.roles.indices.filter { columns.roles[$0] != .ignored && columns.roles[$0] != .id }.sorted { a, b in
            let key = { (c: Int) in (roles.firstIndex(of: columns.roles[c]) ?? 0, headers[c], c) }
            return key(a) < key(b)
        }
    }

    /// Equal rows that are compared one by one: enough to learn how the same person's rows look.
    static let copyLimit = 4

    /// Takes rows out that repeat others: a person with hundreds of equal rows would make what they say look like everybody's.
    ///
    /// - Returns: rows to compare, and of each other one the place of the first that it repeats.
    private static func withoutCopies(_ order: [Int], _ rows: RecordRows, _ compared: [Int]) -> (order: [Int], copies: [Int: Int]) {
        var (kept, copies) = ([Int](), [Int: Int]())
        var first = 0
        for row in order {
            let isCopy = first < kept.count && compared.allSatisfy { rows[row, $0] == rows[kept[first], $0] }
            if !isCopy { first = kept.count }
            if kept.count - first < copyLimit { kept.append(row) } else { copies[row] = first }
        }
        return (kept, copies)
    }

    /// The kind of identifiers in a column.
    private static func kind(_ role: RecordColumns.Role) -> Identifier.Kind? {
        switch role {
        case .email: .email
        case .phone: .phone
        default: nil
        }
    }

    /// What a column's values are, and their form to be compared; empty for what says nothing.
    private typealias Reading = (kind: FieldColumn.Kind, normalize: (String) -> [UInt8])

    private static func readings(_ role: RecordColumns.Role, _ book: PhoneBook) -> [Reading] {
        let letters = { (text: String) in PlainText.letters(text) }
        return switch role {
        case .id, .ignored: []
        case .givenName: [(.givenName, letters)]
        case .surname: [(.surname, letters)]
        case .fullName:
            [(.givenName, { PersonName($0)?.given ?? [] }), (.surname, { PersonName($0)?.surname ?? PlainText.letters($0) })]
        case .birthDate: [(.date, { BirthDate.normalize($0) ?? [] })]
        case .town: [(.town, letters)]
        case .email: [(.email, email)]
        case .phone: [(.phone, { phone($0, book) })]
        case .number: [(.number, letters)]
        case .category: [(.category, letters)]
        case .text, .address: [(.text, letters)]
        }
    }

    /// The values of a column, each distinct one normalised once, by row in their order.
    private static func values(
        _ rows: RecordRows, _ c: Int, _ order: [Int], _ normalize: (String) -> [UInt8]
    ) -> (records: Lists, table: ByteTable) {
        var (written, table, records) = (ByteTable(), ByteTable(), Lists())
        var places = [Int32]()
        for row in order {
            let cell = rows.withBytes(row, c) { $0.isEmpty ? nil : written.intern($0) }
            if let cell {
                if Int(cell) == places.count {
                    let text = rows.text(row, c)
                    let value = isBlocked(text) ? [] : normalize(text)
                    places.append(value.isEmpty ? -1 : table.intern(value) ?? -1)
                }
                if places[Int(cell)] >= 0 { records.append(places[Int(cell)]) }
            }
            records.endList()
        }
        return (records, table)
    }

    /// Rows a table would have to have to tell as much of the variety of names, dates and addresses as is known without it.
    private static let worldRecords = 50.0

    /// What systems write for a missing value.
    private static func isBlocked(_ value: String) -> Bool {
        value.utf8.count <= 13 && BlockedValues.contains(Array(value.lowercased().utf8), .plain)
    }

    /// A slip can take away what makes it an address; it is compared all the same.
    private static func email(_ value: String) -> [UInt8] {
        let lower = value.lowercased().utf8.filter { $0 > 32 }
        if BlockedValues.contains(lower, .email) { return [] }
        return EmailAddress.normalize(lower) ?? lower
    }

    /// With its country's code where that is known from the other numbers; what is no number is compared by its digits.
    private static func phone(_ value: String, _ book: PhoneBook) -> [UInt8] {
        guard let number = PhoneNumber(value) else { return value.utf8.filter { $0 >= 48 && $0 <= 57 } }
        return book.complete(number, region: nil).filter { $0 >= 48 && $0 <= 57 }
    }

    /// All international numbers of the table.
    private func phoneBook(_ rows: RecordRows) -> PhoneBook {
        var book = PhoneBook()
        for c in columns.roles.indices where columns.roles[c] == .phone {
            for row in 0..<rows.count { if let number = PhoneNumber(utf8: Array(rows[row, c])) { book.note(number) } }
        }
        book.close()
        return book
    }
}
