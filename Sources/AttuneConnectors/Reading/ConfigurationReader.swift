import AttuneCore
import Foundation

/// Reads members of a JSON object with errors that name the key.
struct ConfigurationReader {
    let members: [JSONValue.Member]
    private let path: String

    static let roleHint = "must be customer, agent, bot or system"

    init(_ value: JSONValue, path: String) throws(ConfigurationError) {
        guard case .object(let members) = value else {
            throw ConfigurationError(key: path.isEmpty ? nil : path, "must be a JSON object")
        }
        self.members = members
        self.path = path
    }

    /// Path of a member as the user would write it.
    private func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func error(_ key: String, _ reason: String) -> ConfigurationError { ConfigurationError(key: full(key), reason) }

    private subscript(_ key: String) -> JSONValue? {
        members.last { $0.key == key }.flatMap { $0.value.isNull ? nil : $0.value }
    }

    /// Refuses members that are not in the list.
    func allow(_ keys: [String]) throws(ConfigurationError) {
        for member in members where !keys.contains(member.key) {
            throw error(member.key, "is unknown: known are \(keys.joined(separator: ", "))")
        }
    }

    func string(_ key: String) throws(ConfigurationError) -> String? {
        guard let value = self[key] else { return nil }
        guard let text = value.string else { throw error(key, "must be a string") }
        return text
    }

    func nonEmptyString(_ key: String) throws(ConfigurationError) -> String? {
        guard let text = try string(key) else { return nil }
        if text.isEmpty { throw error(key, "must not be empty") }
        return text
    }

    func bool(_ key: String) throws(ConfigurationError) -> Bool? {
        guard let value = self[key] else { return nil }
        guard let bool = value.bool else { throw error(key, "must be true or false") }
        return bool
    }

    func number(_ key: String) throws(ConfigurationError) -> Double? {
        guard let value = self[key] else { return nil }
        guard case .number(let digits) = value, let number = Double(digits), number.isFinite else { throw error(key, "must be a number") }
        return number
    }

    func zone(_ key: String) throws(ConfigurationError) -> TimeZone? {
        guard let name = try string(key) else { return nil }
        guard let zone = TimeZone(identifier: name) else { throw error(key, "is no IANA time zone: write e.g. \"Europe/London\"") }
        return zone
    }

    /// Of two names of one key the one that is there; the first when none is.
    func only(_ key: String, _ other: String) throws(ConfigurationError) -> String {
        guard self[other] != nil else { return key }
        if self[key] != nil { throw error(other, "says the same as \(key): leave one of them out") }
        return other
    }

    /// The scale of ratings: its greatest value, or the smallest and the greatest one.
    func scale(_ key: String) throws(ConfigurationError) -> (min: Double?, max: Double)? {
        guard let value = self[key] else { return nil }
        let parts = if case .array(let items) = value { items } else { [value] }
        let numbers = parts.compactMap { part -> Double? in
            if case .number(let digits) = part { Double(digits) } else { nil }
        }
        guard numbers.count == parts.count, let max = numbers.last, max.isFinite, numbers.count == 1 || numbers.count == 2 && numbers[0] < max else {
            throw error(key, "must be the greatest rating, as 10, or the smallest and the greatest, as [0, 10]")
        }
        return (numbers.count == 2 ? numbers[0] : nil, max)
    }

    /// An array of strings; with `orOne` a single string too.
    func strings(_ key: String, orOne: Bool = false) throws(ConfigurationError) -> [String]? {
        guard let value = self[key] else { return nil }
        if orOne, let text = value.string { return [text] }
        guard case .array(let items) = value else {
            throw error(key, orOne ? "must be a string or an array of strings" : "must be an array of strings")
        }
        var texts = [String]()
        for item in items {
            guard let text = item.string else { throw error(key, "must hold strings only") }
            texts.append(text)
        }
        return texts
    }

    func object(_ key: String) throws(ConfigurationError) -> ConfigurationReader? {
        guard let value = self[key] else { return nil }
        return try ConfigurationReader(value, path: full(key))
    }

    /// An object whose values are roles.
    func roles(_ key: String) throws(ConfigurationError) -> [String: Role]? {
        guard let object = try object(key) else { return nil }
        var roles = [String: Role]()
        for member in object.members {
            guard let role = member.value.string.flatMap(Role.init(rawValue:)) else { throw object.error(member.key, Self.roleHint) }
            roles[member.key] = role
        }
        return roles
    }
}
