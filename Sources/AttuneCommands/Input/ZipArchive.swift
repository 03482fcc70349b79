import CGzip

/// A zip file in memory: what is in it, by its central directory, and the contents. Reads stored and deflated entries and
/// zip64; no encryption.
struct ZipArchive {
    struct Entry: Hashable {
        /// Path with `/` between folders.
        var name: String
        var size: Int
        var compressedSize: Int
        fileprivate var method: Int
        fileprivate var crc: UInt32
        fileprivate var isEncrypted: Bool
        /// Where its local header begins.
        fileprivate var offset: Int

        var isFolder: Bool { name.hasSuffix("/") }
        var baseName: Substring { name.split(separator: "/").last ?? "" }
    }

    enum Failure: Error, Hashable, CustomStringConvertible {
        /// No central directory: it is no zip file, or its end is missing.
        case noDirectory
        /// The directory or a header points outside the file or contradicts itself.
        case damaged
        case encrypted
        /// Neither stored nor deflated.
        case unknownMethod
        case tooLarge(limit: Int)
        case tooManyEntries

        var description: String {
            switch self {
            case .noDirectory: "its end is missing: it was cut, copy it again"
            case .damaged: "its data is damaged: copy it again"
            case .encrypted: "it is encrypted: unpack it and name the file to read"
            case .unknownMethod: "it is compressed by a method that is not known: unpack it and name the file to read"
            case .tooLarge(let limit): "the text in it is larger than \(limit >> 20) MiB"
            case .tooManyEntries: "it holds more than \(ZipArchive.entryLimit) files: unpack it and name the file to read"
            }
        }
    }

    private let bytes: UnsafeRawBufferPointer
    let entries: [Entry]

    /// Bytes of an entry when inflated: what a chat export may have, and no bomb.
    static let contentLimit = 512 << 20
    /// Entries of an archive: a chat of years has some ten thousand pictures.
    static let entryLimit = 1 << 18

    /// - Parameter bytes: the whole file; must live as long as this value.
    init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        self.bytes = bytes
        entries = try ZipDirectory(bytes).entries()
    }

    /// Entries that are files, without those that macOS adds.
    var files: [Entry] { entries.filter { !$0.isFolder && !$0.name.hasPrefix("__MACOSX/") && !$0.baseName.hasPrefix("._") } }

    /// The entry with the text of an export: `_chat.txt`, else the largest `.txt`, else the only file there is.
    var textEntry: Entry? {
        let files = files
        let texts = files.filter { $0.name.lowercased().hasSuffix(".txt") }
        return texts.first { $0.baseName == "_chat.txt" } ?? texts.max { $0.size < $1.size } ?? (files.count == 1 ? files.first : nil)
    }

    /// What an entry holds, checked by its CRC.
    func contents(of entry: Entry) throws(Failure) -> [UInt8] {
        if entry.isEncrypted { throw .encrypted }
        guard entry.size <= Self.contentLimit else { throw .tooLarge(limit: Self.contentLimit) }
        // The local header repeats name and extra field, with lengths of its own.
        guard let header = ZipFields(bytes, at: entry.offset, count: 30), header.u32(0) == 0x0403_4B50 else { throw .damaged }
        let start = entry.offset + 30 + header.u16(26) + header.u16(28)
        guard start <= bytes.count, entry.compressedSize <= bytes.count - start else { throw .damaged }
        let data = UnsafeRawBufferPointer(rebasing: bytes[start..<start + entry.compressedSize])
        let contents: [UInt8]
        switch entry.method {
        case 0:
            guard entry.size == entry.compressedSize else { throw .damaged }
            contents = Array(data)
        case 8: contents = try Self.inflated(data, size: entry.size)
        default: throw .unknownMethod
        }
        guard cgzip_crc32(contents, contents.count) == entry.crc else { throw .damaged }
        return contents
    }

    /// What an entry holds; of a gzip file what was packed in it, as if it lay in a folder.
    func unpacked(_ entry: Entry) throws(Failure) -> [UInt8] {
        let contents = try contents(of: entry)
        guard contents.starts(with: [0x1F, 0x8B]) else { return contents }
        let inflated: [UInt8]?
        do { inflated = try GzipInflater.inflated(contents, limit: Self.contentLimit) } catch { throw .damaged }
        guard let inflated else { throw .tooLarge(limit: Self.contentLimit) }
        return inflated
    }

    /// Inflates to exactly `size` bytes: an entry that holds more than it says is damaged, or a bomb.
    private static func inflated(_ data: UnsafeRawBufferPointer, size: Int) throws(Failure) -> [UInt8] {
        // Deflate makes of one byte 1,032 at most.
        guard size / 1_032 <= data.count else { throw .damaged }
        guard size > 0 else { return [] }
        var out = [UInt8](repeating: 0, count: size)
        do {
            let inflater = try GzipInflater(isRaw: true)
            let produced = try out.withUnsafeMutableBytes { memory in
                var (used, produced) = (0, 0)
                while produced < size, inflater.isInsideMember {
                    let step = try inflater.inflate(
                        UnsafeRawBufferPointer(rebasing: data[used...]), into: UnsafeMutableRawBufferPointer(rebasing: memory[produced...]))
                    if step.used == 0, step.produced == 0 { break }
                    used += step.used
                    produced += step.produced
                }
                return produced
            }
            guard produced == size else { throw Failure.damaged }
        } catch {
            throw .damaged
        }
        return out
    }
}

