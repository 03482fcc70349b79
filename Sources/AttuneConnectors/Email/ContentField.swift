/// A value with parameters: `text/plain; charset=utf-8`, `attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf`.
struct ContentField {
    /// Before the first semicolon, lower case, without blanks and comments.
    private(set) var value = ""
    private var parameters: [String: String] = [:]

    static let plain = ContentField(Array("text/plain".utf8))
    static let mail = ContentField(Array("message/rfc822".utf8))

    /// Parameters that are read; real fields have less than ten.
    private static let mostParameters = 200

    /// The parameter of that name (lower case).
    subscript(name: String) -> String? { parameters[name] }

    init(_ bytes: [UInt8]) {
        var pieces: [Piece] = []
        bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            value = String(decoding: Self.token(bytes, &at), as: UTF8.self).lowercased()
            while at < bytes.count, pieces.count < Self.mostParameters {
                if bytes[at] == UInt8(ascii: ";") || bytes[at] <= 32 {
                    at += 1
                    continue
                }
                let start = at
                let name = Self.token(bytes, &at, orAt: UInt8(ascii: "="))
                if at < bytes.count, bytes[at] == UInt8(ascii: "=") {
                    at += 1
                    pieces.append(Piece(name: name, value: Self.parameterValue(bytes, &at)))
                }
                // A stray sign must not stop the walk.
                if at == start { at += 1 }
            }
        }
        parameters = Self.joined(pieces)
    }

    /// One `name=value`; of RFC 2231 a part of one, `name*2*=value`.
    private struct Piece {
        let name: String
        let index: Int
        /// Whether the value is percent-encoded.
        let isEncoded: Bool
        let value: [UInt8]

        init(name bytes: [UInt8], value: [UInt8]) {
            self.value = value
            // Nearly all names are whole.
            guard bytes.contains(UInt8(ascii: "*")) else {
                (name, index, isEncoded) = (String(decoding: bytes, as: UTF8.self).lowercased(), -1, false)
                return
            }
            let parts = String(decoding: bytes, as: UTF8.self).lowercased().split(separator: "*", omittingEmptySubsequences: false)
            name = String(parts.first ?? "")
            isEncoded = parts.last == ""
            index = Int(parts[1]) ?? 0
        }
    }

    /// Parameters of pieces, in the order of their numbers; an encoded one wins over its plain twin.
    private static func joined(_ pieces: [Piece]) -> [String: String] {
        var parameters: [String: String] = [:]
        var extended: [String: [Piece]] = [:]
        for piece in pieces {
            if piece.index < 0 {
                parameters[piece.name] = parameters[piece.name] ?? EncodedWords.decode(piece.value)
            } else {
                extended[piece.name, default: []].append(piece)
            }
        }
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
                bytes += part.isEncoded ? percentDecoded(value) : Array(value)
            }
            parameters[name] = MailCharset.decode(bytes, charset: charset)
        }
        return parameters
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

    /// Bytes up to a semicolon or `stop`, without blanks and comments; moves there.
    private static func token(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, orAt stop: UInt8 = UInt8(ascii: ";")) -> [UInt8] {
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
