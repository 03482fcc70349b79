import AttuneCore

/// The fields of the names that records had last: the next record nearly always has the same, and comparing two words with those of a name costs
/// less than folding it.
struct RecentNames {
    private struct Entry {
        /// The name's bytes: all of them together with their number, of which there are sixteen at most. No number where there is none.
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var count = 0
        var known: (field: FieldName, rank: Int)?
    }

    private let names = FieldNameTable.standard
    /// A name is at its place or one of the next few; when all are taken, another one gives way to it.
    private var entries = Array(repeating: Entry(), count: Self.places + Self.tries + 1)
    private static let places = 64
    private static let tries = 4

    /// Calls `body` with each member that has a name of a field.
    @inline(__always)
    mutating func withEach(of node: JSONNode, _ body: (_ known: (field: FieldName, rank: Int), _ value: JSONNode) -> Void) {
        let names = names
        entries.withUnsafeMutableBufferPointer { entries in
            node.forEachMember { key, value in
                if let known = Self.field(key, names, entries) { body(known, value) }
            }
        }
    }

    @inline(__always)
    private static func field(
        _ name: UnsafeBufferPointer<UInt8>, _ names: FieldNameTable, _ entries: UnsafeMutableBufferPointer<Entry>
    ) -> (field: FieldName, rank: Int)? {
        guard let (head, tail) = words(name) else { return names.field(name) }
        let hash = (head ^ tail &* 31 ^ UInt64(name.count)) &* 0x9E37_79B9_7F4A_7C15
        let first = Int(hash &>> 58)
        var place = first
        while entries[place].head != head || entries[place].tail != tail || entries[place].count != name.count {
            if entries[place].count == 0 || place == first &+ tries {
                if entries[place].count != 0 { place = first }
                entries[place] = Entry(head: head, tail: tail, count: name.count, known: names.field(name))
                break
            }
            place &+= 1
        }
        return entries[place].known
    }

    /// The first and the last bytes of a name, which overlap; nil for one that is empty or does not fit.
    @inline(__always)
    private static func words(_ name: UnsafeBufferPointer<UInt8>) -> (head: UInt64, tail: UInt64)? {
        guard let base = name.baseAddress, !name.isEmpty, name.count <= 16 else { return nil }
        let (raw, count) = (UnsafeRawPointer(base), name.count)
        if count >= 8 { return (raw.loadUnaligned(as: UInt64.self), (raw + count - 8).loadUnaligned(as: UInt64.self)) }
        if count >= 4 { return (UInt64(raw.loadUnaligned(as: UInt32.self)), UInt64((raw + count - 4).loadUnaligned(as: UInt32.self))) }
        return (UInt64(base[0]), UInt64(base[count / 2]) | UInt64(base[count - 1]) &<< 8)
    }
}