/// The directory at the end of a zip file.
private struct ZipDirectory {
    private let bytes: UnsafeRawBufferPointer
    private var count: Int
    private var start: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(ZipArchive.Failure) {
        self.bytes = bytes
        guard let at = Self.endRecord(bytes), let record = ZipFields(bytes, at: at, count: 22) else { throw .noDirectory }
        (count, start, end) = (record.u16(10), Int(record.u32(16)), at)
        // All ones: the numbers stand in the zip64 record, and a locator before this one tells where.
        guard count == 0xFFFF || start == 0xFFFF_FFFF || record.u32(12) == 0xFFFF_FFFF else { return }
        guard let locator = ZipFields(bytes, at: at - 20, count: 20), locator.u32(0) == 0x0706_4B50 else {
            if start == 0xFFFF_FFFF { throw .damaged }
            return
        }
        guard let offset = locator.u64(8), let large = ZipFields(bytes, at: offset, count: 56), large.u32(0) == 0x0606_4B50,
            let total = large.u64(32), let first = large.u64(48)
        else { throw .damaged }
        (count, start) = (total, first)
    }

    /// Offset of the end record. It has a comment of up to 65,535 bytes, whose length must fit.
    private static func endRecord(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var at = bytes.count - 22
        let last = max(0, bytes.count - 22 - 0xFFFF)
        while at >= last {
            if bytes[at] == 0x50, let record = ZipFields(bytes, at: at, count: 22), record.u32(0) == 0x0605_4B50,
                at + 22 + record.u16(20) <= bytes.count
            {
                return at
            }
            at -= 1
        }
        return nil
    }

    func entries() throws(ZipArchive.Failure) -> [ZipArchive.Entry] {
        guard count <= ZipArchive.entryLimit else { throw .tooManyEntries }
        var entries: [ZipArchive.Entry] = []
        var at = start
        for _ in 0..<count {
            guard at < end, let record = ZipFields(bytes, at: at, count: 46), record.u32(0) == 0x0201_4B50 else { throw .damaged }
            let (nameLength, extraLength, commentLength) = (record.u16(28), record.u16(30), record.u16(32))
            let extraStart = at + 46 + nameLength
            guard extraStart + extraLength + commentLength <= end else { throw .damaged }
            var entry = ZipArchive.Entry(
                name: Self.name(bytes[(at + 46)..<extraStart]), size: Int(record.u32(24)), compressedSize: Int(record.u32(20)),
                method: record.u16(10), crc: record.u32(16), isEncrypted: record.u16(8) & 1 != 0, offset: Int(record.u32(42)))
            try widen(&entry, extraStart..<extraStart + extraLength)
            entries.append(entry)
            at = extraStart + extraLength + commentLength
        }
        return entries
    }

    /// Names are UTF-8 by a flag that many programs forget; others are read as Latin letters.
    private static func name(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let name = String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        return String(name.map { $0 == "\\" ? "/" : $0 })
    }

    /// Takes numbers that are all ones from the zip64 extra field, where they stand in this order.
    private func widen(_ entry: inout ZipArchive.Entry, _ extra: Range<Int>) throws(ZipArchive.Failure) {
        guard entry.size == 0xFFFF_FFFF || entry.compressedSize == 0xFFFF_FFFF || entry.offset == 0xFFFF_FFFF else { return }
        var at = extra.lowerBound
        while let field = ZipFields(bytes, at: at, count: 4), at + 4 <= extra.upperBound {
            let length = field.u16(2)
            guard field.u16(0) == 1, at + 4 + length <= extra.upperBound else {
                at += 4 + length
                continue
            }
            var next = at + 4
            func take(_ value: inout Int) throws(ZipArchive.Failure) {
                guard value == 0xFFFF_FFFF else { return }
                guard next + 8 <= at + 4 + length, let wide = ZipFields(bytes, at: next, count: 8)?.u64(0) else { throw .damaged }
                value = wide
                next += 8
            }
            try take(&entry.size)
            try take(&entry.compressedSize)
            try take(&entry.offset)
            return
        }
        throw .damaged
    }
}

/// Little-endian numbers of a record.
private struct ZipFields {
    private let bytes: UnsafeRawBufferPointer

    /// Nil when the record does not lie within the file.
    init?(_ bytes: UnsafeRawBufferPointer, at: Int, count: Int) {
        guard at >= 0, at <= bytes.count, count <= bytes.count - at else { return nil }
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[at..<at + count])
    }

    func u16(_ at: Int) -> Int { Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self))) }
    func u32(_ at: Int) -> UInt32 { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }
    /// Nil beyond what an offset can be.
    func u64(_ at: Int) -> Int? { Int(exactly: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))) }
}
