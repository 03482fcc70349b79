import AttuneCore

/// Reads a delivery of the X Activity API: one event of a user whom somebody follows, in an envelope of its own.
struct XEventReader {
    private let event: Payload
    private let type: String
    private let scope: PayloadScope
    private let line: Int
    /// The user whose activity it is: the business.
    private let userID: String?

    /// Nil for everything else, such as the events of conversations, which have no envelope.
    init?(_ payload: Payload, _ scope: PayloadScope, _ line: Int) {
        guard let event = payload["data"], event["payload"] != nil || event["event_uuid"] != nil, let type = event["event_type"]?.string else {
            return nil
        }
        self.event = event
        self.type = type
        self.scope = scope
        self.line = line
        userID = event.at("filter", "user_id")?.identity
    }

    /// Posts and direct messages; everything else is ignored by its name. Never empty.
    func operations() -> [Operation] {
        let ignored = [Operation.ignored(reason: PayloadScope.reason(type))]
        guard let payload = event["payload"] else { return ignored }
        if type.hasPrefix("dm.") {
            if payload["event_type"]?.says("MessageCreate") == true { return [posts.operation(payload)] }
            // These are still sent as the first version wrote them.
            let isRead = payload["direct_message_events"] != nil || payload["direct_message_mark_read_events"] != nil
            return isRead ? XActivityReader(payload, userID: userID, scope, line).operations() : ignored
        }
        guard type.hasPrefix("post.") else { return ignored }
        if type.hasSuffix(".delete") { return [posts.deletion(payload)] }
        return type.hasSuffix(".create") ? [posts.operation(payload)] : ignored
    }

    /// What the event includes is beside its payload.
    private var posts: XPostReader { XPostReader(event, ownID: userID, scope, line) }
}
