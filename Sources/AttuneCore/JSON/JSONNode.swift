/// A value of a JSON text that was read by `JSONReader`, with the accessors of `JSONValue`: nothing is decoded before it is
/// asked for, numbers keep their digits, objects their order.
///
/// It is a place in its reader's memory, valid until that reads the next text: keep strings, not nodes. Reading one later is a
/// mistake in the program, and stops it.
public struct JSONNode {
    /// Nil for the null that stands for a missing value.
    private let tape: UnsafePointer<JSONDocument.Tape>?
    private let index: UInt32
    private let generation: UInt32

    private typealias Entry = JSONDocument.Entry
    public typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The outermost value.
    init(_ document: JSONDocument) {
        tape = UnsafePointer(document.tape)
        index = 0
        generation = document.tape.pointee.generation
    }

    private init(_ other: JSONNode, _ index: Int) {
        tape = other.tape
        self.index = UInt32(truncatingIfNeeded: index)
        generation = other.generation
    }

    private init() { (tape, index, generation) = (nil, 0, 0) }

    /// The tape, checked to be still that of this node.
    @inline(__always)
    private var live: UnsafePointer<JSONDocument.Tape>? {
        guard let tape else { return nil }
        precondition(tape.pointee.generation == generation, "a node was read after its reader went on to another text")
        return tape
    }

    /// Its entry and the memory around it; nil for the null of no text.
    @inline(__always)
    private var place: (entry: Entry, at: Int, entries: UnsafeMutablePointer<Entry>, bytes: UnsafeMutablePointer<UInt8>)? {
        guard let tape = live else { return nil }
        let (entries, at) = (tape.pointee.entries, Int(index))
        return (entries[at], at, entries, tape.pointee.bytes)
    }

    public struct Member {
        public let key: String
        public let value: JSONNode
    }

    /// A null of no text.
    public static var null: JSONNode { JSONNode() }

    public enum Kind: Sendable { case null, bool, number, string, array, object }

