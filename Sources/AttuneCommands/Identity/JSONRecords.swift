import AttuneConnectors
import AttuneCore

/// Records of JSON: messages with identifiers, or rows of a table.
struct JSONRecords {
    private var reader: SightingRecord
    private var log = EvidenceLog()
    private var flat = FlatRecords()

    init(_ configuration: ResolveConfiguration) {
        reader = SightingRecord(kinds: configuration.identifiers, region: configuration.region)
    }

    var count: Int { log.count + flat.count }

    mutating func append(_ record: JSONNode) throws(Rejection) {
        guard record.kind == .object else { throw Rejection(reason: "a record has to be an object, {\"id\": …}") }
        if SightingRecord.isSighting(record) { return try reader.append(record, to: &log) }
        guard log.count == 0 else { throw Rejection(reason: Self.missing) }
        try flat.append(record)
    }

    private static let missing = "the record has no object \"ids\": give it one, empty where nothing is known"
    /// Of so many records one may be left out; where more cannot be used, something is wrong with all of them.
    private static let usableShare = 10

    /// What was read.
    /// - Parameters:
    ///   - name: of the file.
    ///   - leaveOut: told of records that were read but cannot be used, and why.
    mutating func input(_ name: String, leaveOut: (_ reason: String) throws -> Void) throws -> ResolveInput {
        if flat.count > 0, log.count > 0 {
            guard flat.count * Self.usableShare <= log.count else {
                throw CommandFailure("\(name): some records have \"ids\" and some do not: give each an object \"ids\", empty where nothing is known")
            }
            for _ in 0..<flat.count { try leaveOut(Self.missing) }
            flat = FlatRecords()
        }
        if flat.count > 0 { return .table(headers: flat.headers, rows: flat.rows) }
        let repetitions = log.ids.repetitions()
        if let first = repetitions.first {
            guard repetitions.count * Self.usableShare <= log.count else {
                throw CommandFailure(
                    "\(name): more than one record has the id \"\(log.id(of: first))\", so the answer could not tell them apart: give each its own")
            }
            for place in repetitions { try leaveOut("the id \"\(log.id(of: place))\" is that of a record before: only the first is taken") }
            let repeated = Set(repetitions)
            log = EvidenceLog((0..<log.count).lazy.filter { !repeated.contains($0) }.map { [log] in log.sighting(at: $0) })
        }
        log.finishReading()
        defer { log = EvidenceLog() }
        return .sightings(log)
    }
}

/// JSON records without identifiers of their own, as a table of their members; members of an object within one are `outer.inner`.
private struct FlatRecords {
    private(set) var headers: [String] = []
    private var place: [String: Int] = [:]
    /// Cells of all records, as places of columns and texts, one record behind the other.
    private var columns: [Int32] = []
    private var texts: [String] = []
    private var ends: [Int] = []

    /// Different members records may have.
    private static let columnLimit = 1000
    /// Objects within objects that are looked into.
    private static let depthLimit = 8

    var count: Int { ends.count }

    mutating func append(_ record: JSONNode) throws(Rejection) {
        add(record, "", Self.depthLimit)
        guard headers.count <= Self.columnLimit else {
            throw Rejection(reason: "the records have more than \(Self.columnLimit) different members: leave out what does not tell who they are")
        }
        ends.append(columns.count)
    }

    private mutating func add(_ object: JSONNode, _ prefix: String, _ depth: Int) {
        for member in object.members {
            let name = prefix + member.key
            if member.value.kind == .object {
                if depth > 0 { add(member.value, name + ".", depth - 1) }
            } else if let text = (member.value.kind == .array ? member.value.items.first : member.value)?.scalarText {
                put(name, text)
            }
        }
    }

    private mutating func put(_ name: String, _ text: String) {
        let column = place[name] ?? headers.count
        if column == headers.count {
            guard headers.count <= Self.columnLimit else { return }
            place[name] = column
            headers.append(name)
        }
        columns.append(Int32(column))
        texts.append(text)
    }

    var rows: RecordRows {
        var rows = RecordRows(width: headers.count)
        var start = 0
        for end in ends {
            var row = [String](repeating: "", count: headers.count)
            for i in start..<end { row[Int(columns[i])] = texts[i] }
            rows.append(row)
            start = end
        }
        return rows
    }
}
