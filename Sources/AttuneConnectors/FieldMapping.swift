import AttuneCore

/// Which column, member name or JSON pointer (RFC 6901, `/author/email`) holds what. Everything left out is found by its
/// usual names.
public struct FieldMapping: Hashable, Sendable {
    /// Where each field is. Several places are only allowed for `text`, where they are joined by an empty line, and for `timestamp`:
    /// the day and the time of day.
    public var paths: [Field: [String]] = [:]
    /// Pattern of `timestamp`: see `TimestampPattern`.
    public var timestampFormat: String?
    public var ratingMin: Double?
    public var ratingMax: Double?
    /// Values of the role field that mean something of their own.
    public var roleMap: [String: Role] = [:]
    /// Values for fields that the record does not have.
    public var constants: [Field: String] = [:]
    /// Whether somebody vouches for the identifiers in mapped columns; by default the export's owner does.
    public var verified = true

    public enum Field: String, CaseIterable, Sendable {
        case id, timestamp, text, rating, author, email, phone, handle, customerID, orderNumber, conversation, role, language
        case inReplyTo, channel, source, visibility
    }

    public init() {}

    init(_ reader: ConfigurationReader) throws(ConfigurationError) {
        let fields = Field.allCases.map(\.rawValue)
        try reader.allow(fields + ["timestampFormat", "ratingMin", "ratingMax", "roleMap", "constants", "verified"])
        for field in Field.allCases {
            guard let names = try reader.strings(field.rawValue, orOne: true) else { continue }
            guard !names.isEmpty, names.count == 1 || field == .text || field == .timestamp && names.count == 2 else {
                throw reader.error(field.rawValue, "must name one column; only \"text\" may name several, and \"timestamp\" two: day and time")
            }
            if let path = names.first(where: { $0.hasPrefix("$.") || $0.hasPrefix("$[") }) {
                throw reader.error(field.rawValue, "\"\(path)\" is a JSONPath: give a pointer, as \"/author/email\"")
            }
            paths[field] = names
        }
        timestampFormat = try reader.nonEmptyString("timestampFormat")
        if let format = timestampFormat, TimestampPattern(format) == nil {
            throw reader.error("timestampFormat", "is not understood: \(TimestampPattern.help)")
        }
        ratingMin = try reader.number("ratingMin")
        ratingMax = try reader.number("ratingMax")
        if let max = ratingMax, max <= (ratingMin ?? 0) { throw reader.error("ratingMax", "must be greater than the smallest rating") }
        roleMap = try reader.roles("roleMap") ?? [:]
        verified = try reader.bool("verified") ?? true
        if let object = try reader.object("constants") {
            try object.allow(["channel", "source", "role", "language", "conversation"])
            for member in object.members { constants[Field(rawValue: member.key) ?? .source] = try object.string(member.key) }
        }
        if let role = constants[.role], Role(rawValue: role) == nil {
            throw ConfigurationError(key: "mapping.constants.role", ConfigurationReader.roleHint)
        }
    }
}
