import AttuneCore

/// Which column of a table is which field.
struct CSVHeader {
    /// Names as written.
    let names: [String]
    /// Columns in the order in which they are read into a record.
    private(set) var columns: [(index: Int, field: FieldName)] = []
    /// Columns that go by a name of the same field, for rows in which the better one is empty; the better first.
    private var others: [FieldName: [Int]] = [:]
    /// Whether the configured mapping is about this table.
    private(set) var isMapped = false
    private let verified: Bool
    /// Whether the name of the time's column says that it is UTC.
    private var isUTC = false

    /// Throws when a mapped column is missing or no column can be the text.
    init(names: [String], mapping: FieldMapping?) throws(UnreadableInput) {
        self.names = names
        verified = mapping?.verified ?? true
        let usual = Self.usual(names)
        guard let mapping, !mapping.paths.isEmpty else {
            columns = usual.map { ($0.value, $0.key) }
            isMapped = true
            try requireText()
            others = Self.others(names, besides: columns, nil)
            return
        }
        let texts = mapping.paths[.text] ?? []
        isMapped = texts.isEmpty || texts.contains { Self.index(of: $0, in: names) != nil }
        // A configuration for several files may hold the mapping of another one; then the usual names must do.
        if !isMapped, usual[.text] == nil, let first = texts.first { throw Self.missing(first, key: "text", names) }
        columns = usual.map { ($0.value, $0.key) }
        if isMapped { try apply(mapping) }
        try requireText()
        others = Self.others(names, besides: columns, isMapped ? mapping : nil)
    }

    private mutating func apply(_ mapping: FieldMapping) throws(UnreadableInput) {
        for field in FieldName.allCases {
            guard let mapped = field.mapped, let paths = mapping.paths[mapped] else { continue }
            columns.removeAll { $0.field == field }
            if field == .text { columns.removeAll { $0.field == .title } }
            for path in paths {
                guard let index = Self.index(of: path, in: names) else { throw Self.missing(path, key: mapped.rawValue, names) }
                if field == .sentAt { columns.removeAll { $0.field == .timeOfDay } }
                // A column means one thing: what the mapping says.
                columns.removeAll { $0.index == index && $0.field != .text }
                columns.append((index, field == .sentAt && path != paths.first ? .timeOfDay : field))
            }
        }
    }

    /// Columns that are known by their usual names and that no other is better for. What the mapping names is there alone.
    private static func others(_ names: [String], besides columns: [(index: Int, field: FieldName)], _ mapping: FieldMapping?) -> [FieldName: [Int]] {
        let table = FieldNameTable.standard
        var found: [FieldName: [(rank: Int, index: Int)]] = [:]
        for (index, name) in names.enumerated() where !columns.contains(where: { $0.index == index }) {
            guard let (field, rank) = table.field(name), columns.contains(where: { $0.field == field }) else { continue }
            if let mapped = field.mapped, mapping?.paths[mapped] != nil { continue }
            found[field, default: []].append((rank, index))
        }
        return found.mapValues { $0.sorted { $0 < $1 }.map(\.index) }
    }

    private mutating func requireText() throws(UnreadableInput) {
        // Texts stay in the order in which the mapping names them.
        isUTC = columns.first { $0.field == .sentAt }.map { names[$0.index].lowercased().contains("utc") } ?? false
        columns = columns.enumerated().sorted { ($0.element.field.rawValue, $0.offset) < ($1.element.field.rawValue, $1.offset) }.map(\.element)
        if isMapped && columns.contains(where: { $0.field == .text }) { return }
        if columns.contains(where: { $0.field == .text || $0.field == .rating }) { return }
        throw UnreadableInput(
            "no column is the text: name it with mapping.text; the columns are \(Self.list(names))", line: 1)
    }

    private static func missing(_ path: String, key: String, _ names: [String]) -> UnreadableInput {
        UnreadableInput("mapping.\(key) names the column \"\(path)\", which the table does not have; its columns are \(list(names))", line: 1)
    }

    /// At most twenty names: a header without line ends could be long.
    private static func list(_ names: [String]) -> String {
        names.prefix(20).map { "\"\($0.prefix(40))\"" }.joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    }

