import AttuneCore

/// An event in either form of the stream.
struct BlueskyEvent {
    let did: String
    /// `commit`, `identity`, `account`, …
    let kind: String
    /// What the event is about: the commit, the identity, the account.
    let body: Payload
    let seenAt: Timestamp?

    /// Nil when it is no event.
    init?(_ payload: Payload) {
        // The newer stream wraps the event, names its kind in $type, and lays its members flat.
        let event = payload["payload"] ?? payload
        guard let did = event["did"]?.identity else { return nil }
        guard let kind = event["kind"]?.filled ?? event["$type"]?.string?.lastPiece("#") else { return nil }
        self.did = did
        self.kind = kind
        body = event[named: kind] ?? event
        seenAt = (event["time_us"] ?? event["time"])?.instant
    }
}
