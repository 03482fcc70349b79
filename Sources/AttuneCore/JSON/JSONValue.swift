/// A JSON value that loses nothing: numbers keep their digits (ids above 2^53), objects keep their order.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number exactly as written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: JSONValue
        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The member of that name (the last one, as RFC 8259 leaves it to us), or nil when this is no object or lacks it.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    public subscript(_ index: Int) -> JSONValue? {
        guard case .array(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    /// Items of an array; empty for everything else.
    public var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    public var members: [Member] { if case .object(let members) = self { members } else { [] } }
    /// Items of an array; nil for everything else.
    public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    public var isNull: Bool { self == .null }
    public var isObject: Bool { if case .object = self { true } else { false } }

    /// The text of a string; nil for everything else.
    public var string: String? { if case .string(let s) = self { s } else { nil } }
    /// The text of a string, or a number's digits: what ids are read with.
    public var scalarText: String? {
        switch self {
        case .string(let s), .number(let s): s
        case .bool(let b): b ? "true" : "false"
        default: nil
        }
    }
    public var bool: Bool? { if case .bool(let b) = self { b } else { nil } }
    /// A whole number, also one written as a string; nil when it does not fit.
    public var integer: Int64? { scalarText.flatMap { Int64($0) } }
    public var double: Double? { scalarText.flatMap { Double($0) } }

    /// Follows member names; nil as soon as one is missing.
    public func at(_ path: String...) -> JSONValue? {
        var value = self
        for key in path {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .number(String(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue {
    public static func int(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }
    /// A number with at most `decimals` digits behind the point; `null` for NaN and infinities.
    public static func decimal(_ value: Double, decimals: Int = 6) -> JSONValue {
        var out = [UInt8]()
        DecimalText.append(value, decimals: decimals, to: &out)
        let text = String(decoding: out, as: UTF8.self)
        return text == "null" ? .null : .number(text)
    }

    /// An object of the members whose value is not nil, in the order given.
    public static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { key, value in value.map { Member(key, $0) } })
    }
}
