import AttuneCore

/// Reads reviews of Yelp's Fusion API and its webhook deliveries.
struct YelpReader {
    private let reviews: ReviewAssembler

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let list = payload["reviews"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.map { operation(review: $0, line: line) }
        }
        if payload["object"]?.says("business") == true, let data = payload["data"] {
            let updates = (data.array ?? [data]).flatMap { $0["updates"]?.items ?? [] }
            let operations = updates.map { operation(update: $0, sentAt: payload["time"]?.scalarText, line: line) }
            return operations.isEmpty ? [.ignored(reason: "empty")] : operations
        }
        if payload["time_created"] != nil { return [operation(review: payload, line: line)] }
        return [.rejected(Rejection(reason: "no Yelp payload: it has neither \"reviews\" nor the updates of a business", line: line))]
    }

    /// Times have no zone; the text is an excerpt.
    private func operation(review: Payload, line: Int) -> Operation {
        reviews.operation(line: review.line(from: line)) { () throws(RecordProblem) in
            guard let id = review["id"]?.scalarText, !id.isEmpty else { throw RecordProblem("a review has no \"id\"") }
            let (user, body) = (review["user"], review["text"]?.string)
            return ReviewAssembler.told(
                reviews.message(
                    ReviewRecord(
                        nativeID: id, displayName: user?["name"]?.string, identifiers: identifiers(user?["id"]),
                        time: try reviews.time(of: review["time_created"]), body: body,
                        language: review["language"]?.string, rating: try reviews.rating(review["rating"]?.scalarText, beside: body))))
        }
    }

    /// A delivery has no text: a new review is its rating, until the API gives the text.
    private func operation(update: Payload, sentAt: String?, line: Int) -> Operation {
        let type = update["event_type"]?.string ?? "unknown"
        guard type == "NEW_REVIEW_EVENT" else { return .ignored(reason: type.utf8.count <= 64 ? type : "unknown") }
        return reviews.operation(line: update.line(from: line)) { () throws(RecordProblem) in
            guard let id = update["review_id"]?.scalarText, !id.isEmpty else { throw RecordProblem("a new review has no \"review_id\"") }
            return ReviewAssembler.told(
                reviews.message(
                    ReviewRecord(
                        nativeID: id, identifiers: identifiers(update["user_id"]), time: try reviews.time(sentAt),
                        language: update["language"]?.string, rating: try reviews.rating(update["rating"]?.scalarText))))
        }
    }

    private func identifiers(_ id: Payload?) -> [Identifier] {
        guard let id = id?.scalarText, !id.isEmpty else { return [] }
        return [Identifier(kind: .externalID, value: ScopedID.of("yelp", id), verified: true)]
    }
}
