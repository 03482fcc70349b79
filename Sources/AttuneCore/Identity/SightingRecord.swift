/// Reads a sighting out of a JSON record: `{"id": …, "t": …, "ids": {"email": …}, "name": …, "city": …, "dob": …, "locale": …}`.
public struct SightingRecord: Sendable {
    /// Kinds of identifiers by the names of members of `ids`, beside the usual ones.
    private let kinds: [String: Identifier.Kind]
    /// ISO 3166 code of records whose locale names none.
    private let region: String?
    /// Names of members of `ids` that were met, and what is known of each.
    private var memberNames = ByteTable()
    private var members: [Member] = []
    private var scratch: [UInt8] = []
    /// Locales that were met, and their countries: there are few.
    private var locales = ByteTable()
    private var countries: [String?] = []

    private struct Member: Sendable {
        var kind: Identifier.Kind
        /// Put in front of values that lack it.
        var prefix: [UInt8]
        /// WhatsApp: digits are a number there, everything else a user id.
        var isWhatsApp = false
        /// Place of the kind in the log that was last written to.
        var place: UInt8 = 0
        var isPhone: Bool { kind == .phone }
    }

    public init(kinds: [String: Identifier.Kind] = [:], region: String? = nil) {
        self.kinds = kinds
        self.region = region
    }

    /// Whether a record has identifiers of its own, rather than being a row of a table.
    public static func isSighting(_ record: JSONNode) -> Bool { record["ids"]?.isObject ?? false || record["identifiers"]?.kind == .array }

    /// Appends the record to the log.
    public mutating func append(_ record: JSONNode, to log: inout EvidenceLog) throws(Rejection) {
        var fields = Fields()
        record.forEachMember { key, value in fields.take(key, value) }
        guard let id = fields[.id], !Self.isEmpty(id) else { throw Rejection(reason: "the record has no \"id\": give every record one") }
        let place = fields[.locale].flatMap { country($0) } ?? region
        fields[.ids]?.forEachMember { key, value in
            let member = member(key)
            if value.kind == .array { for item in value.items { add(member, item, place, &log) } } else { add(member, value, place, &log) }
        }
        for item in fields[.identifiers]?.items ?? [] {
            guard var kind = item["kind"]?.string, let value = item["value"] else { continue }
            add(kind.withUTF8 { member($0) }, value, place, &log)
        }
        log.names.append(Self.text(fields[.name], EvidenceLog.nameTag, &log))
        log.towns.append(Self.text(fields[.town], EvidenceLog.townTag, &log))
        log.birthDates.append(Self.text(fields[.birthDate], EvidenceLog.birthDateTag, &log))
        let time = fields[.time].map(Self.time) ?? 0
        Self.withBytes(of: id) { log.close(id: $0, time: time) }
    }

    private enum Field: Int, CaseIterable { case id, time, name, town, birthDate, locale, ids, identifiers }

    /// The member of a record for each field: of several names that mean it the first of `names` that is there.
    private struct Fields {
        // One for each field.
        private var values = InlineArray<8, JSONNode?>(repeating: nil)
        private var ranks = InlineArray<8, Int32>(repeating: .max)

        subscript(_ field: Field) -> JSONNode? { values[field.rawValue] }

        mutating func take(_ key: JSONNode.Bytes, _ value: JSONNode) {
            guard let rank = Self.table.find(key), !value.isNull else { return }
            let field = Int(Self.fields[Int(rank)])
            if rank <= ranks[field] { (ranks[field], values[field]) = (rank, value) }
        }

        private static let names: [(Field, [String])] = [
            (.id, ["id", "record_id", "messageID", "message_id"]), (.time, ["t", "time", "timestamp", "sentAt", "sent_at"]),
            (.name, ["name", "displayName", "author"]), (.town, ["city", "town"]), (.birthDate, ["dob", "birthDate", "date_of_birth"]),
            (.locale, ["locale", "country"]), (.ids, ["ids"]), (.identifiers, ["identifiers"]),
        ]
        private static let table = ByteTable(names.flatMap(\.1))
        private static let fields = names.flatMap { field, names in names.map { _ in UInt8(field.rawValue) } }
    }

    private mutating func country(_ locale: JSONNode) -> String? {
        var result: String?
        Self.withBytes(of: locale) { bytes in
            guard bytes.count <= 32, let number = locales.find(bytes) else {
                result = Self.region(String(decoding: bytes, as: UTF8.self))
                if bytes.count <= 32, locales.count < 1024 {
                    locales.intern(bytes)
                    countries.append(result)
                }
                return
            }
            result = countries[Int(number)]
        }
        return result
    }

