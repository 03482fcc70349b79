import AttuneCore

/// Reads Trustpilot's webhook deliveries and the answers of its API.
struct TrustpilotReader {
    private let reviews: ReviewAssembler

    init(_ reviews: ReviewAssembler) { self.reviews = reviews }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let events = payload["events"]?.array {
            return events.isEmpty ? [.ignored(reason: "empty")] : events.flatMap { operations(event: $0, line: line) }
        }
        if let list = (payload["reviews"] ?? payload["productReviews"])?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.flatMap { operations(review: $0, edits: false, line: line) }
        }
        if payload["eventName"] != nil { return operations(event: payload, line: line) }
        if payload["stars"] != nil { return operations(review: payload, edits: false, line: line) }
        return [.rejected(Rejection(reason: "no Trustpilot payload: it has neither \"events\" nor \"reviews\"", line: line))]
    }

    private func operations(event: Payload, line: Int) -> [Operation] {
        guard event.isObject else { return [.rejected(Rejection(reason: "an event is no object", line: event.line(from: line)))] }
        let name = event["eventName"]?.string ?? "unknown"
        let read: (Payload) -> [Operation]
        switch name {
        case "service-review-created", "product-review-created": read = { operations(review: $0, edits: false, line: line) }
        case "service-review-updated", "product-review-updated": read = { operations(review: $0, edits: true, line: line) }
        case "service-review-deleted", "product-review-deleted": read = { [deletion($0, line: line)] }
        default: return [.ignored(reason: name.utf8.count <= 64 ? name : "unknown")]
        }
        guard let data = event["eventData"] else {
            return [.rejected(Rejection(reason: "an event has no \"eventData\"", line: event.line(from: line)))]
        }
        return read(data)
    }

    private func deletion(_ data: Payload, line: Int) -> Operation {
        guard let id = data["id"]?.scalarText, !id.isEmpty else {
            return .rejected(Rejection(reason: "a deleted review has no \"id\"", line: data.line(from: line)))
        }
        let person = Author(role: .customer, displayName: name(data), identifiers: identifiers(data))
        return .delete(
            Deletion(
                target: reviews.id(id), source: reviews.source, author: person.displayName == nil && person.identifiers.isEmpty ? nil : person,
                at: data["deletedAt"]?.instant))
    }

    private func operations(review: Payload, edits: Bool, line: Int) -> [Operation] {
        do throws(RecordProblem) {
            let record = try record(review)
            var message = reviews.message(record)
            if record.edited { message.editedAt = reviews.editedAt(review["updatedAt"]?.scalarText) }
            if edits { message.edited = true }
            var operations: [Operation] = [edits ? .edit(message) : ReviewAssembler.told(message)]
            // Of a product's review it is the first comment.
            if let reply = review["companyReply"] ?? review["firstCompanyComment"], reply.isObject {
                operations.append(
                    reviews.operation(line: reply.line(from: line)) { () throws(RecordProblem) in
                        let time = try reviews.time(of: reply["createdAt"])
                        let text = (reply["text"] ?? reply["comment"])?.string ?? ""
                        return ReviewAssembler.told(reviews.reply(to: record, text: text, time: time))
                    })
            }
            return operations
        } catch {
            return [.rejected(Rejection(reason: error.reason, line: review.line(from: line)))]
        }
    }

    private func record(_ review: Payload) throws(RecordProblem) -> ReviewRecord {
        guard let id = review["id"]?.scalarText, !id.isEmpty else { throw RecordProblem("a review has no \"id\"") }
        let updated = review["updatedAt"]?.scalarText
        let created = review["createdAt"]?.scalarText
        let (title, body) = (review["title"]?.string, (review["text"] ?? review["content"])?.string)
        return ReviewRecord(
            nativeID: id, displayName: name(review), identifiers: identifiers(review),
            time: try reviews.time(created), title: title, body: body, language: review["language"]?.string,
            rating: try reviews.rating(review["stars"]?.scalarText, beside: title, body), edited: updated != nil && updated != created)
    }

    /// The API calls it `displayName`, the webhook `name`.
    private func name(_ review: Payload) -> String? {
        let consumer = review["consumer"]
        return consumer?["displayName"]?.string ?? consumer?["name"]?.string
    }

    private func identifiers(_ review: Payload) -> [Identifier] {
        var identifiers = [Identifier]()
        if let id = review.at("consumer", "id")?.scalarText, !id.isEmpty {
            identifiers.append(Identifier(kind: .externalID, value: "trustpilot:\(id)", verified: true))
        }
        let isVerified = review["isVerified"]?.bool ?? false
        // What the business gave with its invitation; whoever was not invited may have typed anything.
        if let email = review["referralEmail"]?.string, !email.isEmpty {
            identifiers.append(Identifier(kind: .email, value: email, verified: isVerified))
        }
        if let order = review["referenceId"]?.scalarText, !order.isEmpty {
            identifiers.append(Identifier(kind: .orderNumber, value: order, verified: isVerified))
        }
        return identifiers
    }
}
