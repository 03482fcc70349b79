import AttuneConnectors
import AttuneCore

/// A JSON object of the configuration, read with errors that name the whole path of a key.
struct Settings {
    private let members: [JSONValue.Member]
    private let path: String
    private let environment: [String: String]

    init(_ value: JSONValue, path: String, environment: [String: String]) throws(ConfigurationError) {
        guard case .object(let members) = value else {
            throw ConfigurationError(key: path.isEmpty ? nil : path, "must be a JSON object")
        }
        self.members = members
        self.path = path
        self.environment = environment
    }

    /// Path of a member as the user would say it: `sinks[0].url`.
    func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func error(_ key: String, _ reason: String) -> ConfigurationError { ConfigurationError(key: full(key), reason) }

    /// The member of that name; a null counts as absent.
    func value(_ key: String) -> JSONValue? { members.last { $0.key == key }.flatMap { $0.value.isNull ? nil : $0.value } }

    /// A misspelt key must not be passed over in silence.
    func allow(_ keys: [String]) throws(ConfigurationError) {
        for member in members where !keys.contains(member.key) { throw error(member.key, "is unknown: known are \(keys.joined(separator: ", "))") }
    }

    func text(_ key: String) throws(ConfigurationError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string, !text.isEmpty else { throw error(key, "must be a string that is not empty") }
        return text
    }

    func flag(_ key: String) throws(ConfigurationError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else { throw error(key, "must be true or false") }
        return flag
    }

    func count(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .number(let digits) = value, let number = Int(digits), range.contains(number) else {
            throw error(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A string, or `{"env": "NAME"}` for one that stands in the environment.
    func secret(_ key: String) throws(ConfigurationError) -> String? {
        guard let value = value(key) else { return nil }
        return try secret(value, key)
    }

    /// An array of such.
    func secrets(_ key: String) throws(ConfigurationError) -> [String]? {
        guard let value = value(key) else { return nil }
        guard case .array(let items) = value else { throw error(key, "must be an array") }
        var texts = [String]()
        for (index, item) in items.enumerated() { texts.append(try secret(item, "\(key)[\(index)]")) }
        return texts
    }

    private func secret(_ value: JSONValue, _ key: String) throws(ConfigurationError) -> String {
        if let text = value.string, text.contains(where: { !$0.isWhitespace }) { return text }
        guard value.members.count == 1, let name = value["env"]?.string else {
            throw error(key, "must be a string that is not empty, or {\"env\": \"NAME\"}")
        }
        // Files that become variables end in a line end.
        let text = environment[name].map { $0.hasSuffix("\n") || $0.hasSuffix("\r\n") ? String($0.dropLast()) : $0 }
        guard let text, text.contains(where: { !$0.isWhitespace }) else {
            throw error(key, "names the environment variable \(name), which is not set or empty")
        }
        return text
    }

    func object(_ key: String) throws(ConfigurationError) -> Settings? {
        guard let value = value(key) else { return nil }
        return try Settings(value, path: full(key), environment: environment)
    }

    /// The members of an object of objects, in order.
    func named(_ key: String) throws(ConfigurationError) -> [(name: String, settings: Settings)] {
        guard let object = try object(key) else { return [] }
        var all = [(name: String, settings: Settings)]()
        for member in object.members {
            all.append((member.key, try Settings(member.value, path: object.full(member.key), environment: environment)))
        }
        return all
    }

    /// The objects of an array.
    func list(_ key: String) throws(ConfigurationError) -> [Settings] {
        guard let value = value(key) else { return [] }
        guard case .array(let items) = value else { throw error(key, "must be an array") }
        var all = [Settings]()
        for (index, item) in items.enumerated() { all.append(try Settings(item, path: "\(full(key))[\(index)]", environment: environment)) }
        return all
    }
}
