/// Lines that the app writes in a person's name.
enum MetaExportPhrases {
    static func isReaction(_ text: String) -> Bool {
        text == "Liked a message" || text.hasPrefix("Reacted ") && text.trimmed.hasSuffix(" to your message")
    }

    /// `Priya sent an attachment.`, beside what was sent.
    static func isNotice(_ text: String) -> Bool { text.hasSuffix(" sent an attachment.") }
}
