/// The file of a pack: lexicons and heads in one piece that is mapped and used where it lies.
///
///     0   magic "ATTUNE\0P"      8   version u32      12  byte order mark u32
///     16  length of the file u64 24  checksum u64 of everything but itself
///     32  engine u64, see `engine`  40  number of sections u64   48  0
///     64  for each section: its `PackSection` u32, size of an element u32, offset u64, length u64
///     …   sections, each on a multiple of 64 bytes; the file's length is one, too
///
/// Integers stand as the machine has them; the mark tells which way round that is (little-endian nearly everywhere).
enum PackFormat {
    static let magic: [UInt8] = Array("ATTUNE\0P".utf8)
    static let version: UInt32 = 1
    static let byteOrderMark: UInt32 = 0x0102_0304
    static let headerCount = 64
    static let recordCount = 24
    static let alignment = 64
    /// More sections than any version has; a bound for what a damaged count may ask for.
    static let mostSections = 64

    /// Raised when a change of the tokeniser, of folding or of what is stored makes terms into other words or tables than before.
    private static let generation: UInt8 = 1

    /// Names what the tables mean beyond their layout: kinds and labels by their order, limits of phrases, generation.
    static let engine: UInt64 = {
        var state = Vocabulary.hash(Vocabulary.seed, generation)
        for kind in LexiconEntry.Kind.allCases {
            for text in [kind.rawValue] + kind.labels {
                for byte in text.utf8 { state = Vocabulary.hash(state, byte) }
                state = Vocabulary.hash(state, 0x0A)
            }
        }
        for limit in [LexiconParser.mostWords, LexiconParser.shortestPrefix, PhraseTrie.longestPrefix] {
            state = Vocabulary.hash(state, UInt8(truncatingIfNeeded: limit))
        }
        return StableHash.finish(state)
    }()

    /// Finds the sections of a file and checks header, length, checksum and where the sections lie; not what is in them.
    static func read(_ storage: ModelStorage) throws(PackError) -> PackSections {
        let bytes = storage.bytes
        guard bytes.count >= headerCount, bytes.prefix(8).elementsEqual(magic) else { throw .foreign }
        let mark = bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
        guard mark == byteOrderMark else { throw mark == byteOrderMark.byteSwapped ? .byteOrder : .corrupt }
        let version = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard version == Self.version else { throw .version(found: version, expected: Self.version) }
        let length = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        guard length == UInt64(bytes.count) else { throw .length(found: bytes.count, expected: Int(clamping: length)) }
        guard bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self) == PackChecksum.of(bytes) else { throw .corrupt }
        guard Int(bitPattern: storage.base) % alignment == 0 else { throw .invalid("its memory does not begin on a multiple of \(alignment)") }
        let count = bytes.loadUnaligned(fromByteOffset: 40, as: UInt64.self)
        guard count <= UInt64(mostSections), bytes.count >= headerCount + Int(count) * recordCount else { throw .invalid("number of sections") }
        var sections = PackSections(storage: storage)
        var seen: UInt64 = 0
        for index in 0..<Int(count) {
            let (section, range) = try record(at: headerCount + index * recordCount, bytes)
            let bit = UInt64(1) << UInt64(section.rawValue)
            guard seen & bit == 0 else { throw .invalid("section \(section) twice") }
            seen |= bit
            sections[section] = range
        }
        return sections
    }

    /// Whether the tables mean to this engine what they meant to the one that wrote them.
    static func isOfThisEngine(_ storage: ModelStorage) -> Bool {
        storage.bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self) == engine
    }

    private static func record(at place: Int, _ bytes: UnsafeRawBufferPointer) throws(PackError) -> (PackSection, Range<Int>) {
        let number = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
        guard let section = PackSection(rawValue: number) else { throw .invalid("unknown section \(number)") }
        let size = bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
        let offset = bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)
        let length = bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self)
        let (end, overflow) = offset.addingReportingOverflow(length)
        guard !overflow, end <= UInt64(bytes.count), offset % UInt64(alignment) == 0 else { throw .invalid("place of section \(section)") }
        guard Int(size) == section.elementSize, Int(length) % section.elementSize == 0 else { throw .invalid("size of section \(section)") }
        return (section, Int(offset)..<Int(end))
    }

    static func lay(_ parts: [(section: PackSection, bytes: [UInt8])]) -> PackSections {
        // One piece behind the other first, so that all of them stand still while they are copied.
        let starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.bytes.count) }
        return parts.flatMap(\.bytes).withUnsafeBytes { all in
            lay(parts.indices.map { (parts[$0].section, UnsafeRawBufferPointer(rebasing: all[starts[$0]..<starts[$0 + 1]])) })
        }
    }

    /// Lays sections out as one file, in memory that is aligned as a mapped one.
    static func lay(_ parts: [(section: PackSection, bytes: UnsafeRawBufferPointer)]) -> PackSections {
        var end = headerCount + parts.count * recordCount
        var ranges: [Range<Int>] = []
        for part in parts {
            let start = (end + alignment - 1) / alignment * alignment
            end = start + part.bytes.count
            ranges.append(start..<end)
        }
        end = (end + alignment - 1) / alignment * alignment
        let storage = ModelStorage(byteCount: end) { memory in
            memory.copyBytes(from: magic)
            memory.storeBytes(of: version, toByteOffset: 8, as: UInt32.self)
            memory.storeBytes(of: byteOrderMark, toByteOffset: 12, as: UInt32.self)
            memory.storeBytes(of: UInt64(end), toByteOffset: 16, as: UInt64.self)
            memory.storeBytes(of: engine, toByteOffset: 32, as: UInt64.self)
            memory.storeBytes(of: UInt64(parts.count), toByteOffset: 40, as: UInt64.self)
            for (index, part) in parts.enumerated() {
                let place = headerCount + index * recordCount
                memory.storeBytes(of: part.section.rawValue, toByteOffset: place, as: UInt32.self)
                memory.storeBytes(of: UInt32(part.section.elementSize), toByteOffset: place + 4, as: UInt32.self)
                memory.storeBytes(of: UInt64(ranges[index].lowerBound), toByteOffset: place + 8, as: UInt64.self)
                memory.storeBytes(of: UInt64(ranges[index].count), toByteOffset: place + 16, as: UInt64.self)
                UnsafeMutableRawBufferPointer(rebasing: memory[ranges[index]]).copyMemory(from: part.bytes)
            }
            memory.storeBytes(of: PackChecksum.of(UnsafeRawBufferPointer(memory)), toByteOffset: 24, as: UInt64.self)
        }
        var sections = PackSections(storage: storage)
        for (part, range) in zip(parts, ranges) { sections[part.section] = range }
        return sections
    }
}
