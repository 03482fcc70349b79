import AttuneCore

/// A value bound to a statement.
enum Value {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    /// A blob of the hash's 16 bytes.
    case hash(KeyHash)

    /// Of a text or a blob.
    var byteCount: Int {
        switch self {
        case .null, .integer, .real: 0
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        case .hash: KeyHash.byteCount
        }
    }

    static func integer(_ value: Int) -> Value { .integer(Int64(value)) }
    static func time(_ value: Timestamp) -> Value { .integer(value.nanoseconds) }
    static func bool(_ value: Bool) -> Value { .integer(value ? 1 : 0) }
    static func time(_ value: Timestamp?) -> Value { value.map { .integer($0.nanoseconds) } ?? .null }
    static func text(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
    static func real(_ value: Double?) -> Value { value.map { .real($0) } ?? .null }
    static func integer(_ value: Int64?) -> Value { value.map { .integer($0) } ?? .null }
}
