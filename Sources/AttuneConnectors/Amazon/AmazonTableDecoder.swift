import AttuneCore

/// Reads the tables in which reviews were published up to 2015: tabs between cells, which nothing quotes, and an id for each review.
struct AmazonTableDecoder: Decoder {
    private let reviews: ReviewAssembler
    private var lines = TextLines()
    /// Names of the columns.
    private var header: [String] = []
    private var row = 0

    var remarks: [String] { reviews.remarks }

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    /// Whether these are the names of such a file's columns.
    static func isHeader(_ names: [String]) -> Bool {
        ["customer_id", "review_id", "product_id", "star_rating", "review_body"].allSatisfy(names.contains)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var lines = TextLines()
        swap(&lines, &self.lines)
        try lines.feed(chunk, isLast: isLast) { line, number in
            guard case .bytes(let line) = line else {
                return try emit(.rejected(Rejection(reason: DecodingLimits.tooLongRecord(), line: number)))
            }
            if line.allSatisfy({ $0 <= 32 }) { return }
            let cells = line.split(separator: 9, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
            if !header.isEmpty {
                row += 1
                try emit(operation(cells, line: number))
            } else if Self.isHeader(cells) {
                header = cells
            } else {
                try emit(.rejected(Rejection(reason: "neither a review in JSON nor the header of a table of reviews", line: number)))
            }
        }
        swap(&lines, &self.lines)
    }

    private func operation(_ cells: [String], line: Int) -> Operation {
        reviews.operation(line: line, row: row) { () throws(RecordProblem) in
            guard cells.count == header.count else {
                throw RecordProblem("the row has \(cells.count) cells, the header has \(header.count): the file is damaged")
            }
            func cell(_ name: String) -> String? {
                guard let place = header.firstIndex(of: name), !cells[place].trimmed.isEmpty else { return nil }
                return cells[place]
            }
            guard let id = cell("review_id") else { throw RecordProblem("the review has no \"review_id\"") }
            let (title, body) = (cell("review_headline").map(AmazonReviewsReader.plain), cell("review_body").map(AmazonReviewsReader.plain))
            return ReviewAssembler.told(
                reviews.message(
                    ReviewRecord(
                        nativeID: id, item: cell("product_id"),
                        identifiers: DeskIdentity.all(DeskIdentity.external("amazon", cell("customer_id"))),
                        time: try reviews.time(cell("review_date")),
                        title: title, body: body, rating: try reviews.rating(cell("star_rating"), beside: title, body))))
        }
    }
}
