/// The members of a message record that scoring reads and repeats, found in one pass over a line of JSON without making values.
///
/// What is not plain (escapes outside of the text, a name given twice, structures where a scalar is expected) is left to
/// `JSONParser`: whatever this finds, the parser finds too, and finds the same.
public struct RecordScan {
    /// A value's bytes as they came: strings with their quotes.
    public typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Members that are read or repeated.
    enum Name: Int {
        case text, id, role, language, conversationID, sentAt, channel, rating

        /// The member as it is written, with the comma behind the member before it.
        var written: StaticString {
            switch self {
            case .text: ",\"text\":"
            case .id: ",\"id\":"
            case .role: ",\"role\":"
            case .language: ",\"language\":"
            case .conversationID: ",\"conversationID\":"
            case .sentAt: ",\"sentAt\":"
            case .channel: ",\"channel\":"
            case .rating: ",\"rating\":"
            }
        }
    }

    private struct Kept {
        var name: Name
        var value: Bytes
    }

    /// Between the quotes of the text; escapes as they came.
    public private(set) var text = Bytes(start: nil, count: 0)
    public private(set) var textIsEscaped = false
    /// A string, number or boolean; nil when the record has none of them.
    public private(set) var id: Bytes?
    public private(set) var role: Role?
    /// A role in other words than `Role`'s, without its quotes.
    public private(set) var roleName: Bytes?
    /// A string, with its quotes.
    public private(set) var language: Bytes?

    // Five names can be kept, each once.
    private var kept = InlineArray<5, Kept>(repeating: Kept(name: .role, value: Bytes(start: nil, count: 0)))
    private var keptCount = 0
    private var seen: UInt8 = 0
    private var hasText = false

    /// Whether a member by another name tells who wrote the record or who may read it: such a record is not plain. Nil for names that tell nothing
    /// with any scalar.
    /// - Parameter isStructure: its value is an object or array.
    public typealias Tells = @Sendable (_ name: Bytes, _ value: Bytes, _ isStructure: Bool) -> Bool?
    private let tells: Tells?
    /// Names of scalars that tell nothing: the next record nearly always has the same.
    private var silent: [[UInt8]] = []
    private static let silentLimit = 32

    public init(tells: Tells? = nil) { self.tells = tells }

    /// Reads a line; what is found points into it. False when the line is no record with a text, or one that the parser
    /// should look at.
    public mutating func read(_ line: Bytes) -> Bool {
        (textIsEscaped, id, role, roleName, language) = (false, nil, nil, nil, nil)
        (keptCount, seen, hasText) = (0, 0, false)
        guard let start = line.baseAddress else { return false }
        var cursor = JSONCursor(at: start, end: start + line.count)
        cursor.skipSpace()
        guard cursor.take(UInt8(ascii: "{")), scan(&cursor) else { return false }
        cursor.skipSpace()
        return cursor.at == cursor.end && hasText
    }

    private mutating func scan(_ cursor: inout JSONCursor) -> Bool {
        while true {
            cursor.skipSpace()
            let key = cursor.at + 1
            guard cursor.current == UInt8(ascii: "\""), cursor.string() == .string else { return false }
            let close = cursor.at - 1
            let name = Self.name(key, close, before: cursor.end)
            cursor.skipSpace()
            guard cursor.take(UInt8(ascii: ":")) else { return false }
            cursor.skipSpace()
            let value = cursor.at
            // Nearly all values are strings, which are read here and not behind a call.
            guard let kind = cursor.current == UInt8(ascii: "\"") ? cursor.string() : cursor.value() else { return false }
            if let name {
                guard note(name, kind, Bytes(start: value, count: cursor.at - value)) else { return false }
            } else if isTelling(Bytes(start: key, count: close - key), Bytes(start: value, count: cursor.at - value), kind) {
                return false
            }
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            return cursor.take(UInt8(ascii: "}"))
        }
    }

