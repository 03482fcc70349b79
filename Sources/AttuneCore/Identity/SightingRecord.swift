/// Reads a sighting out of a JSON record: `{"id": …, "t": …, "ids": {"email": …}, "name": …, "city": …, "dob": …, "locale": …}`.
public struct SightingRecord: Sendable {
    /// Kinds of identifiers by the names of members of `ids`, beside the usual ones.
    public var kinds: [String: Identifier.Kind]
    /// ISO 3166 code of records whose locale names none.
    public var region: String?

    public init(kinds: [String: Identifier.Kind] = [:], region: String? = nil) {
        self.kinds = kinds
        self.region = region
    }

    /// Whether a record has identifiers of its own, rather than being a row of a table.
    public static func isSighting(_ record: JSONValue) -> Bool { record["ids"]?.isObject ?? false || record["identifiers"]?.array != nil }

    /// - Parameter number: stands in for a time where the record has none, so that ties keep to the id.
    public func sighting(_ record: JSONValue) throws(Rejection) -> Sighting {
        guard let id = Self.first(record, ["id", "record_id", "messageID", "message_id"])?.scalarText, !id.isEmpty else {
            throw Rejection(reason: "the record has no \"id\": give every record one")
        }
        let place = Self.first(record, ["locale", "country"])?.string.flatMap(Self.region)
        return Sighting(
            id: id, time: Self.time(record), identifiers: identifiers(record), name: Self.first(record, ["name", "displayName", "author"])?.string,
            town: Self.first(record, ["city", "town"])?.string, birthDate: Self.first(record, ["dob", "birthDate", "date_of_birth"])?.scalarText,
            region: place ?? region)
    }

    private func identifiers(_ record: JSONValue) -> [Identifier] {
        var result = [Identifier]()
        for member in record["ids"]?.members ?? [] {
            for value in member.value.array ?? [member.value] {
                if let text = value.scalarText { result.append(identifier(member.key, text, verified: true)) }
            }
        }
        for item in record["identifiers"]?.items ?? [] {
            guard let kind = item["kind"]?.string, let value = item["value"]?.scalarText else { continue }
            result.append(identifier(kind, value, verified: item["verified"]?.bool ?? true))
        }
        return result
    }

    /// A name nobody knows is a platform: its ids are told apart from those of others.
    private func identifier(_ name: String, _ value: String, verified: Bool) -> Identifier {
        if let kind = kinds[name] ?? Self.usual[name.lowercased()] { return Identifier(kind: kind, value: value, verified: verified) }
        let prefix = name.lowercased() + ":"
        return Identifier(kind: .externalID, value: value.hasPrefix(prefix) ? value : prefix + value, verified: verified)
    }

    private static let usual: [String: Identifier.Kind] = [
        "crm": .userID, "userid": .userID, "user_id": .userID, "customer": .userID, "customerid": .userID, "customer_id": .userID, "email": .email,
        "mail": .email, "phone": .phone, "tel": .phone, "mobile": .phone, "msisdn": .phone, "handle": .handle, "username": .handle,
        "cookie": .cookie, "anonymousid": .cookie, "anonymous_id": .cookie, "device": .deviceID, "deviceid": .deviceID, "device_id": .deviceID,
        "order": .orderNumber, "ordernumber": .orderNumber, "order_number": .orderNumber, "order_id": .orderNumber, "externalid": .externalID,
    ]

    private static func first(_ record: JSONValue, _ names: [String]) -> JSONValue? {
        for name in names { if let value = record[name], !value.isNull { return value } }
        return nil
    }

    /// A number as it is, an RFC 3339 time in seconds, 0 for none.
    private static func time(_ record: JSONValue) -> Double {
        guard let value = first(record, ["t", "time", "timestamp", "sentAt", "sent_at"]) else { return 0 }
        if let number = value.double, number.isFinite { return number }
        return value.string.flatMap { RFC3339.parse($0) }.map { Double($0.nanoseconds) / 1e9 } ?? 0
    }

    /// The country of `de-DE`, `pt_BR`, `GB`.
    private static func region(_ locale: String) -> String? {
        let last = locale.split(whereSeparator: { $0 == "-" || $0 == "_" }).last.map { $0.uppercased() } ?? ""
        return last.utf8.count == 2 && (locale.utf8.count > 2 || locale == last) ? last : nil
    }
}
