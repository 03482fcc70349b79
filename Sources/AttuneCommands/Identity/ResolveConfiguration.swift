import AttuneCore

/// What the user says about the records of `attune resolve`.
struct ResolveConfiguration {
    /// Roles by header.
    var columns: [String: RecordColumns.Role] = [:]
    /// Kinds by the names of members of `ids`.
    var identifiers: [String: Identifier.Kind] = [:]
    /// ISO 3166 code of national phone numbers.
    var region: String?
    var policy = IdentityPolicy.standard

    /// The configuration of a file; the empty one when no file is named.
    static func read(_ path: String?) throws -> ResolveConfiguration {
        guard let path else { return ResolveConfiguration() }
        do {
            return try ResolveConfiguration(json: try JSONParser.parse(try ConfigurationFile.bytes(path)))
        } catch let failure as JSONParser.Failure {
            throw CommandFailure.usage("\(path) is not JSON: \(failure)")
        } catch let mistake as Mistake {
            throw CommandFailure.usage("\(path): configuration key \"\(mistake.key)\" \(mistake.reason)")
        }
    }

    private init() {}

    private typealias Mistake = IdentityRules.Mistake

    private init(json: JSONValue) throws {
        guard json.isObject else {
            throw Mistake(key: "columns", reason: "is missed: the configuration must be an object, e.g. {\"columns\": {\"HEADER\": \"email\"}}")
        }
        var rules = IdentityRules()
        for member in json.members {
            switch member.key {
            case "columns": columns = try Self.columns(member.value)
            case "identifiers": identifiers = try Self.identifiers(member.value)
            case "region":
                guard let code = member.value.string, code.utf8.count == 2 else {
                    throw Mistake(key: "region", reason: "must be a country's two letters, e.g. \"GB\"")
                }
                region = code.uppercased()
            default:
                guard try rules.take(member) else {
                    let known = ["columns", "identifiers", "region"] + IdentityRules.keys
                    throw Mistake(key: member.key, reason: "is not known: use \(known.joined(separator: ", "))")
                }
            }
        }
        policy = rules.policy
    }

    private static func columns(_ value: JSONValue) throws -> [String: RecordColumns.Role] {
        guard value.isObject else { throw Mistake(key: "columns", reason: "must be an object, e.g. {\"HEADER\": \"email\"}") }
        var columns: [String: RecordColumns.Role] = [:]
        for column in value.members {
            guard let role = column.value.string.flatMap(RecordColumns.Role.init(rawValue:)) else {
                let roles = RecordColumns.Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw Mistake(key: "columns.\(column.key)", reason: "must be one of \(roles)")
            }
            columns[column.key] = role
        }
        return columns
    }

    private static func identifiers(_ value: JSONValue) throws -> [String: Identifier.Kind] {
        guard value.isObject else { throw Mistake(key: "identifiers", reason: "must be an object, e.g. {\"member\": \"email\"}") }
        var identifiers: [String: Identifier.Kind] = [:]
        for item in value.members {
            guard let kind = item.value.string, !kind.isEmpty else {
                throw Mistake(key: "identifiers.\(item.key)", reason: "must name a kind, e.g. \"email\"")
            }
            identifiers[item.key] = Identifier.Kind(rawValue: kind)
        }
        return identifiers
    }
}
