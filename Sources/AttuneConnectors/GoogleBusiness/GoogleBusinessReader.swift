import AttuneCore

/// Reads answers of the Google Business Profile API about reviews, and the notices it pushes through Pub/Sub.
struct GoogleBusinessReader {
    private let connector: String
    private let configuration: ConnectorConfiguration
    private let context: DecodingContext

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let list = payload["reviews"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.flatMap { operations(review: $0, name: nil, line: line) }
        }
        // The answer of batchGetReviews, for several locations.
        if let list = payload["locationReviews"]?.array {
            let found = list.flatMap { operations(review: $0["review"] ?? .null, name: $0["name"]?.string, line: line) }
            return found.isEmpty ? [.ignored(reason: "empty")] : found
        }
        if let data = payload.at("message", "data")?.string { return [Self.notice(data, line: line)] }
        if payload["starRating"] != nil || payload["reviewId"] != nil { return operations(review: payload, name: nil, line: line) }
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

    private func operations(review: Payload, name: String?, line: Int) -> [Operation] {
        let path = (review["name"]?.string ?? name ?? "").split(separator: "/")
        func part(behind word: String) -> String? {
            path.firstIndex { $0 == word }.flatMap { $0 + 1 < path.count ? String(path[$0 + 1]) : nil }
        }
        let reviews = ReviewAssembler(connector: connector, configuration: configuration, context: context, account: part(behind: "accounts"))
        guard let nativeID = review["reviewId"]?.scalarText ?? part(behind: "reviews"), !nativeID.isEmpty else {
            return [.rejected(Rejection(reason: "a review has no \"reviewId\" and no \"name\"", line: line))]
        }
        do throws(RecordProblem) {
            let record = try record(review, nativeID: nativeID, location: part(behind: "locations"), reviews)
            var operations: [Operation] = [.message(reviews.message(record))]
            if let reply = review["reviewReply"], reply.isObject {
                operations.append(
                    reviews.operation(line: line) { () throws(RecordProblem) in
                        let time = try reviews.time(reply["updateTime"]?.scalarText)
                        return .message(reviews.reply(to: record, text: TranslatedComment.original(reply["comment"]?.string ?? ""), time: time))
                    })
            }
            return operations
        } catch {
            return [.rejected(Rejection(reason: error.reason, line: line))]
        }
    }

    private func record(
        _ review: Payload, nativeID: String, location: String?, _ reviews: ReviewAssembler
    ) throws(RecordProblem) -> ReviewRecord {
        let (created, updated) = (review["createTime"]?.scalarText, review["updateTime"]?.scalarText)
        let isAnonymous = review.at("reviewer", "isAnonymous")?.bool ?? false
        return ReviewRecord(
            nativeID: nativeID, item: location, displayName: isAnonymous ? nil : review.at("reviewer", "displayName")?.string,
            time: try reviews.time(created ?? updated), body: TranslatedComment.original(review["comment"]?.string ?? ""),
            rating: try reviews.rating(review["starRating"]?.scalarText), edited: created != nil && updated != nil && created != updated)
    }
}

/// Comments that come with Google's translation in the same text.
enum TranslatedComment {
    private static let translation = "(Translated by Google)"
    private static let original = "(Original)"

    /// What the person wrote: `(Translated by Google) … (Original) …` and `… (Translated by Google) …` both occur. A translation
    /// alone is kept, because there is nothing else.
    static func original(_ comment: String) -> String {
        guard let mark = comment.firstRange(of: translation) else { return comment }
        if let range = comment.firstRange(of: original) {
            let rest = comment[range.upperBound...]
            let end = rest.firstRange(of: translation)?.lowerBound ?? rest.endIndex
            return String(rest[..<end]).trimmed
        }
        let before = String(comment[..<mark.lowerBound]).trimmed
        return before.isEmpty ? String(comment[mark.upperBound...]).trimmed : before
    }
}
