import CKernels

/// A value of a JSON text that was read by `JSONReader`, with the accessors of `JSONValue`: nothing is decoded before it is
/// asked for, numbers keep their digits, objects their order.
///
/// It is a place in its reader's memory, valid until that reads the next text: keep strings, not nodes. Reading one later is a
/// mistake in the program, and stops it.
public struct JSONNode {
    /// Nil for the null that stands for a missing value.
    @usableFromInline let tape: UnsafePointer<JSONDocument.Tape>?
    @usableFromInline let index: UInt32
    @usableFromInline let generation: UInt32

    @usableFromInline typealias Entry = attune_json_entry
    public typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The outermost value.
    init(_ document: JSONDocument) {
        tape = UnsafePointer(document.tape)
        index = 0
        generation = document.tape.pointee.generation
    }

    @inlinable
    @inline(__always)
    init(_ other: JSONNode, _ index: Int) {
        tape = other.tape
        self.index = UInt32(truncatingIfNeeded: index)
        generation = other.generation
    }

    private init() { (tape, index, generation) = (nil, 0, 0) }

    /// The tape, checked to be still that of this node.
    @inlinable
    @inline(__always)
    var live: UnsafePointer<JSONDocument.Tape>? {
        guard let tape else { return nil }
        precondition(tape.pointee.generation == generation, "a node was read after its reader went on to another text")
        return tape
    }

