/// What a message is when another version of it has come.
extension Message {
    /// This message with the content of an edit; who wrote it and where stay, and when, but for a review, which is given anew.
    /// Some platforms tell of a review's change without its words, or that a message is private now.
    func edited(as edit: Message) -> Message {
        var message = self
        let isReview = channel == .review
        if !(edit.text.isEmpty && (isReview || edit.visibility == .private)) { message.text = edit.text }
        if isReview {
            message.sentAt = max(sentAt, edit.sentAt)
            // Other words may be in another language.
            message.language = edit.language ?? (message.text == text ? language : nil)
            message.author.displayName = edit.author.displayName ?? author.displayName
        }
        // What was made private must not go on counting.
        if edit.visibility == .private { message.visibility = .private }
        if message.author.identifiers.isEmpty { message.author.identifiers = edit.author.identifiers }
        message.rating = edit.rating ?? rating
        message.attachments = edit.attachments.isEmpty ? attachments : edit.attachments
        message.edited = edited || edit.edited
        message.editedAt = edit.editedAt ?? editedAt
        return message
    }

    /// This message with what it leaves out and a kept version tells: another export of the platform, or a delivery of it that came again,
    /// may know less. What was made private must not go on counting.
    func completed(by kept: Message) -> Message {
        var message = self
        if timeBasis == .received, kept.timeBasis != .received { (message.sentAt, message.timeBasis) = (kept.sentAt, kept.timeBasis) }
        message.nativeID = nativeID ?? kept.nativeID
        message.inReplyTo = inReplyTo ?? kept.inReplyTo
        message.rating = rating ?? kept.rating
        if text == kept.text {
            message.language = language ?? kept.language
            if attachments.isEmpty { message.attachments = kept.attachments }
        }
        if author.role == kept.author.role {
            message.author.displayName = author.displayName ?? kept.author.displayName
            message.author.town = author.town ?? kept.author.town
            message.author.birthDate = author.birthDate ?? kept.author.birthDate
            if author.identifiers.isEmpty { message.author.identifiers = kept.author.identifiers }
        }
        if kept.visibility == .private { message.visibility = .private }
        return message
    }

    /// This review as a newer version shows it, which is all of it: also that it has no words any more, or that everybody may see it.
    func renewed(as version: Message) -> Message {
        var message = edited(as: version)
        message.text = version.text
        message.language = version.language ?? (version.text == text ? language : nil)
        message.sentAt = version.sentAt
        message.timeBasis = version.timeBasis
        message.visibility = version.visibility
        message.inReplyTo = version.inReplyTo ?? inReplyTo
        return message
    }

    /// Whether it only tells that there is a review, with a time that is not the review's own.
    var isNoticeOfReview: Bool { channel == .review && text.isEmpty && timeBasis != .exact }
}
