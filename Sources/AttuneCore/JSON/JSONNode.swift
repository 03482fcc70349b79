/// A value of a JSON text that was read by `JSONReader`, with the accessors of `JSONValue`: nothing is decoded before it is
/// asked for, numbers keep their digits, objects their order.
public struct JSONNode {
    /// Nil for the null that stands for a missing value.
    private let document: JSONDocument?
    private let index: Int

    private typealias Entry = JSONDocument.Entry
    public typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The outermost value.
    init(_ document: JSONDocument) {
        self.document = document
        index = 0
    }

    private init(_ document: JSONDocument?, _ index: Int) {
        self.document = document
        self.index = index
    }

    public struct Member {
        public let key: String
        public let value: JSONNode
    }

    /// A null of no text.
    public static var null: JSONNode { JSONNode(nil, 0) }

    public enum Kind: Sendable { case null, bool, number, string, array, object }

    public var kind: Kind {
        guard let document else { return .null }
        return switch document.entries[index].kind {
        case .null: .null
        case .yes, .no: .bool
        case .number: .number
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Where the value begins in the text that `JSONReader` read with it, counted from the outermost value's first byte.
    public var offset: Int { document.map { Int($0.entries[index].start) } ?? 0 }
    public var isNull: Bool { kind == .null }
    public var isObject: Bool { kind == .object }

    /// Whether a string in it, or a member's name, has a NUL.
    public var hasNUL: Bool {
        // Nearly no document has one.
        guard let document, document.hasNUL else { return false }
        let entries = document.entries
        return (index..<Int(entries[index].next)).contains {
            entries[$0].kind == .escapedString && Self.text(entries[$0], document).utf8.contains(0)
        }
    }
}

// Containers.
extension JSONNode {
    /// The member of that name (the last one, as RFC 8259 leaves it to us), or nil when this is no object or lacks it.
    public subscript(_ key: String) -> JSONNode? {
        guard let document, document.entries[index].kind == .object else { return nil }
        var key = key
        let found = key.withUTF8 { Self.find($0, document, index) }
        return found > 0 ? JSONNode(document, found) : nil
    }

    public subscript(_ position: Int) -> JSONNode? {
        guard let document, document.entries[index].kind == .array, position >= 0 else { return nil }
        let entries = document.entries
        var (at, left) = (index + 1, position)
        let end = Int(entries[index].next)
        while at < end {
            if left == 0 { return JSONNode(document, at) }
            at = Int(entries[at].next)
            left -= 1
        }
        return nil
    }

    /// Follows member names; nil as soon as one is missing.
    public func at(_ path: String...) -> JSONNode? {
        var node = self
        for key in path {
            guard let next = node[key] else { return nil }
            node = next
        }
        return node
    }

    /// Items of an array; nil for everything else.
    public var array: [JSONNode]? { kind == .array ? items : nil }

    /// Items of an array; empty for everything else.
    public var items: [JSONNode] {
        guard let document, document.entries[index].kind == .array else { return [] }
        let entries = document.entries
        let end = Int(entries[index].next)
        var (at, count) = (index + 1, 0)
        while at < end {
            at = Int(entries[at].next)
            count += 1
        }
        var items = [JSONNode]()
        items.reserveCapacity(count)
        at = index + 1
        while at < end {
            items.append(JSONNode(document, at))
            at = Int(entries[at].next)
        }
        return items
    }

    /// Members of an object in their order; empty for everything else.
    public var members: [Member] {
        var members = [Member]()
        forEachMember { members.append(Member(key: String(decoding: $0, as: UTF8.self), value: $1)) }
        return members
    }

    /// Calls `body` with each member of an object, its name as UTF-8.
    public func forEachMember(_ body: (_ key: Bytes, _ value: JSONNode) throws -> Void) rethrows {
        guard let document, document.entries[index].kind == .object else { return }
        let entries = document.entries
        var at = index + 1
        let end = Int(entries[index].next)
        while at < end {
            let (key, value) = (entries[at], JSONNode(document, at + 1))
            if key.kind == .string {
                try body(Self.content(key, document), value)
            } else {
                var name = Self.text(key, document)
                // The body may throw, so its result is taken out of the closure as a whole.
                try name.withUTF8 { try body($0, value) }
            }
            at = Int(entries[at + 1].next)
        }
    }

    /// The entry of the value of the last member of that name; 0, which is no member's, when there is none.
    private static func find(_ name: Bytes, _ document: JSONDocument, _ index: Int) -> Int {
        let (entries, bytes) = (document.entries, document.bytes)
        var (at, found) = (index + 1, 0)
        let end = Int(entries[index].next)
        while at < end {
            let key = entries[at]
            if key.kind == .string {
                if Int(key.end &- key.start) == name.count &+ 2, equal(name, bytes + Int(key.start) + 1) { found = at + 1 }
            } else if text(key, document).utf8.elementsEqual(name) {
                found = at + 1
            }
            at = Int(entries[at + 1].next)
        }
        return found
    }

    @inline(__always)
    private static func equal(_ name: Bytes, _ other: UnsafePointer<UInt8>) -> Bool {
        guard let base = name.baseAddress else { return true }
        var at = 0
        while at &+ 8 <= name.count {
            let (a, b) = (UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self), UnsafeRawPointer(other + at).loadUnaligned(as: UInt64.self))
            if a != b { return false }
            at &+= 8
        }
        while at < name.count {
            if base[at] != other[at] { return false }
            at &+= 1
        }
        return true
    }
}

// Scalars.
extension JSONNode {
    /// The text of a string; nil for everything else.
    public var string: String? {
        guard let document else { return nil }
        let entry = document.entries[index]
        return entry.kind == .string || entry.kind == .escapedString ? Self.text(entry, document) : nil
    }

