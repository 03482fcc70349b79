import AttuneCore

/// An entry of the App Store's review feed, whether it came as JSON or as XML.
struct AppStoreFeedEntry {
    var id: String?
    var title: String?
    var content: String?
    var rating: String?
    var updated: String?
    var author: String?
    /// Address of the author's reviews, which ends with the author's number.
    var authorURI: String?
}

/// Reads entries of the App Store's review feed.
struct AppStoreFeedReader {
    private let reviews: ReviewAssembler

    var remarks: [String] { reviews.remarks }

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    /// Operations of a page in JSON.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if payload["userUrl"] != nil, payload["score"] != nil { return [operation(Self.entry(scraped: payload), line: line)] }
        guard let feed = payload["feed"], feed.isObject else {
            return [.rejected(Rejection(reason: "no App Store feed: it has no \"feed\" object", line: line))]
        }
        // One review comes as an object, none as nothing.
        let entries = feed["entry"].map { $0.array ?? [$0] } ?? []
        let operations = entries.filter { !$0.isNull }.map { entry in
            entry.isObject
                ? operation(Self.entry(entry), line: entry.line(from: line))
                : .rejected(Rejection(reason: "an entry is no object", line: entry.line(from: line)))
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private static func entry(_ entry: Payload) -> AppStoreFeedEntry {
        func label(_ value: Payload?) -> String? { value?["label"]?.scalarText }
        return AppStoreFeedEntry(
            id: label(entry["id"]), title: label(entry["title"]), content: label(entry["content"]), rating: label(entry["im:rating"]),
            updated: label(entry["updated"]), author: label(entry.at("author", "name")), authorURI: label(entry.at("author", "uri")))
    }

    /// An entry as app-store-scraper keeps it.
    private static func entry(scraped review: Payload) -> AppStoreFeedEntry {
        AppStoreFeedEntry(
            id: review["id"]?.scalarText, title: review["title"]?.string, content: review["text"]?.string, rating: review["score"]?.scalarText,
            updated: review["updated"]?.scalarText, author: review["userName"]?.string, authorURI: review["userUrl"]?.string)
    }

    func operation(_ entry: AppStoreFeedEntry, line: @autoclosure () -> Int) -> Operation {
        // The first entry of older feeds is the app itself.
        guard let rating = entry.rating else { return .ignored(reason: "app") }
        return reviews.operation(line: line()) { () throws(RecordProblem) in
            guard let id = entry.id?.trimmed, !id.isEmpty else { throw RecordProblem("an entry has no \"id\"") }
            return .message(
                reviews.message(
                    ReviewRecord(
                        nativeID: id, displayName: entry.author, identifiers: identifiers(entry), time: try reviews.time(entry.updated),
                        title: entry.title, body: entry.content, rating: try reviews.rating(rating, beside: entry.title, entry.content))))
        }
    }

    private func identifiers(_ entry: AppStoreFeedEntry) -> [Identifier] {
        guard let last = entry.authorURI?.lastPiece("/"), last.hasPrefix("id"), last.dropFirst(2).allSatisfy(\.isNumber),
            last.utf8.count > 2
        else { return [] }
        return [Identifier(kind: .externalID, value: "app-store:\(last.dropFirst(2))", verified: true)]
    }
}
