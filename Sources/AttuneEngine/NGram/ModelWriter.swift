/// Lays groups and card out as one file.
enum ModelWriter {
    static func bytes(groups: [LinearHeads], card: String) -> [UInt8] {
        var header = ByteWriter()
        header.bytes = ModelFile.magic
        header.integer(ModelFile.version)
        header.integer(UInt32(groups.count))
        header.integer(UInt64(0))
        header.integer(UInt64(0))
        var bytes = header.bytes
        bytes.append(contentsOf: [UInt8](repeating: 0, count: (groups.count + 1) * 16))
        for (index, heads) in groups.enumerated() {
            let start = align(&bytes)
            ModelSection.write(heads, into: &bytes)
            place(start, bytes.count - start, at: ModelFile.headerCount + index * 16, &bytes)
        }
        let start = align(&bytes)
        bytes.append(contentsOf: card.utf8)
        place(start, bytes.count - start, at: ModelFile.headerCount + groups.count * 16, &bytes)
        put(UInt64(bytes.count), at: 16, &bytes)
        put(bytes.withUnsafeBytes { ModelFile.checksum($0) }, at: 24, &bytes)
        return bytes
    }

    private static func align(_ bytes: inout [UInt8]) -> Int {
        bytes.append(contentsOf: [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64))
        return bytes.count
    }

    private static func place(_ start: Int, _ count: Int, at offset: Int, _ bytes: inout [UInt8]) {
        put(UInt64(start), at: offset, &bytes)
        put(UInt64(count), at: offset + 8, &bytes)
    }

    private static func put(_ value: UInt64, at offset: Int, _ bytes: inout [UInt8]) {
        var writer = ByteWriter()
        writer.integer(value)
        for (index, byte) in writer.bytes.enumerated() { bytes[offset + index] = byte }
    }
}
