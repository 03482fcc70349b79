import AttuneCore

/// Reads the monthly review reports of the Play Console: tables in UTF-16 with one row a review, and the reply in the row; and the tables of what
/// google-play-scraper found, which are alike but for the names of their columns.
struct PlayReportDecoder: Decoder {
    private let reviews: ReviewAssembler
    private var identity: ContentIdentity
    private var encoding = TextEncoding()
    private var head = CSVHead()
    private var splitter: CSVSplitter?
    private var columns: PlayReportColumns?
    private var row = 0

    var remarks: [String] { reviews.remarks }

    init(connector: String, reviews: ReviewAssembler) {
        self.reviews = reviews
        identity = ContentIdentity(connector: connector)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var encoding = TextEncoding()
        swap(&encoding, &self.encoding)
        try encoding.decode(chunk, isLast: isLast) { bytes in
            if splitter != nil { return try split(bytes, isLast: isLast, emit) }
            guard let dialect = head.dialect(with: bytes, isLast: isLast) else { return }
            splitter = CSVSplitter(separator: dialect.separator, firstLine: dialect.preamble > 0 ? 2 : 1)
            let table = head.bytes[dialect.preamble...]
            head = CSVHead()
            try table.withUnsafeBufferPointer { try split($0, isLast: isLast, emit) }
        }
        swap(&encoding, &self.encoding)
    }

    private mutating func split(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ emit: (Operation) throws -> Void) throws {
        guard var splitter = splitter.take() else { return }
        try splitter.feed(bytes, isLast: isLast) { output, width in
            switch output {
            case .rejected(let reason, let line):
                if columns != nil { row += 1 }
                try emit(.rejected(Rejection(reason: reason, line: line, row: columns == nil ? nil : row)))
            case .record(let cells, let bytes, let line):
                let record = UnsafeBufferPointer(rebasing: bytes[(cells.first?.start ?? 0)...])
                let isUTF8 = WellFormed.utf8(record)
                let texts = cells.map { CSVDecoder.text($0, bytes, isUTF8: isUTF8) }
                guard let columns else {
                    columns = PlayReportColumns(texts)
                    width = texts.count
                    if columns != nil { return }
                    throw UnreadableInput("no Play Console report: it has no columns \"Star Rating\" and \"Review Text\"", line: 1)
                }
                row += 1
                for operation in operations(texts, columns, line: line) { try emit(operation) }
            }
        }
        self.splitter = splitter
    }

    private mutating func operations(_ cells: [String], _ columns: PlayReportColumns, line: Int) -> [Operation] {
        if cells.allSatisfy(\.isEmpty) { return [.ignored(reason: "empty-row")] }
        guard cells.count == columns.count else {
            let reason = "the row has \(cells.count) cells, the header has \(columns.count): the report is damaged"
            return [.rejected(Rejection(reason: reason, line: line, row: row))]
        }
        let values = columns.values(cells)
        do throws(RecordProblem) {
            let review = try record(values)
            var operations: [Operation] = [.message(reviews.message(review))]
            if let reply = values[.reply] {
                operations.append(
                    reviews.operation(line: line, row: row) { () throws(RecordProblem) in
                        let time = try reviews.time(values[.replyMillis] ?? values[.replyTime])
                        return .message(reviews.reply(to: review, text: reply, time: time))
                    })
            }
            return operations
        } catch {
            return [.rejected(Rejection(reason: error.reason, line: line, row: row))]
        }
    }

    private mutating func record(_ values: PlayReportColumns.Values) throws(RecordProblem) -> ReviewRecord {
        let submitted = values[.submittedMillis] ?? values[.submittedTime]
        let updated = values[.updatedMillis] ?? values[.updatedTime]
        let linked = values[.id] ?? values[.link].flatMap(PlayReviewLink.reviewID)
        // Ratings without a text have no link, and so no id. When they were submitted stays when they are changed.
        let key =
            linked
            ?? identity.id(
                conversation: values[.package] ?? "", wallClock: submitted ?? "", author: values[.device] ?? "", text: values[.language] ?? "",
                number: row)
        return ReviewRecord(
            nativeID: key, isNative: linked != nil, displayName: values[.name], time: try reviews.time(updated ?? submitted), title: values[.title],
            body: values[.text], language: values[.language],
            rating: try reviews.rating(values[.rating], beside: values[.title], values[.text]),
            edited: updated != nil && submitted != nil && updated != submitted)
    }
}

/// Where the columns of a report, or of scraped reviews, are; their names are always English.
struct PlayReportColumns {
    enum Column: Int, CaseIterable {
        case package, language, device, submittedTime, submittedMillis, updatedTime, updatedMillis
        case rating, title, text, replyTime, replyMillis, reply, link, id, name

        var name: String {
            switch self {
            case .package: "package name"
            case .language: "reviewer language"
            case .device: "device"
            case .submittedTime: "review submit date and time"
            case .submittedMillis: "review submit millis since epoch"
            case .updatedTime: "review last update date and time"
            case .updatedMillis: "review last update millis since epoch"
            case .rating: "star rating"
            case .title: "review title"
            case .text: "review text"
            case .replyTime: "developer reply date and time"
            case .replyMillis: "developer reply millis since epoch"
            case .reply: "developer reply text"
            case .link: "review link"
            case .id: "review id"
            case .name: "reviewer name"
            }
        }

        /// Its name where google-play-scraper wrote the table.
        var scrapedName: String? {
            switch self {
            case .id: "reviewid"
            case .name: "username"
            case .rating: "score"
            case .text: "content"
            case .submittedTime: "at"
            case .reply: "replycontent"
            case .replyTime: "repliedat"
            default: nil
            }
        }
    }

    /// The cells of a row that are not empty.
    struct Values {
        fileprivate var cells: [String?] = Array(repeating: nil, count: Column.allCases.count)

        subscript(_ column: Column) -> String? { cells[column.rawValue] }
    }

    let count: Int
    private var indexes: [(column: Column, index: Int)] = []

    /// Whether a table's first line, in lower case, has the names that google-play-scraper gives to columns.
    static func isScraped(_ line: String) -> Bool {
        let names = Set(line.split { ",;\t|".contains($0) }.map { $0.filter { $0 != "\"" && $0 != " " } })
        return names.isSuperset(of: ["reviewid", "content", "score"]) && !names.isDisjoint(with: ["username", "at"])
    }

    /// Nil when the columns that make a review are not among them.
    init?(_ names: [String]) {
        count = names.count
        for (index, name) in names.enumerated() {
            let name = name.trimmed.lowercased()
            if let column = Column.allCases.first(where: { $0.name == name || $0.scrapedName == name }) { indexes.append((column, index)) }
        }
        let found = Set(indexes.map(\.column))
        if !found.isSuperset(of: [.rating, .text]) { return nil }
    }

    func values(_ cells: [String]) -> Values {
        var values = Values()
        for (column, index) in indexes where index < cells.count && !cells[index].trimmed.isEmpty { values.cells[column.rawValue] = cells[index] }
        return values
    }
}