    /// False when the parser should look at it.
    @inline(__always)
    private mutating func note(_ name: Name, _ kind: JSONCursor.Kind, _ value: Bytes) -> Bool {
        let bit = UInt8(1) &<< UInt8(name.rawValue)
        guard seen & bit == 0 else { return false }
        seen |= bit
        if name == .text {
            text = Bytes(rebasing: value.dropFirst().dropLast())
            textIsEscaped = kind == .escapedString
            hasText = kind == .string || kind == .escapedString
            return hasText
        }
        if kind == .null { return true }
        guard kind == .string || kind == .number || kind == .bool else { return false }
        switch name {
        case .text: return false
        case .id: id = value
        case .language: if kind == .string { language = value }
        case .role:
            if kind == .string {
                let name = Bytes(rebasing: value.dropFirst().dropLast())
                role = Self.role(name)
                if role == nil { roleName = name }
            }
            keep(name, value)
        case .conversationID, .sentAt, .channel, .rating: keep(name, value)
        }
        return true
    }

    private mutating func isTelling(_ name: Bytes, _ value: Bytes, _ kind: JSONCursor.Kind) -> Bool {
        guard let tells, kind != .null else { return false }
        let isScalar = kind == .string || kind == .escapedString || kind == .number || kind == .bool
        guard isScalar else { return tells(name, value, true) ?? false }
        if silent.contains(where: { $0.elementsEqual(name) }) { return false }
        if let isTelling = tells(name, value, false) { return isTelling }
        if silent.count < Self.silentLimit { silent.append(Array(name)) }
        return false
    }

    @inline(__always)
    private mutating func keep(_ name: Name, _ value: Bytes) {
        kept[keptCount] = Kept(name: name, value: value)
        keptCount += 1
    }

    /// `,"role":"customer",…`: the members that a result repeats, in the record's order.
    public func appendKept(to out: inout ByteBuffer) {
        for i in 0..<keptCount {
            out.append(literal: kept[i].name.written)
            out.append(kept[i].value)
        }
    }

    /// Appends the text as its writer meant it.
    public func appendText(to out: inout ByteBuffer) {
        if textIsEscaped { JSONEscape.append(text, to: &out) } else { out.append(text) }
    }
}

extension RecordScan {
    /// The name between two quotes; nil for one that does not matter here.
    @inline(__always)
    private static func name(_ start: UnsafePointer<UInt8>, _ close: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Name? {
        let count = close - start
        guard count >= 2, count <= 14 else { return nil }
        // Names as little-endian words.
        switch (count, word(start, min(count, 8), before: end)) {
        case (4, 0x7478_6574): return .text
        case (2, 0x6469): return .id
        case (4, 0x656C_6F72): return .role
        case (8, 0x6567_6175_676E_616C): return .language
        case (6, 0x7441_746E_6573): return .sentAt
        case (7, 0x6C_656E_6E61_6863): return .channel
        case (6, 0x676E_6974_6172): return .rating
        case (14, 0x6173_7265_766E_6F63): return word(start + 8, 6, before: end) == 0x4449_6E6F_6974 ? .conversationID : nil
        default: return nil
        }
    }

    /// Up to eight bytes as a little-endian word.
    @inline(__always)
    private static func word(_ start: UnsafePointer<UInt8>, _ count: Int, before end: UnsafePointer<UInt8>) -> UInt64 {
        if end - start >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
            return word & (UInt64.max &>> UInt64(64 &- count &* 8))
        }
        var word: UInt64 = 0
        for i in 0..<count { word |= UInt64(start[i]) << UInt64(8 * i) }
        return word
    }

    @inline(__always)
    private static func role(_ name: Bytes) -> Role? {
        guard let start = name.baseAddress, name.count >= 3, name.count <= 8 else { return nil }
        switch (name.count, word(start, name.count, before: start + name.count)) {
        case (8, 0x7265_6D6F_7473_7563): return .customer
        case (5, 0x74_6E65_6761): return .agent
        case (3, 0x74_6F62): return .bot
        case (6, 0x6D65_7473_7973): return .system
        default: return nil
        }
    }
}