    /// The text of a string, a number's digits, or the word of a boolean: what ids are read with.
    public var scalarText: String? {
        guard let document else { return nil }
        let entry = document.entries[index]
        return switch entry.kind {
        case .string, .escapedString: Self.text(entry, document)
        case .number: String(decoding: Self.whole(entry, document), as: UTF8.self)
        case .yes: "true"
        case .no: "false"
        case .null, .array, .object: nil
        }
    }

    public var bool: Bool? {
        guard let document else { return nil }
        return switch document.entries[index].kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// A whole number, also one written as a string; nil when it does not fit.
    public var integer: Int64? {
        guard let document else { return nil }
        let entry = document.entries[index]
        let digits =
            entry.kind == .number ? Self.whole(entry, document) : entry.kind == .string ? Self.content(entry, document) : Bytes(start: nil, count: 0)
        // Eighteen digits always fit.
        if digits.count > 0, digits.count <= 18 {
            var value: Int64 = 0
            for digit in digits {
                guard digit &- 48 < 10 else { return scalarText.flatMap { Int64($0) } }
                value = value &* 10 &+ Int64(digit &- 48)
            }
            return value
        }
        return scalarText.flatMap { Int64($0) }
    }

    public var double: Double? { scalarText.flatMap { Double($0) } }

    /// The UTF-8 of a string without escapes, of a number or of a boolean, as it stands in the text; nil for everything else.
    /// - Parameter body: must not keep the bytes.
    public func withPlainBytes<R>(_ body: (Bytes) throws -> R) rethrows -> R? {
        guard let document else { return nil }
        let entry = document.entries[index]
        switch entry.kind {
        case .string: return try body(Self.content(entry, document))
        case .number, .yes, .no: return try body(Self.whole(entry, document))
        case .null, .escapedString, .array, .object: return nil
        }
    }

    /// The same value as a tree.
    public var tree: JSONValue {
        switch kind {
        case .null: .null
        case .bool: .bool(bool ?? false)
        case .number: .number(scalarText ?? "")
        case .string: .string(string ?? "")
        case .array: .array(items.map(\.tree))
        case .object: .object(members.map { .init($0.key, $0.value.tree) })
        }
    }

    /// With its quotes or brackets.
    private static func whole(_ entry: Entry, _ document: JSONDocument) -> Bytes {
        Bytes(start: document.bytes + Int(entry.start), count: Int(entry.end &- entry.start))
    }

    /// Between the quotes.
    private static func content(_ entry: Entry, _ document: JSONDocument) -> Bytes {
        Bytes(start: document.bytes + Int(entry.start) + 1, count: Int(entry.end &- entry.start) &- 2)
    }

    private static func text(_ entry: Entry, _ document: JSONDocument) -> String {
        let content = content(entry, document)
        if entry.kind == .string { return String(decoding: content, as: UTF8.self) }
        // What is written never has more bytes than what stands there; a word may overshoot while it is copied.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: content.count + 8) { room in
            guard let start = room.baseAddress else { return "" }
            let end = JSONEscape.write(content, to: start)
            return String(decoding: Bytes(start: start, count: end - start), as: UTF8.self)
        }
    }
}
