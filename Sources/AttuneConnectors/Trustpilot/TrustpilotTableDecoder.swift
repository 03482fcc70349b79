import AttuneCore

/// Reads the reviews that Trustpilot Business exports as a table: one row a review, and the company's reply in the row. Ids are those of the API.
struct TrustpilotTableDecoder: Decoder {
    private enum Column: String, CaseIterable {
        case id = "review id"
        case created = "review created (utc)"
        case consumer = "review consumer user id"
        case title = "review title"
        case text = "review content"
        case stars = "review stars"
        case language = "review language"
        case replied = "company reply date (utc)"
        case reply = "company reply text"
        case name = "review username"
        case email = "consumer email"
        case reference = "reference id"

        /// - Parameter name: as the header has it. Exports of other years call some columns otherwise.
        init?(_ name: String) {
            let name = name.lowercased()
            switch name {
            case "company reply", "company response": self = .reply
            case "review user email": self = .email
            default: self.init(rawValue: name)
            }
        }
    }

    private let reviews: ReviewAssembler
    private var table = TableReader()
    private var columns: [Column: Int] = [:]
    private var row = 0

    var remarks: [String] { reviews.remarks }

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    /// Whether a table's first line, in lower case, is that of such an export; others are read as any table.
    static func isHeader(_ line: String) -> Bool { ([.id, .consumer, .stars] as [Column]).allSatisfy { line.contains($0.rawValue) } }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var table = TableReader()
        swap(&table, &self.table)
        try table.read(chunk, isLast: isLast) { item in
            switch item {
            case .header(let names):
                for (place, name) in names.enumerated() { if let column = Column(name) { columns[column] = place } }
                if columns[.id] == nil || columns[.stars] == nil {
                    throw UnreadableInput("no export of Trustpilot: it has no columns \"Review Id\" and \"Review Stars\"", line: 1)
                }
            case .row(let cells):
                row += 1
                for operation in operations(cells) { try emit(operation) }
            case .rejected(let rejection):
                row += 1
                try emit(.rejected(rejection))
            }
        }
        swap(&table, &self.table)
    }

    private func operations(_ cells: [String]) -> [Operation] {
        func cell(_ column: Column) -> String? { columns[column].flatMap { cells[$0].isEmpty ? nil : cells[$0] } }
        do throws(RecordProblem) {
            guard let id = cell(.id) else { throw RecordProblem("a review has no \"Review Id\"") }
            let (title, text) = (cell(.title), cell(.text))
            let review = ReviewRecord(
                nativeID: id, displayName: cell(.name),
                // Nothing says whether somebody was invited, or typed what they liked.
                identifiers: DeskIdentity.all(
                    DeskIdentity.external("trustpilot", cell(.consumer)), cell(.email).map { Identifier(kind: .email, value: $0, verified: false) },
                    cell(.reference).map { Identifier(kind: .orderNumber, value: $0, verified: false) }),
                time: try time(cell(.created)), title: title, body: text, language: cell(.language),
                rating: try reviews.rating(cell(.stars), beside: title, text))
            var operations = [ReviewAssembler.told(reviews.message(review))]
            if let reply = cell(.reply) {
                operations.append(ReviewAssembler.told(reviews.reply(to: review, text: reply, time: try time(cell(.replied)))))
            }
            return operations
        } catch {
            return [.rejected(Rejection(reason: error.reason, row: row))]
        }
    }

    /// The header says that it is UTC, whatever zone is configured.
    private func time(_ text: String?) throws(RecordProblem) -> (at: Timestamp, basis: TimeBasis) {
        guard let text else { return try reviews.time(nil) }
        return try reviews.time(text.utf8.last.map { $0 &- 48 < 10 } == true ? "\(text) UTC" : text)
    }
}
