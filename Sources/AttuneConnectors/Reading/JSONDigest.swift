import AttuneCore

/// A short text with the names and marks of a long JSON record: every member of it, with lists cut to their first items and long
/// strings to their beginnings. Members have no order in JSON, so that what tells a format may stand behind megabytes.
struct JSONDigest {
    private var scanner: JSONScanner
    private var out: [UInt8] = []
    private let itemLimit: Int
    /// Containers that are not closed yet, by what closes them.
    private var depth = 0

    /// Bytes of a string that are kept: marks are shorter.
    private static let stringLimit = 160
    private static let depthLimit = 64

    private init(_ bytes: UnsafeBufferPointer<UInt8>, itemLimit: Int) {
        scanner = JSONScanner(bytes)
        self.itemLimit = itemLimit
    }

    /// Nil when the bytes begin with no object or array. A record that is cut off is digested as far as it goes.
    static func of(_ head: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
        head.withUnsafeBufferPointer { bytes in
            for itemLimit in [12, 4, 1] {
                var digest = JSONDigest(bytes, itemLimit: itemLimit)
                digest.scanner.skipSpace()
                guard digest.scanner.current == UInt8(ascii: "{") || digest.scanner.current == UInt8(ascii: "[") else { return nil }
                try? digest.value()
                if digest.out.count <= limit { return digest.out }
            }
            return nil
        }
    }

    /// Whether the first object of JSON text, or of the array it begins with, goes on behind these bytes.
    static func isRecordCut(_ head: ArraySlice<UInt8>) -> Bool {
        head.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            scanner.skipSpace()
            if scanner.current == UInt8(ascii: "[") {
                scanner.at += 1
                scanner.skipSpace()
            }
            guard scanner.current == UInt8(ascii: "{") else { return false }
            do throws(JSONScanner.Failure) { _ = try scanner.value() } catch { return error.offset >= bytes.count }
            return false
        }
    }

    private mutating func value() throws(JSONScanner.Failure) {
        switch scanner.current {
        case UInt8(ascii: "{"): try list(isObject: true)
        case UInt8(ascii: "["): try list(isObject: false)
        case UInt8(ascii: "\""): try string(limit: Self.stringLimit)
        default:
            let value = try scanner.value()
            out.append(contentsOf: scanner.slice(value))
        }
    }

    private mutating func list(isObject: Bool) throws(JSONScanner.Failure) {
        if depth == Self.depthLimit { throw scanner.failure("nested too deeply for a digest") }
        let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        out.append(scanner.bytes[scanner.at])
        depth += 1
        scanner.at += 1
        var count = 0
        while true {
            scanner.skipSpace()
            if scanner.current == UInt8(ascii: ",") {
                scanner.at += 1
                continue
            }
            if scanner.current == end || scanner.current == nil { break }
            if !isObject, count >= itemLimit {
                _ = try scanner.value()
                continue
            }
            if count > 0 { out.append(UInt8(ascii: ",")) }
            count += 1
            if isObject { try name() }
            try value()
        }
        if scanner.current == nil { throw scanner.failure("unexpected end") }
        scanner.at += 1
        depth -= 1
        out.append(end)
    }

    private mutating func name() throws(JSONScanner.Failure) {
        guard scanner.current == UInt8(ascii: "\"") else { throw scanner.failure("a member's name in quotes was expected") }
        try string(limit: .max)
        scanner.skipSpace()
        guard scanner.current == UInt8(ascii: ":") else { throw scanner.failure("a colon was expected") }
        scanner.at += 1
        scanner.skipSpace()
        out.append(UInt8(ascii: ":"))
    }

    private mutating func string(limit: Int) throws(JSONScanner.Failure) {
        let start = scanner.at
        _ = try scanner.string()
        var kept = scanner.bytes[start..<(scanner.at - 1)]
        // Cut, it is only looked at for how it begins: a letter or an escape in halves may not stay.
        if kept.count > limit { kept = kept.prefix(limit).prefix { $0 < 0x80 && $0 != UInt8(ascii: "\\") } }
        out.append(contentsOf: kept)
        out.append(UInt8(ascii: "\""))
    }
}