    public var kind: Kind {
        guard let place else { return .null }
        return switch place.entry.kind {
        case .null: .null
        case .yes, .no: .bool
        case .number: .number
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    public var isNull: Bool { kind == .null }
    public var isObject: Bool { kind == .object }

    /// Where the value begins in the text that `JSONReader` read with it, counted from the outermost value's first byte.
    public var offset: Int { place.map { Int($0.entry.start) } ?? 0 }

    /// Whether a string in it, or a member's name, has a NUL.
    public var hasNUL: Bool {
        // Nearly no document has one.
        guard let place, live?.pointee.hasNUL == true else { return false }
        return (place.at..<Int(place.entry.next)).contains {
            place.entries[$0].kind == .escapedString && Self.text(place.entries[$0], place.bytes).utf8.contains(0)
        }
    }
}

// Containers.
extension JSONNode {
    /// The member of that name (the last one, as RFC 8259 leaves it to us), or nil when this is no object or lacks it.
    public subscript(_ key: String) -> JSONNode? {
        var key = key
        let found = key.withUTF8 { find($0) }
        return found > 0 ? JSONNode(self, found) : nil
    }

    public subscript(_ position: Int) -> JSONNode? {
        guard let place, place.entry.kind == .array, position >= 0 else { return nil }
        var (at, left) = (place.at + 1, position)
        while at < Int(place.entry.next) {
            if left == 0 { return JSONNode(self, at) }
            at = Int(place.entries[at].next)
            left -= 1
        }
        return nil
    }

    /// Follows member names; nil as soon as one is missing. Without a list of names, which would be memory for each call.
    public func at(_ first: String, _ second: String) -> JSONNode? { self[first]?[second] }

    public func at(_ first: String, _ second: String, _ third: String) -> JSONNode? { self[first]?[second]?[third] }

    /// Items of an array; nil for everything else.
    public var array: [JSONNode]? { kind == .array ? items : nil }

    /// Items of an array; empty for everything else.
    public var items: [JSONNode] {
        guard let place, place.entry.kind == .array else { return [] }
        let end = Int(place.entry.next)
        var (at, count) = (place.at + 1, 0)
        while at < end {
            at = Int(place.entries[at].next)
            count += 1
        }
        var items = [JSONNode]()
        items.reserveCapacity(count)
        at = place.at + 1
        while at < end {
            items.append(JSONNode(self, at))
            at = Int(place.entries[at].next)
        }
        return items
    }

    /// Members of an object in their order; empty for everything else.
    public var members: [Member] {
        var members = [Member]()
        forEachMember { members.append(Member(key: String(copying: $0), value: $1)) }
        return members
    }

    /// Calls `body` with each member of an object, its name as UTF-8.
    public func forEachMember(_ body: (_ key: Bytes, _ value: JSONNode) -> Void) {
        guard let place, place.entry.kind == .object else { return }
        var at = place.at + 1
        while at < Int(place.entry.next) {
            let (key, value) = (place.entries[at], JSONNode(self, at + 1))
            if key.kind == .string {
                body(Self.content(key, place.bytes), value)
            } else {
                var name = Self.text(key, place.bytes)
                name.withUTF8 { body($0, value) }
            }
            at = Int(place.entries[at + 1].next)
        }
    }

    /// The entry of the value of the last member of that name; 0, which is no member's, when there is none.
    private func find(_ name: Bytes) -> Int {
        guard let place, place.entry.kind == .object else { return 0 }
        let (entries, bytes, end) = (place.entries, place.bytes, Int(place.entry.next))
        let mark = name.baseAddress.map { JSONDocument.mark($0, count: name.count) } ?? 0
        guard place.entry.end & JSONDocument.nameBit(mark) != 0 else { return 0 }
        var (at, found) = (place.at + 1, 0)
        while at < end {
            let other = entries[at].next
            if other == mark || other == 0, Self.isNamed(entries[at], bytes, name) { found = at &+ 1 }
            at = Int(entries[at &+ 1].next)
        }
        return found
    }

    private static func isNamed(_ key: Entry, _ bytes: UnsafeMutablePointer<UInt8>, _ name: Bytes) -> Bool {
        if key.kind == .escapedString { return text(key, bytes).utf8.elementsEqual(name) }
        return Int(key.end &- key.start) == name.count &+ 2 && equal(name, bytes + Int(key.start) + 1)
    }

    @inline(__always)
    private static func equal(_ name: Bytes, _ other: UnsafePointer<UInt8>) -> Bool {
        guard let base = name.baseAddress else { return true }
        var at = 0
        while at &+ 8 <= name.count {
            let (a, b) = (UnsafeRawPointer(base + at), UnsafeRawPointer(other + at))
            if a.loadUnaligned(as: UInt64.self) != b.loadUnaligned(as: UInt64.self) { return false }
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
        guard let place, place.entry.kind == .string || place.entry.kind == .escapedString else { return nil }
        return Self.text(place.entry, place.bytes)
    }

    /// The text of a string, a number's digits, or the word of a boolean: what ids are read with.
    public var scalarText: String? {
        guard let place else { return nil }
        return switch place.entry.kind {
        case .string, .escapedString: Self.text(place.entry, place.bytes)
        case .number: String(copying: Self.whole(place.entry, place.bytes))
        case .yes: "true"
        case .no: "false"
        case .null, .array, .object: nil
        }
    }

    public var bool: Bool? {
        guard let place else { return nil }
        return switch place.entry.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// A whole number, also one written as a string; nil when it does not fit.
    public var integer: Int64? {
        // Eighteen digits always fit.
        let short: Int64?? = withPlainBytes { digits in
            guard digits.count > 0, digits.count <= 18 else { return nil }
            var value: Int64 = 0
            for digit in digits {
                guard digit &- 48 < 10 else { return nil }
                value = value &* 10 &+ Int64(digit &- 48)
            }
            return value
        }
        return short?.flatMap { $0 } ?? scalarText.flatMap { Int64($0) }
    }

    public var double: Double? { scalarText.flatMap { Double($0) } }

    /// The UTF-8 of a string without escapes, of a number or of a boolean, as it stands in the text; nil for everything else.
    /// - Parameter body: must not keep the bytes.
    public func withPlainBytes<R>(_ body: (Bytes) throws -> R) rethrows -> R? {
        guard let place else { return nil }
        switch place.entry.kind {
        case .string: return try body(Self.content(place.entry, place.bytes))
        case .number, .yes, .no: return try body(Self.whole(place.entry, place.bytes))
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
    private static func whole(_ entry: Entry, _ bytes: UnsafeMutablePointer<UInt8>) -> Bytes {
        Bytes(start: bytes + Int(entry.start), count: Int(entry.end &- entry.start))
    }

    /// Between the quotes.
    private static func content(_ entry: Entry, _ bytes: UnsafeMutablePointer<UInt8>) -> Bytes {
        Bytes(start: bytes + Int(entry.start) + 1, count: Int(entry.end &- entry.start) &- 2)
    }

    private static func text(_ entry: Entry, _ bytes: UnsafeMutablePointer<UInt8>) -> String {
        let content = content(entry, bytes)
        if entry.kind == .string { return String(copying: content) }
        // What is written never has more bytes than what stands there; a word may overshoot while it is copied.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: content.count + 8) { room in
            guard let start = room.baseAddress else { return "" }
            let end = JSONEscape.write(content, to: start)
            return String(copying: Bytes(start: start, count: end - start))
        }
    }
}
