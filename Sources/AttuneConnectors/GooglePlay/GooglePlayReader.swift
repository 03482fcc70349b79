import AttuneCore

/// Reads what the reviews methods of the Google Play developer API answer.
struct GooglePlayReader {
    private let reviews: ReviewAssembler

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    /// Operations of a page of reviews, or of a single one.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let list = payload["reviews"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.flatMap { operations(review: $0, line: line) }
        }
        if payload["comments"] != nil { return operations(review: payload, line: line) }
        if payload["reviewId"] ?? payload["id"] != nil, payload["content"] ?? payload["score"] != nil {
            return operations(scraped: payload, line: line)
        }
        // What the package of Node answers to a question for one page.
        if let list = payload["data"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.flatMap { operations(scraped: $0, line: $0.line(from: line)) }
        }
        // A page without reviews has no such member at all.
        if payload["tokenPagination"] != nil || payload.members.isEmpty && payload.isObject { return [.ignored(reason: "empty")] }
        return [.rejected(Rejection(reason: "no Google Play reviews: there is neither \"reviews\" nor \"comments\"", line: line))]
    }

    private func operations(review: Payload, line: Int) -> [Operation] {
        guard let nativeID = review["reviewId"]?.scalarText, !nativeID.isEmpty else {
            return [.rejected(Rejection(reason: "a review has no \"reviewId\"", line: review.line(from: line)))]
        }
        let comments = review["comments"]?.items ?? []
        if comments.isEmpty { return [.ignored(reason: "empty")] }
        let current = newest(comments)
        return comments.enumerated().map { index, comment in
            reviews.operation(line: comment.line(from: line)) { () throws(RecordProblem) in
                if let user = comment["userComment"], user.isObject {
                    guard index == current else { return .ignored(reason: "superseded", at: Self.time(user)) }
                    return ReviewAssembler.told(reviews.message(try record(user, nativeID: nativeID, name: review["authorName"]?.string)))
                }
                if let developer = comment["developerComment"], developer.isObject {
                    let place = ReviewRecord(nativeID: nativeID, time: try time(developer))
                    return ReviewAssembler.told(reviews.reply(to: place, text: developer["text"]?.string ?? "", time: place.time))
                }
                return .ignored(reason: "unknown")
            }
        }
    }

    /// A review of the public pages, as google-play-scraper keeps it: the package of Python under other names than that of Node.
    private func operations(scraped review: Payload, line: Int) -> [Operation] {
        guard let nativeID = (review["reviewId"] ?? review["id"])?.scalarText, !nativeID.isEmpty else {
            return [.rejected(Rejection(reason: "a review has no \"reviewId\"", line: line))]
        }
        let (title, text) = (review["title"]?.string, (review["content"] ?? review["text"])?.string)
        func place(_ time: Payload?) throws(RecordProblem) -> ReviewRecord {
            ReviewRecord(
                nativeID: nativeID, displayName: review["userName"]?.filled, time: try reviews.time(time?.scalarText), title: title, body: text,
                rating: try reviews.rating(review["score"]?.scalarText, beside: title, text))
        }
        let said = reviews.operation(line: line) { () throws(RecordProblem) in
            ReviewAssembler.told(reviews.message(try place(review["at"] ?? review["date"])))
        }
        guard let answer = (review["replyContent"] ?? review["replyText"])?.filled else { return [said] }
        let reply = reviews.operation(line: line) { () throws(RecordProblem) in
            let place = try place(review["repliedAt"] ?? review["replyDate"] ?? review["at"] ?? review["date"])
            return ReviewAssembler.told(reviews.reply(to: place, text: answer, time: place.time))
        }
        return [said, reply]
    }

    /// Index of the customer's last version, should there be several.
    private func newest(_ comments: [Payload]) -> Int? {
        var best: (index: Int, at: Int64)?
        for (index, comment) in comments.enumerated() {
            guard let user = comment["userComment"], user.isObject else { continue }
            let at = Self.time(user)?.nanoseconds ?? Int64.min
            if let known = best, known.at >= at { continue }
            best = (index, at)
        }
        return best?.index
    }

    private func record(_ user: Payload, nativeID: String, name: String?) throws(RecordProblem) -> ReviewRecord {
        // What the person wrote, where `text` is a translation of it.
        let original = user["originalText"]?.string ?? ""
        let (title, body) = Self.parts(original.trimmed.isEmpty ? user["text"]?.string ?? "" : original)
        return ReviewRecord(
            nativeID: nativeID, displayName: name?.trimmed.isEmpty == false ? name : nil, time: try time(user), title: title, body: body,
            language: user["reviewerLanguage"]?.string, rating: try reviews.rating(user["starRating"]?.scalarText, beside: title, body)
        )
    }

    /// Title and body, which stand in one text with a tab between them. A text without a title may begin with the tab.
    static func parts(_ text: String) -> (title: String?, body: String) {
        guard let tab = text.utf8.firstIndex(of: 9) else { return (nil, text) }
        return (String(text[..<tab]), String(text[text.index(after: tab)...]))
    }

    private func time(_ comment: Payload) throws(RecordProblem) -> (at: Timestamp, basis: TimeBasis) {
        if let at = Self.time(comment) { return (at, .exact) }
        guard comment["lastModified"] == nil else { throw RecordProblem("\"lastModified\" has no readable \"seconds\"") }
        return try reviews.time(nil)
    }

    /// Seconds, which come as a string because they are 64 bits wide, and nanoseconds.
    private static func time(_ comment: Payload) -> Timestamp? {
        guard let seconds = comment.at("lastModified", "seconds")?.integer else { return nil }
        let nanos = comment.at("lastModified", "nanos")?.integer ?? 0
        return Timestamp(seconds: seconds, nanoseconds: (0..<1_000_000_000).contains(nanos) ? nanos : 0)
    }
}
