import AttuneCore

/// Reads what a customer says of an answer: Help Scout's satisfaction ratings, with or without a comment.
struct HelpScoutRatingReader {
    let assembler: DeskAssembler

    /// Nil for a payload that is no rating.
    func operation(_ payload: Payload, line: Int) -> Operation? {
        guard let word = payload["rating"]?.scalarText, payload["threadId"] != nil || payload["ticketId"] ?? payload["conversationId"] != nil,
            payload["createdBy"] == nil
        else { return nil }
        guard let id = (payload["id"] ?? payload["threadId"])?.identity else {
            return assembler.rejected("a rating has no \"id\"", payload.line(from: line))
        }
        let customer = payload["customer"]
        let conversation = (payload["conversationId"] ?? payload["ticketId"])?.identity
        var message = DeskMessage(
            nativeID: ScopedID.of("rating", id), conversationID: conversation ?? "unknown",
            time: .written(payload["modifiedAt"] ?? payload["createdAt"]),
            text: payload["comments"]?.string ?? "")
        message.role = .customer
        message.rating = Self.rating(word)
        message.displayName = DeskIdentity.name(customer?["firstName"] ?? customer?["first"], customer?["lastName"] ?? customer?["last"])
        let mails = (customer?["emails"]?.items ?? []).map { $0["value"] } + [customer?["email"]]
        message.identifiers =
            mails.compactMap { DeskIdentity.email($0, verified: true) } + DeskIdentity.all(DeskIdentity.external("helpscout", customer?["id"]))
        if let thread = payload["threadId"]?.identity { message.inReplyTo = thread }
        return assembler.operation(&message, line: line)
    }

    /// Great, okay and not good, which the API also writes as numbers.
    private static func rating(_ word: String) -> Rating? {
        let value: Double? =
            switch word.lowercased() {
            case "great", "1": 3
            case "okay", "ok", "2": 2
            case "not good", "notgood", "not_good", "bad", "3": 1
            default: nil
            }
        return value.map { Rating(value: $0, min: 1, max: 3) }
    }
}
