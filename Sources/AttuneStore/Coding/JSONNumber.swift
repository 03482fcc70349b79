import AttuneCore

/// Doubles in JSON, bit for bit: the shortest digits that read back as the same number (Swift's own `description`).
enum JSONNumber {
    /// JSON has no NaN and no infinities; the engine makes none, and `null` keeps the text valid if it ever does.
    static func text(_ value: Double) -> String { value.isFinite ? value.description : "null" }
    static func value(_ value: Double) -> JSONValue { value.isFinite ? .number(value.description) : .null }
    static func double(_ value: JSONValue) -> Double? { value.isNull ? .nan : value.double }
}
