/// Files in the text of a mail, as programs without MIME put them there (uuencode), and Outlook still can.
enum UuencodedFile {
    /// The first one from `start` on, with the lines `begin 644 label.pdf` and `end`; nil when there is none that is whole.
    static func first(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (range: Range<Int>, name: String)? {
        var at = start
        while let found = ByteSearch.first("begin ", in: bytes, from: at, to: bytes.count) {
            at = found + 6
            guard found == 0 || bytes[found - 1] == 10, let next = ByteSearch.first(10, in: bytes, from: at, to: bytes.count),
                let name = name(UnsafeBufferPointer(rebasing: bytes[at..<next])), let end = end(bytes, from: next + 1)
            else { continue }
            return (found..<end, name)
        }
        return nil
    }

    /// A text without its files.
    static func removed(from bytes: UnsafeBufferPointer<UInt8>, _ first: Range<Int>) -> [UInt8] {
        var out = Array(bytes[..<first.lowerBound])
        var at = first.upperBound
        while let next = Self.first(in: bytes, from: at) {
            out += bytes[at..<next.range.lowerBound]
            at = next.range.upperBound
        }
        return out + bytes[at...]
    }

    /// Bytes of the longest name; systems allow 255.
    private static let longestName = 255

    /// Behind the three or four octal digits of the file's mode.
    private static func name(_ line: UnsafeBufferPointer<UInt8>) -> String? {
        let digits = line.prefix { $0 &- 48 < 8 }.count
        guard digits == 3 || digits == 4, digits < line.count, line[digits] == 32, line.count <= longestName else { return nil }
        let name = MailCharset.unlabelled(UnsafeBufferPointer(rebasing: line[digits...])).trimmed
        return name.isEmpty ? nil : name
    }

    /// Offset behind the line `end`: all lines before it are of data, which has no small letters.
    private static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var at = start
        while at < bytes.count {
            let next = ByteSearch.first(10, in: bytes, from: at, to: bytes.count) ?? bytes.count
            let line = bytes[at..<(next > at && bytes[next - 1] == 13 ? next - 1 : next)]
            if line.elementsEqual("end".utf8) { return min(next + 1, bytes.count) }
            guard line.allSatisfy({ $0 >= 32 && $0 <= 96 }) else { return nil }
            at = next + 1
        }
        return nil
    }
}
