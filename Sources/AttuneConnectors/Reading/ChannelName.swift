import AttuneCore

extension Channel {
    /// The channel that a record names: ours for the words that desks and exports use, in any case; else the name as it is written.
    init(named name: String) {
        if let known = Self.words[name] {
            self = known
        } else {
            self = Self.words[name.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }] ?? Channel(rawValue: name)
        }
    }

    private static let words: [String: Channel] = [
        "whatsapp": .whatsapp, "sms": .sms, "textmessage": .sms, "social": .social, "socialmedia": .social, "facebook": .social, "instagram": .social,
        "twitter": .social, "review": .review, "reviews": .review, "chat": .chat, "livechat": .chat, "webchat": .chat, "email": .email,
        "mail": .email, "voice": .voice, "phone": .voice, "phonecall": .voice, "call": .voice, "telephone": .voice, "ticket": .ticket,
        "tickets": .ticket, "text": .text,
    ]
}
