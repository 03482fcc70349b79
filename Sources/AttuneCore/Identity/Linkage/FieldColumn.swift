/// One attribute of all records: distinct normalised values, and which record has which. A record may have several.
struct FieldColumn: Sendable {
    /// What a value is, which decides how two of them are compared.
    enum Kind: String, Sendable, CaseIterable {
        case givenName, surname, town, text, number, date, email, phone, category
        /// A value that is equal or says nothing: an order number two sightings mention.
        case mention
        /// A value of which a person has one: different ones are different people.
        case unique
        /// A set of values, of which all of the smaller one's (several or a single one), some or none are common.
        case overlap
    }

    let name: String
    let kind: Kind
    /// People of one household have it in common: surname, address.
    let isShared: Bool
    /// Values by record.
    private(set) var lists = Lists()
    /// The value of a record that has one; `none` or `several` for the others.
    private(set) var singles: [Int32] = []
    /// Records that have a value.
    private(set) var counts: [Int32] = []
    /// Records that have any value.
    private(set) var known = 0
    /// log2 of the share of records with a value that have this one.
    private(set) var rarity: [Double] = []
    /// Where the values' bytes are, and which of those strings each value is.
    private let table: ByteTable
    private var strings: [Int32] = []

    static let none: Int32 = -1
    static let several: Int32 = -2

    /// - Parameters:
    ///   - records: values of each record as strings of the table, each once.
    ///   - table: normalised values; it may hold others as well.
    init(name: String, kind: Kind, isShared: Bool = false, records: Lists, of table: ByteTable) {
        self.name = name
        self.kind = kind
        self.isShared = isShared
        self.table = table
        var place = [Int32](repeating: -1, count: table.count)
        singles.reserveCapacity(records.count)
        for r in 0..<records.count {
            var single = Self.none
            for i in records.range(r) {
                let string = records.items[i]
                var value = place[Int(string)]
                if value < 0 {
                    value = Int32(counts.count)
                    place[Int(string)] = value
                    counts.append(0)
                    strings.append(string)
                }
                counts[Int(value)] += 1
                lists.append(value)
                single = single == Self.none ? value : Self.several
            }
            if single != Self.none { known += 1 }
            singles.append(single)
            lists.endList()
        }
        rarity = usesRarity ? counts.map { Bits.log2(Double($0) / Double(max(1, known))) } : []
    }

    /// - Parameter records: the value of each record, normalised; an empty one counts as none.
    init(name: String, kind: Kind, isShared: Bool = false, records: [[UInt8]]) {
        var table = ByteTable()
        var lists = Lists()
        for value in records {
            if !value.isEmpty, let string = table.intern(value) { lists.append(string) }
            lists.endList()
        }
        self.init(name: name, kind: kind, isShared: isShared, records: lists, of: table)
    }

    var recordCount: Int { lists.count }

    func values(of record: Int) -> ArraySlice<Int32> { lists[record] }

    var distinct: Int { counts.count }

    /// What households have in common, and what links relatives as it links one person.
    var isOfKin: Bool { isShared || kind == .mention || kind == .overlap }

    /// Agreement is weighed by the value's own frequency.
    var usesRarity: Bool { kind != .overlap && distinct > 2 }

    /// A record's values for people to read.
    func texts(of record: Int) -> [String] { values(of: record).map { table.text(of: strings[Int($0)]) } }

    /// The column's memory, for loops over pairs.
    struct View {
        fileprivate let values: UnsafeBufferPointer<Int32>
        fileprivate let starts: UnsafeBufferPointer<Int32>
        fileprivate let strings: UnsafeBufferPointer<Int32>
        fileprivate let entries: UnsafeBufferPointer<ByteTable.Entry>
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        let counts: UnsafeBufferPointer<Int32>
        /// As `FieldColumn.singles`.
        let singles: UnsafeBufferPointer<Int32>

        @inline(__always)
        func values(of record: Int) -> UnsafeBufferPointer<Int32> {
            UnsafeBufferPointer(rebasing: values[Int(starts[record])..<Int(starts[record + 1])])
        }

        func bytes(of value: Int32) -> UnsafeBufferPointer<UInt8> {
            let string = Int(strings[Int(value)])
            return UnsafeBufferPointer(rebasing: bytes[(string == 0 ? 0 : Int(entries[string - 1].end))..<Int(entries[string].end)])
        }

        func isSame(as other: View) -> Bool { starts.baseAddress == other.starts.baseAddress }
    }

    func withView<R>(_ body: (View) -> R) -> R {
        lists.items.withUnsafeBufferPointer { values in
            lists.starts.withUnsafeBufferPointer { starts in
                strings.withUnsafeBufferPointer { strings in
                    singles.withUnsafeBufferPointer { singles in
                        counts.withUnsafeBufferPointer { counts in
                            table.withMemory { entries, bytes in
                                body(
                                    View(
                                        values: values, starts: starts, strings: strings, entries: entries, bytes: bytes, counts: counts,
                                        singles: singles))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Chance that two records that have a value have the same one.
    var coincidence: Double {
        guard known > 1 else { return 1 }
        var pairs = 0.0
        for c in counts { pairs += Double(c) * Double(c - 1) }
        return pairs / (Double(known) * Double(known - 1))
    }
}
