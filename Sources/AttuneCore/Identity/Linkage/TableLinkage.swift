/// Resolves the records of a table whose columns are known.
public struct TableLinkage {
    private let columns: RecordColumns
    private let headers: [String]

    public init(headers: [String], columns: RecordColumns) {
        self.headers = headers
        self.columns = columns
    }

    /// People as lists of rows; in each the first by content comes first, so that it does not depend on the order of the rows.
    ///
    /// - Parameter rows: values by row, as many as there are headers.
    public func clusters(_ rows: [[String]]) -> [[Int]] { resolve(rows).clusters }

    /// The people as `clusters` gives them, and what was learned to find them, for people to read.
    public func resolve(_ rows: [[String]]) -> (clusters: [[Int]], modelReport: String) {
        // In an order of content, so that sampling and ties do not depend on the order of the file.
        let keys = rows.map { row in
            columns.roles.indices.filter { $0 < row.count && columns.roles[$0] != .ignored && columns.roles[$0] != .id }.map { row[$0] } + row
        }
        let order = rows.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
        var fields = [FieldColumn]()
        for (c, role) in columns.roles.enumerated() {
            let values = order.map { c < rows[$0].count ? rows[$0][c] : "" }
            fields += Self.fields(headers[c], role, values)
        }
        fields = fields.filter { $0.distinct > 1 }
        let table = RecordTable(columns: fields, count: rows.count, nicknames: .standard)
        let outcome = Linkage(table: table).resolve()
        return (outcome.clusters.map { $0.map { order[$0] } }, outcome.model.report(fields))
    }

    private static func fields(_ header: String, _ role: RecordColumns.Role, _ values: [String]) -> [FieldColumn] {
        let column = { (kind: FieldColumn.Kind, normalize: (String) -> [UInt8]) in
            FieldColumn(
                name: header, kind: kind, isShared: [.surname, .town, .text, .category].contains(kind), records: values.map { normalize($0) })
        }
        switch role {
        case .id, .ignored: return []
        case .givenName: return [column(.givenName) { PlainText.letters($0) }]
        case .surname: return [column(.surname) { PlainText.letters($0) }]
        case .fullName:
            return [
                column(.givenName) { PlainText.letters(String($0.prefix { $0 != " " })) },
                column(.surname) { PlainText.letters($0.contains(" ") ? String($0[($0.lastIndex(of: " ") ?? $0.startIndex)...]) : "") },
            ]
        case .birthDate: return [column(.date) { BirthDate.normalize($0) ?? [] }]
        case .town: return [column(.town) { PlainText.letters($0) }]
        case .email: return [column(.email) { Array($0.lowercased().utf8.filter { $0 > 32 }) }]
        case .phone: return [column(.phone) { $0.utf8.filter { $0 >= 48 && $0 <= 57 } }]
        case .number: return [column(.number) { PlainText.letters($0) }]
        case .category: return [column(.category) { PlainText.letters($0) }]
        case .text: return [column(.text) { PlainText.letters($0) }]
        }
    }
}
