import AttuneCore

/// Reads rules of identity out of JSON: which kinds of identifiers join, how far, and which values never do.
///
///     {"rules": [{"kind": "userID", "unique": true}, {"kind": "email", "limit": 5, "window": "annually"}],
///      "blocked": {"email": ["info@shop.example", "*@test.shop.example"], "phone": ["+44 20 7946 0000"]}, "genericThreshold": 1}
struct IdentityRules {
    private(set) var policy = IdentityPolicy.standard

    /// A member that cannot be taken, and what would be right.
    struct Mistake: Error {
        var key: String
        var reason: String
    }

    /// Members of a configuration that are rules.
    static let keys = ["rules", "blocked", "genericThreshold"]

    /// Values that may be blocked one by one, and bytes of each.
    private static let blockedLimit = 100_000

    /// False for a member that is no rule.
    mutating func take(_ member: JSONValue.Member) throws(Mistake) -> Bool {
        switch member.key {
        case "rules":
            guard let items = member.value.array, !items.isEmpty else {
                throw Mistake(key: "rules", reason: "must be a list, e.g. [{\"kind\": \"email\", \"limit\": 5}]: highest priority first")
            }
            var rules = [IdentityPolicy.KindRule]()
            for (i, item) in items.enumerated() {
                let rule = try Self.rule(item, at: i)
                guard !rules.contains(where: { $0.kind == rule.kind }) else {
                    throw Mistake(key: "rules[\(i)]", reason: "names the kind \"\(rule.kind.rawValue)\" again: one rule a kind")
                }
                rules.append(rule)
            }
            policy.rules = rules
        case "blocked": try block(member.value)
        case "genericThreshold":
            guard let number = member.value.integer, (1...1000).contains(number) else {
                throw Mistake(key: "genericThreshold", reason: "must be a whole number from 1 to 1000")
            }
            policy.genericThreshold = Int(number)
        default: return false
        }
        return true
    }

    /// Rules of a file that holds nothing else.
    static func read(_ path: String) throws -> IdentityPolicy {
        let json: JSONValue
        do { json = try JSONParser.parse(try ConfigurationFile.bytes(path)) } catch let failure as JSONParser.Failure {
            throw CommandFailure.usage("\(path) is not JSON: \(failure)")
        }
        guard json.isObject else {
            throw CommandFailure.usage("\(path): the rules must be an object, e.g. {\"rules\": [{\"kind\": \"email\", \"limit\": 5}]}")
        }
        var rules = IdentityRules()
        for member in json.members {
            do {
                guard try rules.take(member) else {
                    throw Mistake(key: member.key, reason: "is not known: use \(keys.joined(separator: ", "))")
                }
            } catch let mistake as Mistake { throw CommandFailure.usage("\(path): \"\(mistake.key)\" \(mistake.reason)") }
        }
        return rules.policy
    }

    private static func rule(_ value: JSONValue, at index: Int) throws(Mistake) -> IdentityPolicy.KindRule {
        let place = "rules[\(index)]"
        guard let kind = value["kind"]?.string, !kind.isEmpty else { throw Mistake(key: place, reason: "needs a \"kind\", e.g. \"email\"") }
        var rule = IdentityPolicy.KindRule(Identifier.Kind(rawValue: kind))
        for member in value.members where member.key != "kind" {
            switch member.key {
            case "limit":
                guard let limit = member.value.integer, (1...1_000_000).contains(limit) else {
                    throw Mistake(key: "\(place).limit", reason: "must be a whole number from 1 to 1000000")
                }
                rule.limit = Int(limit)
            case "unique":
                guard let isUnique = member.value.bool, !isUnique || (value["limit"]?.integer ?? 1) == 1 else {
                    throw Mistake(key: "\(place).unique", reason: "must be true or false; true means \"limit\": 1")
                }
                if isUnique { rule.limit = 1 }
            case "window":
                guard let window = member.value.string.flatMap(IdentityPolicy.Window.init(rawValue:)) else {
                    throw Mistake(key: "\(place).window", reason: "must be ever, annually or weekly")
                }
                rule.window = window
            default: throw Mistake(key: "\(place).\(member.key)", reason: "is not known: use kind, limit, unique, window")
            }
        }
        return rule
    }

    /// `["n/a", "+44…"]` for every kind, `{"email": ["info@…"]}` for one.
    private mutating func block(_ value: JSONValue) throws(Mistake) {
        if value.isObject {
            for member in value.members { try block(member.value, Identifier.Kind(rawValue: member.key), "blocked.\(member.key)") }
        } else {
            try block(value, nil, "blocked")
        }
        guard policy.blocked.count <= Self.blockedLimit else {
            let hint = "use * for those that are alike, e.g. \"*@test.example\""
            throw Mistake(key: "blocked", reason: "has more than \(Self.blockedLimit) values: \(hint)")
        }
    }

    private mutating func block(_ values: JSONValue, _ kind: Identifier.Kind?, _ key: String) throws(Mistake) {
        guard let items = values.array else {
            throw Mistake(key: key, reason: "must be a list of values, or lists by kind: {\"email\": [\"info@shop.example\"]}")
        }
        for item in items {
            guard let text = item.scalarText, !text.isEmpty, text.contains(where: { $0 != "*" }), text.utf8.count <= 320 else {
                throw Mistake(key: key, reason: "holds something that is no value: texts of at most 320 bytes, * for any characters")
            }
            policy.blocked.append(.init(kind: kind, text))
        }
    }
}
