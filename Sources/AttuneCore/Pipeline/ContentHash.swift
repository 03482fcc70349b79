/// Tells a second copy of a message from a change of it.
enum ContentHash {
    /// 32 hexadecimal digits over what a reader would call the message's content.
    static func of(_ message: Message) -> String {
        let parts = [
            message.text, message.author.role.rawValue, message.author.displayName ?? "", String(message.sentAt.nanoseconds),
            message.rating.map { "\($0.value)/\($0.max)" } ?? "", message.visibility.rawValue,
        ]
        // A time that is that of the arrival, or counts from it, is another one when the message comes again.
        let counted =
            message.timeBasis == .received || message.timeBasis == .offset ? parts.enumerated().filter { $0.offset != 3 }.map(\.element) : parts
        return String(SHA256.hex(Array(counted.joined(separator: "\u{1F}").utf8)).prefix(32))
    }
}
