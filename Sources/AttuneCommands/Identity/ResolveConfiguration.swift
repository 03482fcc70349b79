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

    private struct Mistake: Error {
        var key: String
        var reason: String
    }

    private init(json: JSONValue) throws {
        guard json.isObject else { throw Mistake(key: "", reason: "is missing: the configuration must be an object") }
        for member in json.members {
            switch member.key {
            case "columns":
                for column in member.value.members {
                    guard let role = column.value.string.flatMap(RecordColumns.Role.init(rawValue:)) else {
                        let roles = RecordColumns.Role.allCases.map(\.rawValue).joined(separator: ", ")
                        throw Mistake(key: "columns.\(column.key)", reason: "must be one of \(roles)")
                    }
                    columns[column.key] = role
                }
            case "identifiers":
                for item in member.value.members {
                    guard let kind = item.value.string, !kind.isEmpty else {
                        throw Mistake(key: "identifiers.\(item.key)", reason: "must name a kind, e.g. \"email\"")
                    }
                    identifiers[item.key] = Identifier.Kind(rawValue: kind)
                }
            case "region":
                guard let code = member.value.string, code.utf8.count == 2 else {
                    throw Mistake(key: "region", reason: "must be a country's two letters, e.g. \"GB\"")
                }
                region = code.uppercased()
            case "genericThreshold":
                guard let number = member.value.integer, (1...1000).contains(number) else {
                    throw Mistake(key: "genericThreshold", reason: "must be a whole number from 1 to 1000")
                }
                policy.genericThreshold = Int(number)
            default: throw Mistake(key: member.key, reason: "is not known: use columns, identifiers, region, genericThreshold")
            }
        }
    }
}
