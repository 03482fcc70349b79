/// A value with parameters: `text/plain; charset=utf-8`, `attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf`.
struct ContentField {
    /// Before the first semicolon, lower case, without blanks and comments.
    private(set) var value = ""
    /// In no order: a field has a few.
    private var parameters: [(name: String, value: String)] = []

    static let plain = ContentField(Array("text/plain".utf8))
    static let mail = ContentField(Array("message/rfc822".utf8))

    /// Parameters that are read; real fields have less than ten.
    private static let mostParameters = 200

    /// The parameter of that name (lower case).
    subscript(name: String) -> String? {
        for parameter in parameters where parameter.name == name { return parameter.value }
        return nil
    }

    init(_ bytes: [UInt8]) { self = bytes.withUnsafeBufferPointer { ContentField($0) } }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var pieces: [Piece] = []
        var (at, count) = (0, 0)
        value = Self.name(bytes, &at)
        while at < bytes.count, count < Self.mostParameters {
            if bytes[at] == UInt8(ascii: ";") || bytes[at] <= 32 {
                at += 1
                continue
            }
            let start = at
            let name = Self.name(bytes, &at, orAt: UInt8(ascii: "="))
            if at < bytes.count, bytes[at] == UInt8(ascii: "=") {
                at += 1
                count += 1
                // Nearly all names are whole.
                let isWhole = !name.utf8.contains(UInt8(ascii: "*"))
                if isWhole, let range = Self.plainValue(bytes, &at) {
                    add(name, UnsafeBufferPointer(rebasing: bytes[range]))
                } else {
                    let value = Self.parameterValue(bytes, &at)
                    let piece = isWhole ? nil : Piece(name: name, value: value)
                    if let piece, piece.index >= 0 { pieces.append(piece) } else { value.withUnsafeBufferPointer { add(piece?.name ?? name, $0) } }
                }
            }
            // A stray sign must not stop the walk.
            if at == start { at += 1 }
        }
        if !pieces.isEmpty { join(pieces) }
    }

    /// Adds a parameter unless there is one of that name.
    private mutating func add(_ name: String, _ value: UnsafeBufferPointer<UInt8>) {
        if self[name] == nil { parameters.append((name, EncodedWords.decode(value))) }
    }

    /// One `name=value`; of RFC 2231 a part of one, `name*2*=value`.
    private struct Piece {
        let name: String
        let index: Int
        /// Whether the value is percent-encoded.
        let isEncoded: Bool
        let value: [UInt8]

        init(name written: String, value: [UInt8]) {
            self.value = value
            let parts = written.split(separator: "*", omittingEmptySubsequences: false)
            name = String(parts.first ?? "")
            isEncoded = parts.last == ""
            index = Int(parts[1]) ?? 0
        }
    }

    /// Adds parameters of pieces, in the order of their numbers; an encoded one wins over its plain twin.
    private mutating func join(_ pieces: [Piece]) {
        var extended: [String: [Piece]] = [:]
        for piece in pieces { extended[piece.name, default: []].append(piece) }
        for (name, parts) in extended {
            var charset: String?
            var bytes: [UInt8] = []
            for (i, part) in parts.sorted(by: { $0.index < $1.index }).enumerated() {
                var value = part.value[...]
                if i == 0, part.isEncoded, let first = value.firstIndex(of: UInt8(ascii: "'")),
                    let second = value[(first + 1)...].firstIndex(of: UInt8(ascii: "'"))
                {
                    charset = String(decoding: value[..<first], as: UTF8.self)
                    value = value[(second + 1)...]
                }
                bytes += part.isEncoded ? Self.percentDecoded(value) : Array(value)
            }
            parameters.removeAll { $0.name == name }
            parameters.append((name, MailCharset.decode(bytes, charset: charset)))
        }
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        var p = bytes.startIndex
        while p < bytes.endIndex {
            if bytes[p] == UInt8(ascii: "%"), p + 2 < bytes.endIndex, let value = TransferDecoding.hex(bytes[p + 1], bytes[p + 2]) {
                out.append(value)
                p += 3
            } else {
                out.append(bytes[p])
                p += 1
            }
        }
        return out
    }

    /// Text up to a semicolon or `stop`, lower case, without blanks and comments; moves there.
    private static func name(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, orAt stop: UInt8 = UInt8(ascii: ";")) -> String {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] != stop, bytes[at] > 32, bytes[at] < 127, bytes[at] != UInt8(ascii: "(") {
            at += 1
        }
        if at == bytes.count || bytes[at] == UInt8(ascii: ";") || bytes[at] == stop {
            return String(unsafeUninitializedCapacity: at - start) { out in
                for i in start..<at { out[i - start] = bytes[i] &- 65 < 26 ? bytes[i] | 0x20 : bytes[i] }
                return at - start
            }
        }
        at = start
        return String(decoding: token(bytes, &at, orAt: stop), as: UTF8.self).lowercased()
    }

    /// Bytes up to a semicolon or `stop`, without blanks and comments; moves there.
    private static func token(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, orAt stop: UInt8) -> [UInt8] {
        var out = [UInt8]()
        while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] != stop {
            if bytes[at] == UInt8(ascii: "(") {
                MailComment.skip(bytes, &at)
            } else {
                if bytes[at] > 32 { out.append(bytes[at]) }
                at += 1
            }
        }
        return out
    }

    /// Where a value stands, and moves behind it; nil, and stays, where it has to be read byte by byte.
    private static func plainValue(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Range<Int>? {
        var start = at
        while start < bytes.count, bytes[start] <= 32 { start += 1 }
        if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
            let end = ByteSearch.first(UInt8(ascii: "\""), in: bytes, from: start + 1, to: bytes.count) ?? bytes.count
            if ByteSearch.first(UInt8(ascii: "\\"), in: bytes, from: start + 1, to: end) != nil { return nil }
            at = min(end + 1, bytes.count)
            return start + 1..<end
        }
        at = start
        while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] > 32 { at += 1 }
        return start..<at
    }

    /// A quoted string, or a token up to a blank or semicolon.
    private static func parameterValue(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> [UInt8] {
        while at < bytes.count, bytes[at] <= 32 { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] > 32 { at += 1 }
            return Array(bytes[start..<at])
        }
        return MailComment.quoted(bytes, &at)
    }
}
