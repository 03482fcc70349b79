import AttuneCore

/// The users of a workspace, as an export lists them in `users.json`.
enum SlackPeople {
    static func read(_ list: [UInt8]) -> [String: KnownPerson] {
        var reader = JSONReader()
        return list.withUnsafeBufferPointer { bytes in
            guard let users = try? reader.parse(bytes) else { return [:] }
            return Dictionary(
                users.items.compactMap { user in user["id"]?.filled.map { ($0, person(user)) } }, uniquingKeysWith: { first, _ in first })
        }
    }

    private static func person(_ user: Payload) -> KnownPerson {
        let profile = user["profile"]
        return KnownPerson(
            name: profile?["display_name"]?.filled ?? profile?["real_name"]?.filled ?? user["real_name"]?.filled ?? user["name"]?.filled,
            email: profile?["email"]?.filled, role: role(user))
    }

    /// Guests come from outside, and whoever manages the workspace is of the business; other members may be either.
    private static func role(_ user: Payload) -> Role? {
        func says(_ names: StaticString...) -> Bool { names.contains { user[$0]?.bool == true } }
        if says("is_bot", "is_app_user") { return .bot }
        if says("is_restricted", "is_ultra_restricted", "is_stranger") { return .customer }
        return says("is_admin", "is_owner", "is_primary_owner") ? .agent : nil
    }
}