    private mutating func member(_ key: JSONNode.Bytes) -> Int {
        if let known = memberNames.find(key) { return Int(known) }
        let name = String(decoding: key, as: UTF8.self)
        memberNames.intern(key)
        if let kind = kinds[name] ?? Self.usual[name.lowercased()] {
            members.append(Member(kind: kind, prefix: []))
        } else {
            // A name nobody knows is a platform: its ids are told apart from those of others.
            let platform = name.lowercased()
            members.append(Member(kind: .externalID, prefix: Array((platform + ":").utf8), isWhatsApp: Self.whatsApp.contains(platform)))
        }
        return members.count - 1
    }

    private mutating func add(_ number: Int, _ value: JSONNode, _ region: String?, _ log: inout EvidenceLog) {
        // A log numbers its kinds; it nearly always is the one of the record before.
        let place = Int(members[number].place)
        if place >= log.kinds.count || log.kinds[place] != members[number].kind { members[number].place = log.kind(members[number].kind) }
        let kind = members[number].place
        let region = members[number].isPhone ? region : nil
        Self.withBytes(of: value) { bytes in
            if members[number].isWhatsApp, let digits = Self.phone(bytes) {
                let number = [UInt8(ascii: "+")] + digits
                number.withUnsafeBufferPointer { log.add($0, log.kind(.phone), region: nil) }
            } else if members[number].prefix.isEmpty || bytes.starts(with: members[number].prefix) {
                log.add(bytes, kind, region: region)
            } else {
                scratch.removeAll(keepingCapacity: true)
                scratch += members[number].prefix
                scratch.append(contentsOf: bytes)
                scratch.withUnsafeBufferPointer { log.add($0, kind, region: region) }
            }
        }
    }

    private static let whatsApp: Set<String> = ["whatsapp", "whatsapp_id", "wa", "wa_id", "waid", "whatsapp_user_id"]

    /// The digits of an international number, as WhatsApp writes one; nil for everything else.
    private static func phone(_ text: JSONNode.Bytes) -> [UInt8]? {
        let digits = Array(text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...])
        return (8...15).contains(digits.count) && digits[0] != 48 && digits.allSatisfy { $0 >= 48 && $0 <= 57 } ? digits : nil
    }

    /// The text of a scalar; nothing happens for other values.
    private static func withBytes(of value: JSONNode, _ body: (JSONNode.Bytes) -> Void) {
        if value.withPlainBytes(body) == nil, var text = value.scalarText { text.withUTF8 { body($0) } }
    }

    private static func isEmpty(_ value: JSONNode) -> Bool {
        var isEmpty = true
        withBytes(of: value) { isEmpty = $0.isEmpty }
        return isEmpty
    }

    private static func text(_ value: JSONNode?, _ tag: UInt32, _ log: inout EvidenceLog) -> Int32 {
        var place: Int32 = -1
        if let value { withBytes(of: value) { place = log.text($0, tag) } }
        return place
    }

    private static let usual: [String: Identifier.Kind] = [
        "crm": .userID, "userid": .userID, "user_id": .userID, "customer": .userID, "customerid": .userID, "customer_id": .userID, "email": .email,
        "mail": .email, "phone": .phone, "tel": .phone, "mobile": .phone, "msisdn": .phone, "handle": .handle, "username": .handle,
        "cookie": .cookie, "anonymousid": .cookie, "anonymous_id": .cookie, "device": .deviceID, "deviceid": .deviceID, "device_id": .deviceID,
        "order": .orderNumber, "ordernumber": .orderNumber, "order_number": .orderNumber, "order_id": .orderNumber, "externalid": .externalID,
    ]

    /// A number as it is, an RFC 3339 time in seconds, 0 for none.
    private static func time(_ value: JSONNode) -> Double {
        if let number = value.withPlainBytes(plainNumber) ?? nil { return number }
        if let number = value.double, number.isFinite { return number }
        return value.string.flatMap { RFC3339.parse($0) }.map { Double($0.nanoseconds) / 1e9 } ?? 0
    }

    /// Digits with a point among them: both are exact as a `Double`, so their quotient is the nearest one.
    private static func plainNumber(_ text: JSONNode.Bytes) -> Double? {
        guard text.count <= 16 else { return nil }
        var (digits, scale, hasPoint) = (0, 1.0, false)
        for byte in text {
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if byte >= 48, byte <= 57 {
                digits = digits * 10 + Int(byte - 48)
                if hasPoint { scale *= 10 }
            } else {
                return nil
            }
        }
        return text.isEmpty || text.first == UInt8(ascii: ".") || digits >= 1 << 53 ? nil : Double(digits) / scale
    }

    /// The country of `de-DE`, `pt_BR`, `GB`.
    static func region(_ locale: String) -> String? {
        let last = locale.split(whereSeparator: { $0 == "-" || $0 == "_" }).last.map { $0.uppercased() } ?? ""
        return last.utf8.count == 2 && (locale.utf8.count > 2 || locale == last) ? last : nil
    }
}
