import AttuneCore
import Foundation

/// Which column, member name, JSON pointer (RFC 6901, `/author/email`) or plain JSONPath (`$.author.email`) holds what. Everything left out is found by its
/// usual names.
public struct FieldMapping: Hashable, Sendable {
    /// Where each field is. Several places are only allowed for `text`, where they are joined by an empty line, and for `timestamp`:
    /// the day and the time of day.
    public var paths: [Field: [String]] = [:]
    /// Pattern of `timestamp`: see `TimestampPattern`.
    public var timestampFormat: String?
    /// Zone of mapped times without one; nil takes that of the configuration.
    public var zone: TimeZone?
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
        try reader.allow(fields + ["timestampFormat", "format", "zone", "ratingMin", "ratingMax", "scale", "roleMap", "constants", "verified"])
        for field in Field.allCases {
            guard let names = try reader.strings(field.rawValue, orOne: true) else { continue }
            guard !names.isEmpty, names.count == 1 || field == .text || field == .timestamp && names.count == 2 else {
                throw reader.error(field.rawValue, "must name one column; only \"text\" may name several, and \"timestamp\" two: day and time")
            }
            var places = [String]()
            for name in names {
                guard let place = JSONPath.isOne(name) ? JSONPath.pointer(name) : name else {
                    throw reader.error(field.rawValue, "\"\(name)\" is a JSONPath that is not understood: \(JSONPath.help)")
                }
                places.append(place)
            }
            paths[field] = places
        }
        zone = try reader.zone("zone")
        let formatKey = try reader.only("timestampFormat", "format")
        timestampFormat = try reader.nonEmptyString(formatKey)
        if let format = timestampFormat, TimestampPattern(format) == nil {
            throw reader.error(formatKey, "is not understood: \(TimestampPattern.help)")
        }
        ratingMin = try reader.number("ratingMin")
        ratingMax = try reader.number("ratingMax")
        if let scale = try reader.scale("scale") {
            if ratingMin != nil || ratingMax != nil { throw reader.error("scale", "says the same as ratingMin and ratingMax: leave it out, or them") }
            ratingMin = scale.min
            ratingMax = scale.max
        }
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
