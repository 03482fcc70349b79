import AttuneCore

/// Reads changes of a page's ratings: recommendations with what their writers say.
struct MetaRatingReader {
    private let entry: MetaEntry

    init(_ entry: MetaEntry) { self.entry = entry }

    func operation(_ value: Payload) -> Operation {
        let item = PayloadScope.reason(value["item"]?.string ?? "rating")
        // Comments and likes of recommendations come under the same field, in the form of the feed's.
        if item == "comment" { return MetaFeedReader(entry).operation(value) }
        guard item == "rating" else { return .ignored(reason: item, at: value["created_time"]?.instant) }
        guard let id = (value["open_graph_story_id"] ?? value["rating_id"])?.identity else {
            return entry.rejected("a recommendation has no \"open_graph_story_id\"", value)
        }
        switch value["verb"]?.string ?? "add" {
        case "add": return message(value, id: id).map(Operation.message) ?? .ignored(reason: "empty", at: value["created_time"]?.instant)
        case "edit", "edited":
            guard var message = message(value, id: id) else { return .ignored(reason: "empty", at: value["created_time"]?.instant) }
            message.edited = true
            return .edit(message)
        case "remove", "delete":
            return .delete(
                Deletion(target: entry.messageID(id), source: entry.source, conversationID: id, author: author(value), at: entry.time))
        case let verb: return .ignored(reason: PayloadScope.reason(verb), at: entry.time)
        }
    }

    /// Nil for a recommendation of which nothing is said, neither words nor stars nor yes or no.
    private func message(_ value: Payload, id: String) -> Message? {
        let text = TextMarks.removed(from: value["review_text"]?.string ?? "").trimmed
        let rating = Self.rating(value)
        if text.isEmpty, rating == nil { return nil }
        let sent = entry.time(value["created_time"])
        return Message(
            id: entry.messageID(id), nativeID: id, channel: entry.scope.channel(.review), source: entry.source, conversationID: id,
            author: author(value), sentAt: sent.at, timeBasis: sent.basis, text: text, rating: rating)
    }

    /// Stars of older pages; since 2018 people recommend a page or they do not.
    private static func rating(_ value: Payload) -> Rating? {
        if let stars = value["rating"]?.double, stars >= 1, stars <= 5 { return Rating(value: stars) }
        return switch value["recommendation_type"]?.string?.lowercased() {
        case "positive": Rating(value: 1, min: 0, max: 1)
        case "negative": Rating(value: 0, min: 0, max: 1)
        default: nil
        }
    }

    private func author(_ value: Payload) -> Author {
        PlatformAccount(
            platform: entry.platform, id: value["reviewer_id"]?.identity, idScope: entry.id, displayName: value["reviewer_name"]?.string
        ).author(entry.scope.roles)
    }
}