    /// Its entry and the memory around it; nil for the null of no text.
    @inlinable
    @inline(__always)
    var place: (entry: Entry, at: Int, entries: UnsafeMutablePointer<Entry>, bytes: UnsafeMutablePointer<UInt8>)? {
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

    @inlinable
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

    @inlinable public var isNull: Bool { kind == .null }
    @inlinable public var isObject: Bool { kind == .object }

    /// Where the value begins in the text that `JSONReader` read with it, counted from the outermost value's first byte.
    public var offset: Int { place.map { Int($0.entry.start) } ?? 0 }

    /// The line in which the value begins, in a text whose first line is `first`. It counts from where it was asked last: once through the
    /// text for all of its values in their order.
    public func line(from first: Int) -> Int {
        guard let place, let tape = live, tape.pointee.lineBreaks > 0 else { return first }
        return first + tape.pointee.breaks.pointee.count(before: Int(place.entry.start), in: place.bytes)
    }

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
    /// The member of that name (the last one, as RFC 8259 leaves it to us), or nil when this is no object or lacks it. One that is null
    /// counts as missing, as platforms write either for "none".
    ///
    /// A name that is written in the program lies where it is found without a string, and its mark is known when it is compiled: most names
    /// that are not there cost no call.
    @inlinable
    @inline(__always)
    public subscript(_ key: StaticString) -> JSONNode? {
        member(key.utf8Start, key.utf8CodeUnitCount, mark: Self.mark(key.utf8Start, count: key.utf8CodeUnitCount))
    }

    /// The same for a name that is known only when it is asked for.
    public subscript(named key: String) -> JSONNode? {
        var key = key
        return key.withUTF8 { name in name.baseAddress.flatMap { member($0, name.count, mark: Self.mark($0, count: name.count)) } }
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
    @inlinable
    @inline(__always)
    public func at(_ first: StaticString, _ second: StaticString) -> JSONNode? { self[first]?[second] }

    @inlinable
    @inline(__always)
    public func at(_ first: StaticString, _ second: StaticString, _ third: StaticString) -> JSONNode? { self[first]?[second]?[third] }

    @inlinable public var isArray: Bool { kind == .array }

    /// Items of an array; nil for everything else.
    @inlinable
    @inline(__always)
    public var array: [JSONNode]? { isArray ? items : nil }

    /// Items of an array; empty for everything else.
    ///
    /// Made in the caller's module and item by item: otherwise the runtime is asked for each array how arrays of nodes are laid out.
    @inlinable
    public var items: [JSONNode] {
        var items = [JSONNode]()
        let count = itemCount
        if count == 0 { return items }
        items.reserveCapacity(count)
        for item in eachItem { items.append(item) }
        return items
    }

    /// Zero for what is no array.
    public var itemCount: Int {
        guard let place, place.entry.kind == .array else { return 0 }
        var (at, count) = (place.at + 1, 0)
        while at < Int(place.entry.next) {
            at = Int(place.entries[at].next)
            count += 1
        }
        return count
    }

    /// Items of an array one by one, without an array of them; none of everything else.
    public var eachItem: Items {
        guard let place, place.entry.kind == .array else { return Items(node: self, at: 0, end: 0) }
        return Items(node: self, at: place.at + 1, end: Int(place.entry.next))
    }

    public struct Items: Sequence, IteratorProtocol {
        fileprivate let node: JSONNode
        fileprivate var at: Int
        fileprivate let end: Int

        public mutating func next() -> JSONNode? {
            guard at < end, let tape = node.live else { return nil }
            defer { at = Int(tape.pointee.entries[at].next) }
            return JSONNode(node, at)
        }
    }

    /// Members of an object in their order, without those that are null; empty for everything else.
    public var members: [Member] {
        var members = [Member]()
        forEachMember { if !$1.isNull { members.append(Member(key: String(copying: $0), value: $1)) } }
        return members
    }

    /// Calls `body` with each member of an object, null or not, its name as UTF-8.
    @inlinable
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
}

// Names.
extension JSONNode {
    /// By what most names are told apart without reading them: length, first and last byte. 0 for one that has to be read, since it has
    /// escapes or is empty.
    @inlinable
    @inline(__always)
    static func mark(_ name: UnsafePointer<UInt8>, count: Int) -> UInt32 {
        count == 0 ? 0 : UInt32(truncatingIfNeeded: count) &<< 16 | UInt32(name[0]) &<< 8 | UInt32(name[count &- 1])
    }

    @inlinable
    @inline(__always)
    func member(_ name: UnsafePointer<UInt8>, _ count: Int, mark: UInt32) -> JSONNode? {
        let names = attune_json_name(mark)
        guard let tape = live, attune_json_may_have(tape.pointee.entries + Int(index), names) else { return nil }
        return probableMember(name, count, mark: mark, hint: names.hint)
    }

    /// The same in an object of which the bits of its names do not say that it has none.
    @usableFromInline
    func probableMember(_ name: UnsafePointer<UInt8>, _ count: Int, mark: UInt32, hint: UInt16) -> JSONNode? {
        guard let tape = live else { return nil }
        let entries = tape.pointee.entries
        if entries[Int(index)].several != 0 { return repeatedMember(name, count, mark: mark) }
        let found = attune_json_member(entries, index, tape.pointee.bytes, tape.pointee.hints + Int(hint), name, count, mark)
        return found == 0 || entries[Int(found)].kind == .null ? nil : JSONNode(self, Int(found))
    }

    /// The same for an object in which a name may occur more than once: the last one counts.
    private func repeatedMember(_ name: UnsafePointer<UInt8>, _ count: Int, mark: UInt32) -> JSONNode? {
        guard let place else { return nil }
        var (at, found) = (place.at + 1, 0)
        while at < Int(place.entry.next) {
            let entry = place.entries[at]
            if entry.next == mark || entry.next == 0, Self.isNamed(entry, place.bytes, name, count) { found = at &+ 1 }
            at = Int(place.entries[at &+ 1].next)
        }
        return found > 0 && place.entries[found].kind != .null ? JSONNode(self, found) : nil
    }

    /// Whether a name of the same mark, or of none, is this one.
    @inline(__always)
    private static func isNamed(_ key: Entry, _ bytes: UnsafeMutablePointer<UInt8>, _ name: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if key.kind == .escapedString { return text(key, bytes).utf8.elementsEqual(Bytes(start: name, count: count)) }
        return content(key, bytes).elementsEqual(Bytes(start: name, count: count))
    }
}

// Scalars.
extension JSONNode {
    /// The text of a string; nil for everything else.
    public var string: String? {
        guard let place, place.entry.kind == .string || place.entry.kind == .escapedString else { return nil }
        return Self.text(place.entry, place.bytes)
    }

    /// Whether it is a string of just these letters: what types and states are told by, without a string of theirs.
    public func says(_ word: StaticString) -> Bool {
        guard let place else { return false }
        let letters = Bytes(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return switch place.entry.kind {
        case .string: attune_json_says(place.entries + place.at, place.bytes, word.utf8Start, letters.count)
        case .escapedString: Self.text(place.entry, place.bytes).utf8.elementsEqual(letters)
        case .null, .yes, .no, .number, .array, .object: false
        }
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
    @inlinable
    public func withPlainBytes<R>(_ body: (Bytes) throws -> R) rethrows -> R? {
        guard let bytes = plainBytes else { return nil }
        return try body(bytes)
    }

    /// The bytes of `withPlainBytes`, valid as long as the node is.
    @inlinable
    public var plainBytes: Bytes? {
        guard let place else { return nil }
        return switch place.entry.kind {
        case .string: Self.content(place.entry, place.bytes)
        case .number, .yes, .no: Self.whole(place.entry, place.bytes)
        case .null, .escapedString, .array, .object: nil
        }
    }

    /// The UTF-8 of a string with its escapes undone; nil for everything else. For texts of which something else is made than a string.
    /// - Parameter body: must not keep the bytes.
    @inlinable
    public func withStringBytes<R>(_ body: (Bytes) throws -> R) rethrows -> R? {
        guard let (content, hasEscapes) = stringContent else { return nil }
        if !hasEscapes { return try body(content) }
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: content.count + 8) { room in
            try body(Bytes(rebasing: room[..<Self.unescape(content, into: room)]))
        }
    }

    /// What stands between the quotes.
    @usableFromInline
    var stringContent: (bytes: Bytes, hasEscapes: Bool)? {
        guard let place, place.entry.kind == .string || place.entry.kind == .escapedString else { return nil }
        return (Self.content(place.entry, place.bytes), place.entry.kind == .escapedString)
    }

    /// - Parameter room: eight bytes more than the content has: what is written never has more, but a word may overshoot while it is copied.
    /// - Returns: bytes written.
    @usableFromInline
    static func unescape(_ content: Bytes, into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let start = room.baseAddress else { return 0 }
        return JSONEscape.write(content, to: start) - start
    }

    /// The same value as a tree.
    public var tree: JSONValue {
        switch kind {
        case .null: .null
        case .bool: .bool(bool ?? false)
        case .number: .number(scalarText ?? "")
        case .string: .string(string ?? "")
        case .array: .array(items.map(\.tree))
        case .object: .object(memberTrees)
        }
    }

    private var memberTrees: [JSONValue.Member] {
        var trees = [JSONValue.Member]()
        forEachMember { trees.append(.init(String(copying: $0), $1.tree)) }
        return trees
    }

    /// With its quotes or brackets.
    @inlinable
    @inline(__always)
    static func whole(_ entry: Entry, _ bytes: UnsafeMutablePointer<UInt8>) -> Bytes {
        Bytes(start: bytes + Int(entry.start), count: Int(entry.end &- entry.start))
    }

    /// Between the quotes.
    @inlinable
    @inline(__always)
    static func content(_ entry: Entry, _ bytes: UnsafeMutablePointer<UInt8>) -> Bytes {
        Bytes(start: bytes + Int(entry.start) + 1, count: Int(entry.end &- entry.start) &- 2)
    }

    @usableFromInline
    static func text(_ entry: Entry, _ bytes: UnsafeMutablePointer<UInt8>) -> String {
        let content = content(entry, bytes)
        if entry.kind == .string { return String(copying: content) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: content.count + 8) { room in
            String(copying: Bytes(rebasing: room[..<unescape(content, into: room)]))
        }
    }
}