    /// The column of that name, without regard to case, blanks, `_` and `-`; the first of several.
    private static func index(of name: String, in names: [String]) -> Int? {
        names.firstIndex(of: name) ?? names.firstIndex { folded($0) == folded(name) }
    }

    private static func folded(_ name: String) -> String { name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" } }

    /// Columns that are found by their usual names: for each field the best one.
    static func usual(_ names: [String]) -> [FieldName: Int] {
        let table = FieldNameTable.standard
        var best: [FieldName: (rank: Int, index: Int)] = [:]
        for (index, name) in names.enumerated() {
            guard let (field, rank) = table.field(name), field != .operation, field != .identifiers else { continue }
            if let known = best[field], known.rank <= rank { continue }
            best[field] = (rank, index)
        }
        var columns = best.mapValues(\.index)
        columns.merge(HeaderLanguage.columns(names, besides: columns)) { usual, _ in usual }
        // `Date` and `Time` side by side are one time in two columns.
        if let day = columns[.sentAt], columns[.timeOfDay] == nil, names[day].lowercased().hasSuffix("date") {
            columns[.timeOfDay] = names.firstIndex { ["time", "timeofday"].contains(folded($0)) }
        }
        // Elsewhere a response is what the business answered.
        if columns[.text] == nil, names.contains(where: { name in surveyWords.contains { folded(name).hasPrefix($0) } }) {
            columns[.text] = names.firstIndex { ["response", "openendedresponse", "responsetext"].contains(folded($0)) }
        }
        if let text = columns[.text], ["commentbody", "textbody"].contains(folded(names[text])) {
            // Records of Salesforce are in the conversation of the case that is their parent.
            if columns[.conversation] == nil, let parent = columns[.inReplyTo], folded(names[parent]) == "parentid" {
                columns[.conversation] = parent
                columns[.inReplyTo] = nil
            }
            // A note where it is false. Elsewhere what is not published may be a review that nobody has looked at yet.
            if columns[.isPublic] == nil { columns[.isPublic] = names.firstIndex { folded($0) == "ispublished" } }
        }
        return columns
    }

    private static let surveyWords = ["survey", "nps", "respondent", "submission"]

    /// Whether a row repeats what the columns are called, as the second and third rows of survey platforms do: names once more, kinds of answers, or
    /// ids of the questions.
    func isRepeated(_ cell: (Int) -> String) -> Bool {
        let cells = names.indices.map { cell($0).trimmed }
        if cells.contains(where: { $0.hasPrefix("{\"ImportId\":") }) { return true }
        if Self.folded(names.first ?? "") == "respondentid", cells.first == "" {
            return cells.contains { $0 == "Response" || $0 == "Open-Ended Response" }
        }
        return zip(names, cells).count { !$0.isEmpty && Self.folded($0) == Self.folded($1) } >= 2
    }

    /// Whether a column is the text.
    var hasText: Bool { columns.contains { $0.field == .text } }

    /// Whether a column is the time.
    var hasTime: Bool { columns.contains { $0.field == .sentAt } }

    /// Reads a row's cells into a record. Several text columns are joined by an empty line, each text once.
    func read(_ cell: (Int) -> String, into record: inout GenericRecord) {
        var text: String?
        // The texts so far, where there are several.
        var texts = [String]()
        for (index, field) in columns {
            var value = cell(index)
            if !others.isEmpty, let others = others[field], value.trimmed.isEmpty {
                value = others.lazy.map(cell).first { !$0.trimmed.isEmpty } ?? value
            }
            if field != .text {
                record.set(field, value, verified: isMapped ? verified : true)
                continue
            }
            if value.isEmpty || value.trimmed.isEmpty || value == text || texts.contains(value) { continue }
            if let first = text {
                if texts.isEmpty { texts.append(first) }
                texts.append(value)
            } else {
                text = value
            }
        }
        record.isUTC = isUTC
        record.text = texts.isEmpty ? text ?? "" : texts.joined(separator: "\n\n")
    }
}
