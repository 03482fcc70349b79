/// A file of head groups: what `attune train` writes and the shipped pack is.
///
///     0   magic "ATTUNE\0M"      8   version u32      12  number of groups u32
///     16  length of the file u64 24  checksum u64 of everything but itself
///     32  for each group: offset u64, length u64 of its section; then the card's offset and length
///     …   sections, each on a multiple of 64 bytes; in a group the table comes first, then what describes it
///
/// All integers are little-endian. Tables are used where they lie: a mapped file is not copied.
public struct ModelFile: Sendable {
    public let groups: [LinearHeads]
    /// Free text: what the model was trained on, licences, scores.
    public let card: String
    /// The checksum, which names the model in results.
    public let hash: UInt64

    static let magic: [UInt8] = Array("ATTUNE\0M".utf8)
    static let version: UInt32 = 1
    static let headerCount = 32
    /// More groups than any model needs; a bound for what a damaged count may ask for.
    static let mostGroups = 64

    public func group(_ name: String) -> LinearHeads? { groups.first { $0.name == name } }

    public init(groups: [LinearHeads], card: String) {
        self.groups = groups
        self.card = card
        let bytes = ModelWriter.bytes(groups: groups, card: card)
        hash = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self).littleEndian }
    }

    /// Reads a copy of the bytes.
    public init(bytes: [UInt8]) throws(ModelError) {
        try self.init(storage: ModelStorage(copying: bytes))
    }

    /// Reads a file where it lies.
    /// - Throws: `ModelError` for anything that is not a whole, undamaged file of this version.
    public init(storage: ModelStorage) throws(ModelError) { try self.init(storage: storage, isVerified: false) }

    /// - Parameter isVerified: another checksum covers the file, and was right.
    init(storage: ModelStorage, isVerified: Bool) throws(ModelError) {
        let bytes = storage.bytes
        guard bytes.count >= Self.headerCount, bytes.prefix(8).elementsEqual(Self.magic) else { throw .foreign }
        let version = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian
        guard version == Self.version else { throw .version(found: version, expected: Self.version) }
        let length = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self).littleEndian
        guard length == UInt64(bytes.count) else { throw .length(found: bytes.count, expected: Int(clamping: length)) }
        let checksum = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self).littleEndian
        guard isVerified || checksum == Self.checksum(bytes) else { throw .corrupt }
        let count = Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self).littleEndian)
        guard count <= Self.mostGroups, bytes.count >= Self.headerCount + (count + 1) * 16 else { throw .invalid("group count") }
        var groups: [LinearHeads] = []
        for index in 0..<count { groups.append(try ModelSection.read(try Self.section(index, bytes), storage)) }
        self.groups = groups
        let text = try Self.section(count, bytes)
        card = String(decoding: bytes[text], as: UTF8.self)
        hash = checksum
    }

    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let head = Checksum64.of(UnsafeRawBufferPointer(rebasing: bytes[..<24]))
        let body = Checksum64.of(UnsafeRawBufferPointer(rebasing: bytes[headerCount...]))
        return StableHash.pair(head, body)
    }

    private static func section(_ index: Int, _ bytes: UnsafeRawBufferPointer) throws(ModelError) -> Range<Int> {
        let at = headerCount + index * 16
        let offset = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
        let length = bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self).littleEndian
        let (end, overflow) = offset.addingReportingOverflow(length)
        guard !overflow, end <= UInt64(bytes.count) else { throw .invalid("section outside the file") }
        return Int(offset)..<Int(end)
    }

    /// The file's bytes.
    public func serialized() -> [UInt8] { ModelWriter.bytes(groups: groups, card: card) }
}
