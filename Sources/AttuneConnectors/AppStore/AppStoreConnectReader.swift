import AttuneCore

/// Reads what the App Store Connect API answers about customer reviews: JSON:API documents.
struct AppStoreConnectReader {
    private let reviews: ReviewAssembler

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    /// One operation per resource, those in `data` first, then those in `included`.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let data = payload["data"] else {
            // A resource alone, as somebody may have saved it.
            if payload["attributes"] != nil { return [operation(payload, links: [:], line: line)] }
            if Self.saysNone(payload) { return [.ignored(reason: "empty")] }
            return [.rejected(Rejection(reason: "no App Store Connect document: it has no \"data\"", line: line))]
        }
        let resources = (data.array ?? [data]) + (payload["included"]?.items ?? [])
        var links = links(resources)
        // The answer to a question for one review's response says whose it is in its own address only.
        if let id = payload["data"]?["id"]?.scalarText, links[id] == nil {
            links[id] = PathID.behind("/customerReviews/", in: payload.at("links", "self")?.string)
        }
        let operations = resources.filter { !$0.isNull }.map { operation($0, links: links, line: line) }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// Whether `data` is null, which is how JSON:API answers that there is no such resource.
    private static func saysNone(_ payload: Payload) -> Bool {
        var saysNone = false
        payload.forEachMember { if $1.isNull, $0.elementsEqual("data".utf8) { saysNone = true } }
        return saysNone
    }

    /// Reviews by the id of their response, as the reviews' relationships say it.
    private func links(_ resources: [Payload]) -> [String: String] {
        var links: [String: String] = [:]
        for resource in resources {
            guard let id = resource["id"]?.scalarText, let relationships = resource["relationships"] else { continue }
            if let response = relationships.at("response", "data", "id")?.scalarText { links[response] = id }
            if let review = relationships.at("review", "data", "id")?.scalarText { links[id] = review }
        }
        return links
    }

    private func operation(_ resource: Payload, links: [String: String], line: Int) -> Operation {
        reviews.operation(line: resource.line(from: line)) { () throws(RecordProblem) in
            let type = resource["type"]?.string ?? "unknown"
            guard let id = resource["id"]?.scalarText, !id.isEmpty, let attributes = resource["attributes"] else {
                throw RecordProblem("a resource of type \"\(type.prefix(40))\" has no \"id\" or no \"attributes\"")
            }
            switch type {
            case "customerReviews": return ReviewAssembler.told(reviews.message(try review(id, attributes)))
            case "customerReviewResponses": return ReviewAssembler.told(try response(id, attributes, to: links[id]))
            default: return .ignored(reason: type)
            }
        }
    }

    private func review(_ id: String, _ attributes: Payload) throws(RecordProblem) -> ReviewRecord {
        // `territory` is a country, which is no language.
        let (title, body) = (attributes["title"]?.string, attributes["body"]?.string)
        return ReviewRecord(
            nativeID: id, displayName: attributes["reviewerNickname"]?.string, time: try reviews.time(of: attributes["createdDate"]),
            title: title, body: body, rating: try reviews.rating(attributes["rating"]?.scalarText, beside: title, body))
    }

    private func response(_ id: String, _ attributes: Payload, to review: String?) throws(RecordProblem) -> Message {
        let time = try reviews.time(of: attributes["lastModifiedDate"])
        // Nobody has seen a response that waits for its publication.
        let isPending = attributes["state"]?.says("PENDING_PUBLISH") == true
        var message = reviews.reply(
            to: ReviewRecord(nativeID: review ?? id, time: time), nativeID: id, text: attributes["responseBody"]?.string ?? "", time: time,
            visibility: isPending ? .private : .public)
        if review == nil { message.inReplyTo = nil }
        return message
    }
}
