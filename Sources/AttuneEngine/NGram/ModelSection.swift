/// One group of heads as bytes: the table, then a description.
///
/// Description: name, link u8, tableBits u8, wordOrder + 4 · pairDistance u8, minimum u8, maximum u8, symbols + 2 · distinct u8, dense u8, tables u8, label count u32,
/// labels, scale, bias, threshold (f32 each), dense feature names, dense weights (f32), reject flag u8 [label, f32].
/// `tables` is 0 without a table, 1 with one, and else the bits of the fine table that stands behind it.
/// A string is its length as u32 and its UTF-8 bytes.
enum ModelSection {
    /// A bound for labels and names that a malformed file may ask for.
    private static let mostLabels = 4096
    private static let longestName = 1024

    static func write(_ heads: LinearHeads, into bytes: inout [UInt8]) {
        if let table = heads.table {
            let raw = UnsafeRawBufferPointer(start: table, count: heads.tableBytes)
            bytes.append(contentsOf: raw)
        }
        var writer = ByteWriter()
        writer.string(heads.name)
        let c = heads.configuration
        let facts = [
            Int(heads.link.rawValue), c.tableBits, c.wordOrder | c.pairDistance << 2, c.minimumCharacters, c.maximumCharacters,
            (c.symbols ? 1 : 0) | (c.distinct ? 2 : 0), c.dense ? 1 : 0,
            heads.table == nil ? 0 : max(1, c.fineBits),
        ]
        for fact in facts { writer.bytes.append(UInt8(truncatingIfNeeded: fact)) }
        writer.integer(UInt32(heads.labels.count))
        for label in heads.labels { writer.string(label) }
        writer.floats(heads.scale)
        writer.floats(heads.bias)
        writer.floats(heads.threshold)
        writer.string(c.dense ? denseNames : "")
        writer.floats(heads.dense)
        writer.bytes.append(heads.reject == nil ? 0 : 1)
        if let reject = heads.reject {
            writer.string(reject.label)
            writer.floats([reject.minimumProbability])
        }
        bytes.append(contentsOf: writer.bytes)
        // The description's length closes the section, so that a reader finds where the table ends.
        var tail = ByteWriter()
        tail.integer(UInt32(writer.bytes.count))
        bytes.append(contentsOf: tail.bytes)
    }

    static func read(_ range: Range<Int>, _ storage: ModelStorage) throws(ModelError) -> LinearHeads {
        let bytes = storage.bytes
        guard range.count >= 4 else { throw .invalid("short section") }
        let size = Int(bytes.loadUnaligned(fromByteOffset: range.upperBound - 4, as: UInt32.self).littleEndian)
        guard size <= range.count - 4 else { throw .invalid("description length") }
        let tableEnd = range.upperBound - 4 - size
        var reader = ByteReader(bytes: bytes, at: tableEnd, end: range.upperBound - 4)
        let name = try reader.string(longest: longestName)
        var facts: [Int] = []
        for _ in 0..<8 { facts.append(Int(try reader.byte())) }
        var configuration = FeatureConfiguration(
            tableBits: facts[1], wordOrder: facts[2] & 3, minimumCharacters: facts[3], maximumCharacters: facts[4])
        configuration.pairDistance = facts[2] >> 2
        configuration.symbols = facts[5] & 1 != 0
        configuration.distinct = facts[5] & 2 != 0
        configuration.dense = facts[6] != 0
        configuration.fineBits = facts[7] > 1 ? facts[7] : 0
        guard let link = LinearHeads.Link(rawValue: UInt8(facts[0])), configuration.isValid else { throw .invalid("features of \(name)") }
        let count = Int(try reader.integer())
        guard count > 0, count <= mostLabels else { throw .invalid("labels of \(name)") }
        var labels: [String] = []
        for _ in 0..<count { labels.append(try reader.string(longest: longestName)) }
        let lanes = LinearHeads.lanes(for: count)
        let hasTable = facts[7] != 0
        let start = hasTable ? bytes.baseAddress?.advanced(by: range.lowerBound).assumingMemoryBound(to: Int8.self) : nil
        let scale = try reader.floats(count)
        let bias = try reader.floats(count)
        let threshold = try reader.floats(count)
        let names = try reader.string(longest: 1 << 14)
        guard names == (configuration.dense ? denseNames : "") else { throw .incompatible("lexicon features of \(name)") }
        let dense = try reader.floats(configuration.dense ? count * DenseFeature.allCases.count : 0)
        var reject: LinearHeads.Rejection?
        if try reader.byte() != 0 {
            reject = .init(label: try reader.string(longest: longestName), minimumProbability: try reader.floats(1)[0])
        }
        let heads = LinearHeads(
            name: name, labels: labels, link: link, configuration: configuration, lanes: lanes, table: start, storage: storage, scale: scale,
            bias: bias, threshold: threshold, dense: dense, reject: reject)
        guard tableEnd - range.lowerBound == heads.tableBytes, heads.isShared(0) || count >= LinearHeads.fineHeads else {
            throw .invalid("table of \(name)")
        }
        return heads
    }

    private static let denseNames = DenseFeature.allCases.map { "\($0)" }.joined(separator: " ")
}

struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func integer<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func string(_ text: String) {
        integer(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func floats(_ values: [Float]) { for value in values { integer(value.bitPattern) } }
}

/// Reads what `ByteWriter` wrote; every read is checked against the end.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    var at: Int
    let end: Int

    private mutating func take(_ count: Int) throws(ModelError) -> Int {
        guard count >= 0, count <= end - at else { throw .invalid("short description") }
        defer { at += count }
        return at
    }

    mutating func byte() throws(ModelError) -> UInt8 { bytes[try take(1)] }

    mutating func integer() throws(ModelError) -> UInt32 {
        bytes.loadUnaligned(fromByteOffset: try take(4), as: UInt32.self).littleEndian
    }

    mutating func string(longest: Int) throws(ModelError) -> String {
        let count = Int(try integer())
        guard count <= longest else { throw .invalid("long text") }
        let start = try take(count)
        return String(decoding: bytes[start..<start + count], as: UTF8.self)
    }

    /// Refuses numbers that are not finite: they would make every score not a number.
    mutating func floats(_ count: Int) throws(ModelError) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(min(count, 1 << 16))
        for _ in 0..<count {
            let value = Float(bitPattern: try integer())
            guard value.isFinite else { throw .invalid("number") }
            values.append(value)
        }
        return values
    }
}
