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
    /// Values of the records, one behind the other; a record's are `values[starts[r]..<starts[r + 1]]`.
    private(set) var values: [Int32] = []
    private(set) var starts: [Int32] = [0]
    /// Records that have a value.
    private(set) var counts: [Int32] = []
    private var ends: [Int32] = []
    private var bytes: [UInt8] = []
    private(set) var known = 0

    /// - Parameter records: values of each record, normalised; empty ones count as none.
    init(name: String, kind: Kind, isShared: Bool = false, records: [[[UInt8]]]) {
        self.name = name
        self.kind = kind
        self.isShared = isShared
        var index: [[UInt8]: Int32] = [:]
        for items in records {
            for item in items where !item.isEmpty {
                let value = index[item] ?? Int32(counts.count)
                if value == counts.count {
                    index[item] = value
                    counts.append(0)
                    bytes += item
                    ends.append(Int32(bytes.count))
                }
                counts[Int(value)] += 1
                values.append(value)
            }
            if values.count > starts[starts.count - 1] { known += 1 }
            starts.append(Int32(values.count))
        }
    }

    var recordCount: Int { starts.count - 1 }

    func values(of record: Int) -> ArraySlice<Int32> { values[Int(starts[record])..<Int(starts[record + 1])] }

    var distinct: Int { counts.count }

    /// A record's values for people to read; of an overlap they are numbers of identifiers.
    func texts(of record: Int) -> [String] {
        guard kind != .overlap else { return ["\(values(of: record).count) identifiers"] }
        return withView { view in values(of: record).map { String(decoding: view.bytes(of: $0), as: UTF8.self) } }
    }

    /// The column's memory, for loops over pairs.
    struct View {
        fileprivate let values: UnsafeBufferPointer<Int32>
        fileprivate let starts: UnsafeBufferPointer<Int32>
        fileprivate let ends: UnsafeBufferPointer<Int32>
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        let counts: UnsafeBufferPointer<Int32>

        func values(of record: Int) -> UnsafeBufferPointer<Int32> {
            UnsafeBufferPointer(rebasing: values[Int(starts[record])..<Int(starts[record + 1])])
        }

        func bytes(of value: Int32) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[(value == 0 ? 0 : Int(ends[Int(value) - 1]))..<Int(ends[Int(value)])])
        }

        func isSame(as other: View) -> Bool { starts.baseAddress == other.starts.baseAddress }
    }

    func withView<R>(_ body: (View) -> R) -> R {
        values.withUnsafeBufferPointer { values in
            starts.withUnsafeBufferPointer { starts in
                ends.withUnsafeBufferPointer { ends in
                    bytes.withUnsafeBufferPointer { bytes in
                        counts.withUnsafeBufferPointer { counts in
                            body(View(values: values, starts: starts, ends: ends, bytes: bytes, counts: counts))
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
