import AttuneCore

/// A review as its platform shows it, before a message is made of it.
struct ReviewRecord {
    /// The platform's id of the review, or a hash that stands in for it.
    var nativeID: String
    var isNative = true
    /// What is reviewed, where the payload says it: an app, a shop, a product.
    var item: String?
    var displayName: String?
    var identifiers: [Identifier] = []
    var time: (at: Timestamp, basis: TimeBasis)
    var title: String?
    var body: String?
    var language: String?
    var rating: Rating?
    /// The platform says that it was changed after it was written.
    var edited = false
    var attachments: [Attachment] = []
}

/// Makes messages of reviews and of the business's answers to them. A changed review keeps its id; which version is newer is
/// decided by content where it is stored.
struct ReviewAssembler {
    let source: String
    private let channel: Channel
    private let account: String?
    private let receivedAt: Timestamp
    private let times: SharedTimestampReader
    private let ratings = RatingReader(nil)
    private let leftOut: LeftOutRatings

    /// That ratings were left out.
    var remarks: [String] { leftOut.remarks }

    /// - Parameter account: the platform's id of the business, where the payload names it.
    init(
        connector: String, configuration: ConnectorConfiguration, context: DecodingContext, account: String? = nil,
        leftOut: LeftOutRatings = LeftOutRatings()
    ) {
        self.leftOut = leftOut
        self.account = account ?? context.account
        source = configuration.source ?? self.account.map { ScopedID.of(connector, $0) } ?? connector
        channel = configuration.channel ?? .review
        receivedAt = context.receivedAt
        times = SharedTimestampReader(configuration)
    }

    /// Takes the strings of the review, which copying would count twice.
    func message(_ review: consuming ReviewRecord) -> Message {
        let conversation = (review.item ?? account).map { ScopedID.of($0, review.nativeID) } ?? review.nativeID
        var (identifiers, attachments): ([Identifier], [Attachment]) = ([], [])
        swap(&identifiers, &review.identifiers)
        swap(&attachments, &review.attachments)
        return Message(
            id: id(review.nativeID), nativeID: review.isNative ? review.nativeID : nil, channel: channel, source: source,
            conversationID: conversation,
            author: Author(role: .customer, displayName: review.displayName.take().map(TextMarks.removed), identifiers: identifiers),
            sentAt: review.time.at, timeBasis: review.time.basis, text: Self.text(title: review.title.take(), body: review.body.take()),
            language: review.language.take(), rating: review.rating, edited: review.edited, attachments: attachments)
    }

    /// The business's answer: a message of its own, of an agent. Without an id of its own it gets the review's with `:reply`.
    func reply(
        to review: ReviewRecord, nativeID: String? = nil, text: String, time: (at: Timestamp, basis: TimeBasis),
        visibility: Visibility = .public
    ) -> Message {
        let nativeID = nativeID ?? "\(review.nativeID):reply"
        return Message(
            id: id(nativeID), nativeID: nativeID, channel: channel, source: source, conversationID: conversation(review),
            author: Author(role: .agent), sentAt: time.at, timeBasis: time.basis, text: TextMarks.removed(from: text).trimmed,
            inReplyTo: id(review.nativeID), visibility: visibility)
    }

    /// A review or an answer, unless it says nothing at all.
    static func told(_ message: Message) -> Operation {
        let isEmpty = message.text.isEmpty && message.rating == nil && message.attachments.isEmpty
        return isEmpty ? .ignored(reason: "empty", at: message.sentAt) : .message(message)
    }

    func id(_ nativeID: String) -> String { ScopedID.of(source, nativeID) }

    private func conversation(_ review: ReviewRecord) -> String {
        (review.item ?? account).map { ScopedID.of($0, review.nativeID) } ?? review.nativeID
    }

    /// Title and body with an empty line between them; one of them when the other is empty or equal.
    static func text(title: String?, body: String?) -> String {
        let title = TextMarks.removed(from: title ?? "").trimmed
        let body = TextMarks.removed(from: body ?? "").trimmed
        if title.isEmpty || title == body { return body }
        if body.isEmpty { return title }
        return ScopedID.joined(title, "\n\n", body, separator: "")
    }

    /// A time as text or Unix number; that of arrival when there is none.
    func time(_ text: String?) throws(RecordProblem) -> (at: Timestamp, basis: TimeBasis) {
        guard let text = text?.trimmed, !text.isEmpty else { return (receivedAt, .received) }
        if let time = times.read(text) { return time }
        throw RecordProblem("the time of the review is not readable: RFC 3339 was expected")
    }

    /// The same for a value of a payload.
    func time(of value: Payload?) throws(RecordProblem) -> (at: Timestamp, basis: TimeBasis) {
        if let at = value?.withPlainBytes(TimestampReader.plain) ?? nil { return (at, .exact) }
        return try time(value?.scalarText)
    }

    /// When a review got the words that it has; nil where that is not said in a readable way.
    func editedAt(_ text: String?) -> Timestamp? { text.flatMap { times.read($0)?.at } }

    /// A rating of one to five, as a number, its digits or its English word; nil when there is none, or when it lies outside the scale and
    /// one of the texts beside it counts without it.
    func rating(_ text: String?, beside first: String? = nil, _ second: String? = nil) throws(RecordProblem) -> Rating? {
        guard let text, text != "STAR_RATING_UNSPECIFIED" else { return nil }
        // Nearly every rating is one digit, and reading any other number takes longer.
        if text.utf8.count == 1, let digit = text.utf8.first, digit >= 49, digit <= 53 { return Rating(value: Double(digit - 48)) }
        if let value = RatingReader.plain(text) ?? RatingReader.word(text) ?? Double(text), value >= 1, value <= 5 { return Rating(value: value) }
        switch ratings.read(text) {
        case .rating(let rating): return rating
        case .none: return nil
        case .outside where first?.trimmed.isEmpty == false || second?.trimmed.isEmpty == false:
            leftOut.note(Self.noRating)
            return nil
        case .unreadable, .outside: throw RecordProblem(Self.noRating)
        }
    }

    private static let noRating = "the rating is none of 1 to 5"

    /// The operation that `make` gives, or the rejection of a damaged record.
    func operation(line: @autoclosure () -> Int, row: Int? = nil, _ make: () throws(RecordProblem) -> Operation) -> Operation {
        do throws(RecordProblem) { return try make() } catch {
            return .rejected(Rejection(reason: error.reason, line: line(), row: row))
        }
    }
}
