/// The files of Apple Mail (.emlx): a line with the length of the mail, the mail, and a property list about it.
enum AppleMailFile {
    /// The mail in it; nil for another file.
    static func mail(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let (start, length) = opening(bytes) else { return nil }
        if start + length <= bytes.count, startsList(bytes[(start + length)...]) {
            return UnsafeBufferPointer(rebasing: bytes[start..<start + length])
        }
        // Line ends that were converted on the way change the length.
        var end = bytes.count
        var at = start
        while let found = ByteSearch.first("\n<?xml ", in: bytes, from: at, to: bytes.count) {
            end = found + 1
            at = found + 1
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// Where the mail begins and how long it says it is; nil when the first line is no number alone, before a header's field.
    static func opening(_ bytes: UnsafeBufferPointer<UInt8>) -> (start: Int, length: Int)? {
        guard let end = ByteSearch.first(10, in: bytes, from: 0, to: min(bytes.count, longestOpening)) else { return nil }
        let line = bytes[..<end].prefix { $0 &- 48 < 10 }
        guard !line.isEmpty, line.count <= 9, bytes[line.count..<end].allSatisfy({ $0 <= 32 }) else { return nil }
        let field = bytes[(end + 1)...].prefix(longestOpening)
        guard let colon = field.firstIndex(of: UInt8(ascii: ":")), colon > end + 1,
            field[..<colon].allSatisfy({ $0 | 0x20 &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "-") })
        else { return nil }
        return (end + 1, line.reduce(0) { $0 * 10 + Int($1 &- 48) })
    }

    private static let longestOpening = 64

    private static func startsList(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let list = rest.drop { $0 <= 32 }
        return list.isEmpty || list.starts(with: "<?xml".utf8) || list.starts(with: "<!DOCTYPE".utf8) || list.starts(with: "<plist".utf8)
    }
}
