import AttuneCore

/// Who wrote a message of an update.
struct TelegramAuthor {
    private let body: Payload
    private let kind: String

    init(_ body: Payload, kind: String) {
        self.body = body
        self.kind = kind
    }

    func author(_ roles: RoleRules) -> Author {
        let chatID = body.at("chat", "id")?.identity
        // A channel or group that writes in its own name; `from` is a stand-in then.
        let sender = body["sender_chat"] ?? (kind.hasSuffix("channel_post") ? body["chat"] : nil)
        if let sender {
            let isOwn = sender["id"]?.identity == chatID || body["is_automatic_forward"]?.bool == true
            return PlatformAccount(
                platform: "telegram", id: sender["id"]?.identity, username: sender["username"]?.string, displayName: Self.name(sender), isOwn: isOwn
            ).author(roles)
        }
        let from = body["from"]
        let id = from?["id"]?.identity
        // In the private chats of a business account only the customer has the chat's id.
        let isOwner = kind.hasSuffix("business_message") && body.at("chat", "type")?.says("private") == true && id != nil && id != chatID
        return PlatformAccount(
            platform: "telegram", id: id, username: from?["username"]?.string, displayName: from.flatMap(Self.name),
            isBot: from?["is_bot"]?.bool == true || body["sender_business_bot"]?.isObject == true, isOwn: isOwner
        ).author(roles)
    }

    private static func name(_ person: Payload) -> String? {
        if let title = person["title"]?.filled { return title }
        guard let first = person["first_name"]?.filled else { return person["last_name"]?.filled }
        return person["last_name"]?.filled.map { ScopedID.of(first, $0, separator: UInt8(ascii: " ")) } ?? first
    }
}
