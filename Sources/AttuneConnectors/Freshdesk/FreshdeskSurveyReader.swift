import AttuneCore

/// Reads satisfaction ratings: what a customer says of a ticket when asked.
struct FreshdeskSurveyReader {
    let assembler: DeskAssembler

    /// Nil for a payload that is no rating.
    func operation(_ payload: Payload, line: Int) -> Operation? {
        guard payload["survey_id"] != nil, let ratings = payload["ratings"], ratings.isObject, let ticket = payload["ticket_id"]?.scalarText,
            let id = payload["id"]?.scalarText
        else { return nil }
        var message = DeskMessage(
            nativeID: ScopedID.of("rating", id), conversationID: ticket, time: .written(payload["created_at"]),
            text: payload["feedback"]?.string ?? "")
        message.role = .customer
        message.rating = ratings["default_question"]?.integer.flatMap(Self.rating)
        message.identifiers = DeskIdentity.all(DeskIdentity.external("freshdesk", payload["user_id"]?.scalarText))
        return assembler.operation(&message, line: line)
    }

    /// Freshdesk's seven words, from extremely unhappy (-103) over neutral (100) to extremely happy (103).
    private static func rating(_ code: Int64) -> Rating? {
        [-103, -102, -101, 100, 101, 102, 103].firstIndex(of: code).map { Rating(value: Double($0 + 1), min: 1, max: 7) }
    }
}
