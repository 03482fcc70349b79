import AttuneCore

/// What WhatsApp calls a person: a number, a user id, the user id of a group of businesses, a name they chose.
struct CloudIdentity: Hashable {
    /// Digits with the country's, without `+`.
    var phone: String?
    /// `GB.700123`: made for one business portfolio, and made anew when the number changes.
    var userID: String?
    /// `GB.ENT.55`: the same for all portfolios that Meta linked.
    var parentID: String?
    var username: String?

    /// - Parameter business: id of the WhatsApp Business account that was written to. It belongs to one portfolio; the same user id from
    ///   another portfolio is somebody else's.
    func identifiers(business: String) -> [Identifier] {
        func named(_ kind: Identifier.Kind, _ name: String?) -> Identifier? {
            guard let name, !name.isEmpty else { return nil }
            return Identifier(kind: kind, value: ScopedID.of("whatsapp", name), verified: true)
        }
        let phone = phone.flatMap { Self.isPhone($0) ? ScopedID.of("", $0, separator: UInt8(ascii: "+")) : nil }
        return DeskIdentity.all(
            phone.map { Identifier(kind: .phone, value: $0, verified: true) },
            named(.externalID, userID.flatMap { $0.isEmpty ? nil : ScopedID.of(business, $0) }), named(.externalID, parentID),
            // Deliveries have it with the sign, or without.
            named(.handle, username.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }))
    }

    static func isPhone(_ text: String) -> Bool { text.utf8.count >= 5 && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }

    /// Two letters of a country, a point, letters and digits.
    static func isUserID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let isLetter = { (byte: UInt8) in byte & 0xDF >= 65 && byte & 0xDF <= 90 }
        return bytes.count > 3 && isLetter(bytes[0]) && isLetter(bytes[1]) && bytes[2] == UInt8(ascii: ".")
            && bytes[3...].allSatisfy { isLetter($0) || $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: ".") }
    }
}

/// A notice that somebody goes by another number or user id from now on.
struct CloudIdentityChange {
    var previous = CloudIdentity()
    var current = CloudIdentity()
    /// Profile name, where the notice tells it.
    var name: String?

    /// Of a message of the type `system`; nil for those that tell of something else. That a security code changed is none: whoever got
    /// the number from somebody has another code too.
    init?(system item: Payload) {
        guard let part = item["system"], let type = part["type"]?.string ?? (part["new_wa_id"] == nil ? nil : "user_changed_number"),
            type.hasSuffix("_changed_number") || type.hasSuffix("_changed_user_id")
        else { return nil }
        current = CloudIdentity(
            phone: (part["wa_id"] ?? part["new_wa_id"])?.scalarText, userID: part["user_id"]?.scalarText,
            parentID: part["parent_user_id"]?.scalarText)
        previous = CloudIdentity(
            phone: (part["customer"] ?? item["from"])?.scalarText, userID: (part["previous_user_id"] ?? item["from_user_id"])?.scalarText,
            parentID: part["previous_parent_user_id"]?.scalarText)
        read(body: part["body"]?.string ?? "")
        guard isTelling else { return nil }
    }

    /// Of an item of `user_id_update`.
    /// - Parameter contacts: those of the delivery.
    init?(update item: Payload, contacts: [Payload]) {
        previous = CloudIdentity(
            userID: item.at("user_id", "previous")?.scalarText, parentID: item.at("parent_user_id", "previous")?.scalarText)
        current = CloudIdentity(
            phone: item["wa_id"]?.scalarText, userID: item.at("user_id", "current")?.scalarText,
            parentID: item.at("parent_user_id", "current")?.scalarText)
        let contact = contacts.first { current.phone != nil && $0["wa_id"]?.scalarText == current.phone }
        name = contact?.at("profile", "name")?.string
        guard isTelling else { return nil }
    }

    /// Both sides' identifiers, each once.
    func identifiers(business: String) -> [Identifier] {
        let known = previous.identifiers(business: business)
        return known + current.identifiers(business: business).filter { !known.contains($0) }
    }

    private var isTelling: Bool { identifiers(business: "").count > 1 }

    /// `User NAME changed from 447700900123 to 447700900456`. People choose their names, so what follows the last "changed from" counts.
    private mutating func read(body: String) {
        let words = body.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count >= 5, let from = words.indices.last(where: { $0 + 1 < words.count && words[$0] == "changed" && words[$0 + 1] == "from" }),
            from + 4 < words.count, words[from + 3] == "to"
        else { return }
        let old = String(words[from + 2])
        if previous.phone == nil, CloudIdentity.isPhone(old) { previous.phone = old }
        if previous.userID == nil, CloudIdentity.isUserID(old) { previous.userID = old }
        guard from > 1, words[0] == "User" else { return }
        let name = words[1..<from].joined(separator: " ")
        if !CloudIdentity.isPhone(name), !name.isEmpty { self.name = name }
    }
}
