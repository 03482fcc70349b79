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

        /// What somebody is called and when they were born is their own and lasts; everything else households may share, and
        /// people get anew.
        var isPersonal: Bool { self == .givenName || self == .date }

        /// Different values are compared by what they are made of.
        var isLookedInto: Bool {
            switch self {
            case .mention, .unique, .overlap: false
            default: true
            }
        }

        /// There are many more values than a small table shows.
        var isWorldwide: Bool {
            switch self {
            case .givenName, .surname, .number, .date, .email, .phone: true
            default: false
            }
        }
    }

    let name: String
    let kind: Kind
    /// People of one household may have it in common: surname, address, telephone.
    let isShared: Bool
    /// Records of the world beside a table's: of its few rows it says more than they do. Zero for evidence that stands for itself.
    let world: Double
    /// The value of each record that has one, `none`, or below that the number of its list among `several`: -2 is the first.
    private(set) var singles: [Int32] = []
    /// Values of the records that have several.
    private var several = Lists()
    /// Records whose first value was written often enough to be no slip; empty where that is not asked for.
    private var settled: [Bool] = []
    /// Records that have a value.
    private(set) var counts: [Int32] = []
    /// Records that have any value.
    private(set) var known = 0
    /// log2 of the share of the other records with a value that have this one.
    private(set) var rarity: [Double] = []
    /// Where the values' bytes are, and which of those strings each value is.
    private let table: ByteTable
    private var strings: [Int32] = []
    /// Letters of each value, as `Similarity.letters` tells them; of words only.
    private var letters: [UInt64] = []
    /// Number of each value in a table of nicknames, -1 where it is not in it; of names only.
    private var nicknames: [Int32] = []

    static let none: Int32 = -1

    @inline(__always)
    fileprivate static func list(_ single: Int32) -> Int { -2 - Int(single) }

    /// - Parameters:
    ///   - records: values of each record as strings of the table, each once.
    ///   - table: normalised values; it may hold others as well.
    init(name: String, kind: Kind, isShared: Bool = false, world: Double = 0, records: Lists, of table: ByteTable) {
        var builder = Builder(name: name, kind: kind, isShared: isShared, world: world, of: table)
        for r in 0..<records.count {
            for i in records.range(r) { builder.append(records.items[i]) }
            builder.endRecord()
        }
        self = builder.finished()
    }

    /// Takes the values of record after record.
    struct Builder {
        private var column: FieldColumn
        private let keepsTexts: Bool
        /// Value of each string of the table.
        private var place: [Int32]
        private var record: [Int32] = []

        /// - Parameter table: the strings; it may hold others as well.
        init(name: String, kind: Kind, isShared: Bool = false, world: Double = 0, of table: ByteTable) {
            column = FieldColumn(name: name, kind: kind, isShared: isShared, world: world, table: table)
            keepsTexts = true
            place = [Int32](repeating: -1, count: table.count)
        }

        /// For values of a kind that is never looked into and that nobody asks for: all that is known of them is which is which.
        ///
        /// - Parameter numbers: how many there may be.
        init(name: String, kind: Kind, numbers: Int) {
            column = FieldColumn(name: name, kind: kind, isShared: false, world: 0, table: ByteTable())
            keepsTexts = false
            place = [Int32](repeating: -1, count: numbers)
        }

        /// Adds a string of the table to the record's values; each once.
        mutating func append(_ string: Int32) {
            var value = place[Int(string)]
            if value < 0 {
                value = Int32(column.counts.count)
                place[Int(string)] = value
                column.counts.append(0)
                if keepsTexts { column.strings.append(string) }
            }
            column.counts[Int(value)] += 1
            record.append(value)
        }

        /// - Parameter isSettled: the first value was seen often enough to be no slip; nil where nobody asks.
        mutating func endRecord(isSettled: Bool? = nil) {
            if let isSettled { column.settled.append(isSettled) }
            if record.count > 1 {
                column.singles.append(-2 - Int32(column.several.count))
                for value in record { column.several.append(value) }
                column.several.endList()
            } else {
                column.singles.append(record.first ?? FieldColumn.none)
            }
            if !record.isEmpty { column.known += 1 }
            record.removeAll(keepingCapacity: true)
        }

        func finished() -> FieldColumn {
            var column = column
            if keepsTexts, Comparison(kind: column.kind).comparesLetters {
                column.letters = column.strings.map { column.table.withBytes(of: $0, Similarity.letters) }
            }
            // In a table beside the one record, not counting it.
            if column.usesRarity {
                let (world, total) = (column.world, column.total)
                column.rarity = column.counts.map { Bits.log2((world > 0 ? max(Double($0) - 1, 0.5) : Double($0)) / total) }
            }
            return column
        }
    }

    private init(name: String, kind: Kind, isShared: Bool, world: Double, table: ByteTable) {
        (self.name, self.kind, self.isShared, self.world, self.table) = (name, kind, isShared, world, table)
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

    var recordCount: Int { singles.count }

    /// The column with its values looked up, so that comparing two of them needs no search.
    func numbered(by nicknames: Nicknames) -> FieldColumn {
        var column = self
        column.nicknames = strings.map { string in table.withBytes(of: string) { nicknames.number(of: $0) } }
        return column
    }

    func values(of record: Int) -> ArraySlice<Int32> {
        let single = singles[record]
        if single == Self.none { return [] }
        return single >= 0 ? singles[record...record] : several[Self.list(single)]
    }

    /// Lists of the values of records that have several: list i is `values[starts[i]..<starts[i + 1]]`.
    func withSeveral<Result>(_ body: (_ starts: UnsafeBufferPointer<Int32>, _ values: UnsafeBufferPointer<Int32>) -> Result) -> Result {
        several.starts.withUnsafeBufferPointer { starts in several.items.withUnsafeBufferPointer { body(starts, $0) } }
    }

    /// Whether a value is a single letter.
    func isLetter(_ value: Int32) -> Bool { table.withBytes(of: strings[Int(value)]) { $0.count == 1 } }

    /// The first value of a record.
    func first(of record: Int) -> Int32? {
        let single = singles[record]
        return single >= 0 ? single : single == Self.none ? nil : several.items[several.range(Self.list(single)).lowerBound]
    }

    var distinct: Int { counts.count }

    /// What households have in common, and what links relatives as it links one person.
    var isOfKin: Bool { isShared || kind == .mention || kind == .overlap }

    /// Agreement is weighed by the value's own frequency.
    var usesRarity: Bool { kind != .overlap && (distinct > 2 || world > 0 && kind.isWorldwide) }

    /// Whether it can tell records apart: a category that has one value cannot.
    var isTelling: Bool { distinct > 1 || distinct == 1 && world > 0 && kind.isWorldwide }

    /// Counts of every value's frequency what its owners' own records do not add to it: a stranger's chance to have it is what others
    /// have of it.
    ///
    /// - Parameters:
    ///   - own: further records of its owner that have a value as well, on average.
    ///   - foreign: share of the pairs with equal values that are strangers'; it is kept.
    mutating func discount(own: Double, foreign: Double) {
        guard usesRarity, foreign < 1 else { return }
        let others = counts.map { max(Double($0) - 1 - own, Self.leastOthers * Double(max(1, $0 - 1))) }
        let (all, left) = zip(counts, others).reduce((0.0, 0.0)) { ($0.0 + Double($1.0) * Double($1.0 - 1), $0.1 + Double($1.0) * $1.1) }
        let scale = left > 0 ? foreign * all / left : 1
        rarity = zip(counts, others).map { Bits.log2(min(Double($0), max(scale * $1, Self.leastRecords)) / total) }
    }

    /// Records that a value's share is of. Beyond the table there is a world in which names, dates and addresses are many: of a
    /// handful of records it tells more than they do.
    private var total: Double {
        kind.isWorldwide && world > 0 ? Double(known) + world : Double(max(1, known))
    }

    /// Of the records with a value beside one, the least share that is somebody else's; and the least part of a record.
    private static let leastOthers = 0.05
    private static let leastRecords = 0.05

    /// A record's values for people to read.
    func texts(of record: Int) -> [String] { values(of: record).map { table.text(of: strings[Int($0)]) } }

    /// log2 of the share of the rarest value that two records have in common; 0 for none.
    func rarity(_ view: View, _ a: Int, _ b: Int) -> Double {
        let (p, q) = (view.singles[a], view.singles[b])
        if p >= 0, q >= 0 { return p == q ? rarity[Int(p)] : 0 }
        var best: Int32 = -1
        for x in view.values(of: a) {
            for y in view.values(of: b) where x == y && (best < 0 || view.counts[Int(x)] < view.counts[Int(best)]) { best = x }
        }
        return best < 0 ? 0 : rarity[Int(best)]
    }

    /// The column's memory, for loops over pairs.
    struct View {
        fileprivate let values: UnsafeBufferPointer<Int32>
        fileprivate let starts: UnsafeBufferPointer<Int32>
        fileprivate let strings: UnsafeBufferPointer<Int32>
        fileprivate let entries: UnsafeBufferPointer<ByteTable.Entry>
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        let counts: UnsafeBufferPointer<Int32>
        /// As `FieldColumn.letters`.
        let letters: UnsafeBufferPointer<UInt64>
        /// As `FieldColumn.nicknames`.
        let nicknames: UnsafeBufferPointer<Int32>
        /// As `FieldColumn.singles`.
        let singles: UnsafeBufferPointer<Int32>
        fileprivate let settled: UnsafeBufferPointer<Bool>

        func isSettled(_ record: Int) -> Bool { !settled.isEmpty && settled[record] }

        @inline(__always)
        func values(of record: Int) -> UnsafeBufferPointer<Int32> {
            let single = singles[record]
            if single >= 0 { return UnsafeBufferPointer(rebasing: singles[record...record]) }
            if single == FieldColumn.none { return UnsafeBufferPointer(rebasing: values[0..<0]) }
            let list = FieldColumn.list(single)
            return UnsafeBufferPointer(rebasing: values[Int(starts[list])..<Int(starts[list + 1])])
        }

        func bytes(of value: Int32) -> UnsafeBufferPointer<UInt8> {
            let string = Int(strings[Int(value)])
            return UnsafeBufferPointer(rebasing: bytes[(string == 0 ? 0 : Int(entries[string - 1].end))..<Int(entries[string].end)])
        }

        func isSame(as other: View) -> Bool { singles.baseAddress == other.singles.baseAddress }
    }

    func withView<R>(_ body: (View) -> R) -> R {
        several.items.withUnsafeBufferPointer { values in
            several.starts.withUnsafeBufferPointer { starts in
                strings.withUnsafeBufferPointer { strings in
                    singles.withUnsafeBufferPointer { singles in
                        counts.withUnsafeBufferPointer { counts in
                            letters.withUnsafeBufferPointer { letters in
                                nicknames.withUnsafeBufferPointer { nicknames in
                                    settled.withUnsafeBufferPointer { settled in
                                        table.withMemory { entries, bytes in
                                            body(
                                                View(
                                                    values: values, starts: starts, strings: strings, entries: entries, bytes: bytes,
                                                    counts: counts, letters: letters, nicknames: nicknames, singles: singles,
                                                    settled: settled))
                                        }
                                    }
                                }
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
