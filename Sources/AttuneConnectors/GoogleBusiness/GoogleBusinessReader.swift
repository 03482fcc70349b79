import AttuneCore

/// Reads answers of the Google Business Profile API about reviews, and the notices it pushes through Pub/Sub.
struct GoogleBusinessReader {
    private let connector: String
    private let configuration: ConnectorConfiguration
    private let context: DecodingContext
    private let leftOut: LeftOutRatings
    /// Of reviews that name no account.
    private let unnamed: ReviewAssembler

    var remarks: [String] { leftOut.remarks }

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
        leftOut = LeftOutRatings()
        unnamed = ReviewAssembler(connector: connector, configuration: configuration, context: context, leftOut: leftOut)
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let list = payload["reviews"]?.array { return operations(list.lazy.map { ($0, nil) }, line: line) }
        // The answer of batchGetReviews, for several locations.
        if let list = payload["locationReviews"]?.array {
            return operations(list.lazy.map { ($0["review"] ?? .null, $0["name"]?.string) }, line: line)
        }
        if let data = payload.at("message", "data")?.string { return [Self.notice(data, line: line)] }
        if payload["starRating"] != nil || payload["reviewId"] != nil { return operations(CollectionOfOne((payload, nil)), line: line) }
        if payload["totalReviewCount"] != nil || payload.members.isEmpty && payload.isObject { return [.ignored(reason: "empty")] }
        return [.rejected(Rejection(reason: "no Google Business Profile reviews: it has neither \"reviews\" nor a notice", line: line))]
    }

    /// A notice has only the name of what is new; the review must be fetched.
    private static func notice(_ data: String, line: Int) -> Operation {
        guard let type = BusinessNotice.type(data) else {
            return .rejected(Rejection(reason: "the notice's \"data\" is no base64 of JSON", line: line))
        }
        return .ignored(reason: type)
    }

    /// - Parameter list: reviews, each with the name that stands beside it.
    private func operations(_ list: some Collection<(Payload, String?)>, line: Int) -> [Operation] {
        if list.isEmpty { return [.ignored(reason: "empty")] }
        var (operations, reviews, account) = ([Operation](), unnamed, String?.none)
        operations.reserveCapacity(list.count)
        for (review, name) in list {
            let path = ReviewPath(review["name"]?.string ?? name ?? "")
            // All reviews of an answer are of one account.
            if path.account != account { (reviews, account) = (path.account.map(assembler) ?? unnamed, path.account) }
            read(review, path, reviews, line: line, into: &operations)
        }
        return operations
    }

    private func assembler(account: String) -> ReviewAssembler {
        ReviewAssembler(connector: connector, configuration: configuration, context: context, account: account, leftOut: leftOut)
    }

    private func read(_ review: Payload, _ path: ReviewPath, _ reviews: ReviewAssembler, line: Int, into operations: inout [Operation]) {
        guard let nativeID = review["reviewId"]?.scalarText ?? path.review, !nativeID.isEmpty else {
            return operations.append(.rejected(Rejection(reason: "a review has no \"reviewId\" and no \"name\"", line: review.line(from: line))))
        }
        do throws(RecordProblem) {
            let record = try record(review, nativeID: nativeID, location: path.location, reviews)
            var message = reviews.message(record)
            if record.edited { message.editedAt = reviews.editedAt(review["updateTime"]?.scalarText) }
            operations.append(ReviewAssembler.told(message))
            guard let reply = review["reviewReply"], reply.isObject else { return }
            operations.append(
                reviews.operation(line: reply.line(from: line)) { () throws(RecordProblem) in
                    let time = try reviews.time(of: reply["updateTime"])
                    let text = TranslatedComment.original(reply["comment"]?.string ?? "")
                    // Nobody has seen a reply that Google looks at first, or refused.
                    let isUnseen = ["PENDING", "REJECTED"].contains(reply["reviewReplyState"]?.string)
                    return ReviewAssembler.told(
                        reviews.reply(to: record, text: text, time: time, visibility: isUnseen ? .private : .public))
                })
        } catch {
            operations.append(.rejected(Rejection(reason: error.reason, line: review.line(from: line))))
        }
    }

    private func record(
        _ review: Payload, nativeID: String, location: String?, _ reviews: ReviewAssembler
    ) throws(RecordProblem) -> ReviewRecord {
        let (created, updated) = (review["createTime"]?.scalarText, review["updateTime"]?.scalarText)
        let isAnonymous = review.at("reviewer", "isAnonymous")?.bool ?? false
        let body = TranslatedComment.original(review["comment"]?.string ?? "")
        return ReviewRecord(
            nativeID: nativeID, item: location, displayName: isAnonymous ? nil : review.at("reviewer", "displayName")?.string,
            time: try reviews.time(created ?? updated), body: body,
            rating: try reviews.rating(review["starRating"]?.scalarText, beside: body), edited: created != nil && updated != nil && created != updated
        )
    }
}

/// `accounts/1/locations/2/reviews/r1`.
private struct ReviewPath {
    var account: String?
    var location: String?
    var review: String?

    init(_ name: String) {
        var name = name
        name.withUTF8 { read($0) }
    }

    private mutating func read(_ name: UnsafeBufferPointer<UInt8>) {
        var (start, word) = (0, UnsafeBufferPointer<UInt8>(start: nil, count: 0))
        while start < name.count {
            let end = ByteSearch.first(UInt8(ascii: "/"), in: name, from: start, to: name.count) ?? name.count
            let value = UnsafeBufferPointer(rebasing: name[start..<end])
            start = end + 1
            if value.isEmpty { continue }
            if ByteSearch.equal(word, "accounts") {
                account = String(copying: value)
            } else if ByteSearch.equal(word, "locations") {
                location = String(copying: value)
            } else if ByteSearch.equal(word, "reviews") {
                review = String(copying: value)
            }
            word = value
        }
    }
}

/// Comments that come with Google's translation in the same text.
enum TranslatedComment {
    private static let translation = "(Translated by Google)"
    private static let original = "(Original)"

    /// What the person wrote: `(Translated by Google) … (Original) …` and `… (Translated by Google) …` both occur. A translation
    /// alone is kept, because there is nothing else.
    static func original(_ comment: String) -> String {
        // Most comments have no parenthesis at all, and a search for words takes longer than one for a byte.
        guard comment.utf8.contains(UInt8(ascii: "(")), let mark = comment.firstRange(of: translation) else { return comment }
        if let range = comment.firstRange(of: original) {
            let rest = comment[range.upperBound...]
            let end = rest.firstRange(of: translation)?.lowerBound ?? rest.endIndex
            return String(rest[..<end]).trimmed
        }
        let before = String(comment[..<mark.lowerBound]).trimmed
        return before.isEmpty ? String(comment[mark.upperBound...]).trimmed : before
    }
}
