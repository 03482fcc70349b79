import AttuneCore

/// Searches of texts byte for byte. The standard library's own compare characters and prepare a table for every search, which takes
/// microseconds; the marks that formats are known by are bytes.
extension Substring {
    /// Where a text that is not empty first occurs.
    func firstRange(of other: String) -> Range<Index>? {
        var other = other
        let found = other.withUTF8 { needle in
            utf8.withContiguousStorageIfAvailable { ByteSearch.first(needle, in: $0, from: 0, to: $0.count).map { ($0, needle.count) } }
        }
        // Every text that a decoder makes is stored as UTF-8.
        guard let (offset, count) = found.flatMap({ $0 }) else { return nil }
        let start = utf8.index(startIndex, offsetBy: offset)
        return start..<utf8.index(start, offsetBy: count)
    }

    func contains(_ other: String) -> Bool { other.isEmpty || firstRange(of: other) != nil }
}

extension String.UTF8View {
    /// The bytes as they are stored, which every text that a decoder makes is as UTF-8: the standard library's own searches of a view go from
    /// byte to byte.
    private func search<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        if let found = withContiguousStorageIfAvailable(body) { return found }
        return Array(self).withUnsafeBufferPointer(body)
    }

    func contains(_ byte: UInt8) -> Bool { search { ByteSearch.first(byte, in: $0, from: 0, to: $0.count) != nil } }

    func firstIndex(of byte: UInt8) -> Index? {
        search { ByteSearch.first(byte, in: $0, from: 0, to: $0.count) }.map { index(startIndex, offsetBy: $0) }
    }
}

extension Substring.UTF8View {
    func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }

    func firstIndex(of byte: UInt8) -> Index? {
        let found = withContiguousStorageIfAvailable { ByteSearch.first(byte, in: $0, from: 0, to: $0.count) }
        guard let found else { return firstIndex { $0 == byte } }
        return found.map { index(startIndex, offsetBy: $0) }
    }
}

extension String {
    /// What stands between the occurrences of an ASCII sign, without empty pieces.
    func pieces(_ sign: Unicode.Scalar) -> [Substring] { utf8.split(separator: UInt8(truncatingIfNeeded: sign.value)).map { Substring($0) } }

    /// The last of them: a file's name of a path; nil when there is none.
    func lastPiece(_ sign: Unicode.Scalar) -> String? {
        let sign = UInt8(truncatingIfNeeded: sign.value)
        let piece: String?? = utf8.withContiguousStorageIfAvailable { bytes in
            var end = bytes.count
            while end > 0, bytes[end - 1] == sign { end -= 1 }
            var start = end
            while start > 0, bytes[start - 1] != sign { start -= 1 }
            return end == 0 ? nil : String(copying: UnsafeBufferPointer(rebasing: bytes[start..<end]))
        }
        if let piece { return piece }
        return pieces(Unicode.Scalar(sign)).last.map { String($0) }
    }

    /// Where a text that is not empty first occurs.
    func firstRange(of other: String) -> Range<Index>? { self[...].firstRange(of: other) }

    func contains(_ other: String) -> Bool { self[...].contains(other) }

    /// With another text wherever one that is not empty occurs.
    func replacing(_ other: String, with replacement: String) -> String {
        guard var found = firstRange(of: other) else { return self }
        var (out, rest) = ("", self[...])
        while true {
            out += rest[..<found.lowerBound] + replacement
            rest = rest[found.upperBound...]
            guard let next = rest.firstRange(of: other) else { return out + rest }
            found = next
        }
    }
}
