import AttuneCore

/// Reads the body of a delivery: entries, and in each its changes, its messaging, or what it carries itself.
struct MetaPayloadReader {
    private let scope: PayloadScope

    init(_ scope: PayloadScope) { self.scope = scope }

    /// One operation per change and messaging item; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let entries = payload["entry"], entries.isArray else {
            // A sample from the dashboard is a change without its envelope.
            if payload["field"] != nil, let change = change(payload, MetaEntry(nil, object: nil, scope, line)) { return [change] }
            return [scope.rejected("no Meta payload: \"entry\" is missing", line)]
        }
        let object = payload["object"]?.string
        guard object == "page" || object == "instagram" else { return [.ignored(reason: PayloadScope.reason(object))] }
        var operations = [Operation]()
        for entry in entries.eachItem { append(entry, object: object, line: line, to: &operations) }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// At least one operation.
    private func append(_ entry: Payload, object: String?, line: Int, to operations: inout [Operation]) {
        guard entry.isObject else { return operations.append(scope.rejected("an entry is no object", entry.line(from: line))) }
        let context = MetaEntry(entry, object: object, scope, line)
        let before = operations.count
        for change in (entry["changes"] ?? .null).eachItem {
            operations.append(self.change(change, context) ?? scope.rejected("a change has no \"value\" object", change.line(from: line)))
        }
        let messaging = MetaMessagingReader(context)
        for item in (entry["messaging"] ?? .null).eachItem { operations += messaging.operations(item) }
        for item in (entry["standby"] ?? .null).eachItem { operations += messaging.operations(item) }
        // Instagram business login leaves out the list of changes.
        if entry["field"] != nil {
            operations.append(change(entry, context) ?? scope.rejected("an entry has no \"value\" object", entry.line(from: line)))
        }
        if operations.count == before { operations.append(.ignored(reason: "empty")) }
    }

    /// Nil without a value.
    private func change(_ change: Payload, _ entry: MetaEntry) -> Operation? {
        guard let value = change["value"], value.isObject else { return nil }
        let field = change["field"]?.string
        switch field {
        case "feed": return MetaFeedReader(entry).operation(value)
        case "ratings": return MetaRatingReader(entry).operation(value)
        case "comments", "live_comments": return MetaCommentReader(entry).operation(value)
        case "mention" where value["message"]?.filled != nil: return MetaFeedReader(entry).mention(value)
        case "mentions", "mention": return .ignored(reason: "mention", at: entry.time)
        default:
            if value["sender"]?.isObject == true { return MetaMessagingReader(entry).operations(value).first }
            return .ignored(reason: PayloadScope.reason(field), at: entry.time)
        }
    }
}
