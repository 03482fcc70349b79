import AttuneCore

/// Reads records of the published Amazon review data sets of 2014, 2018 and 2023: one JSON object a line.
struct AmazonReviewsReader {
    private let reviews: ReviewAssembler
    private let identity: ContentIdentity
    private static let writtenDay = TimestampPattern("MM d, yyyy")

    init(connector: String, reviews: ReviewAssembler) {
        self.reviews = reviews
        identity = ContentIdentity(connector: connector)
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        [reviews.operation(line: line) { () throws(RecordProblem) in .message(reviews.message(try record(payload))) }]
    }

    private func record(_ payload: Payload) throws(RecordProblem) -> ReviewRecord {
        guard let product = payload["asin"]?.scalarText ?? payload["parent_asin"]?.scalarText else {
            throw RecordProblem("no Amazon review: the record has no \"asin\"")
        }
        let body = payload["text"]?.string ?? payload["reviewText"]?.string
        let title = payload["title"]?.string ?? payload["summary"]?.string
        let rating = try reviews.rating((payload["rating"] ?? payload["overall"])?.scalarText, beside: title, body)
        guard body != nil || title != nil || rating != nil else { throw RecordProblem("the review has no text, no title and no rating") }
        let user = (payload["user_id"] ?? payload["reviewerID"])?.scalarText
        let written = payload["timestamp"] ?? payload["sort_timestamp"] ?? payload["unixReviewTime"] ?? payload["reviewTime"]
        // Without an ordinal, as a reviewer writes no two equal reviews of a product in one second: a file that holds one twice
        // holds the same one.
        let id = identity.unique(
            conversation: product, wallClock: written?.scalarText ?? "", author: user ?? "", text: body ?? title ?? "")
        let images = (payload["images"] ?? payload["image"])?.itemCount ?? 0
        return ReviewRecord(
            nativeID: id, isNative: false, item: product, displayName: payload["reviewerName"]?.string,
            identifiers: user.map { [Identifier(kind: .externalID, value: ScopedID.of("amazon", $0), verified: true)] } ?? [],
            time: try time(written),
            title: title.map(Self.plain), body: body.map(Self.plain), rating: rating,
            attachments: images == 0 ? [] : Array(repeating: Attachment(kind: "image"), count: images))
    }

    /// Milliseconds (2023) or seconds (before), or only a day: `02 3, 2018`.
    private func time(_ value: Payload?) throws(RecordProblem) -> (at: Timestamp, basis: TimeBasis) {
        if let at = value?.withPlainBytes(TimestampReader.plain) ?? nil { return (at, .exact) }
        let text = value?.scalarText
        if var day = text, day.utf8.contains(UInt8(ascii: ",")), case .local(let date)? = day.withUTF8({ Self.writtenDay?.read($0) }),
            let at = date.timestamp()
        {
            return (at, .localAssumed)
        }
        return try reviews.time(text)
    }

    /// Texts have HTML line breaks and entities. Those without are left alone, with their white space.
    static func plain(_ text: String) -> String {
        // Two searches for a byte take less time than one look at each.
        text.utf8.contains(UInt8(ascii: "<")) || text.utf8.contains(UInt8(ascii: "&")) ? HTMLText.whole(text) : text
    }
}

/// Refuses the oldest files, whose lines are Python literals, line by line and with words that help.
struct PythonLiteralDecoder: Decoder {
    private var lines = LineAssembler()

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        try lines.feed(chunk, isLast: isLast) { line, number in
            if case .bytes(let bytes) = line, bytes.allSatisfy({ $0 <= 32 }) { return }
            try emit(.rejected(Rejection(reason: JSONItems.pythonLiteral, line: number)))
        }
    }
}
