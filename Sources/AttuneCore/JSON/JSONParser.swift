/// A strict RFC 8259 parser over bytes. Refuses NaN, lone surrogates, invalid UTF-8, trailing bytes and nesting deeper
/// than `depthLimit`.
public struct JSONParser {
    /// Deeper documents are hostile or broken; the deepest real payload we know has 14 levels.
    public static let depthLimit = 128

    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Byte offset into the document.
        public var offset: Int
        public var reason: String
        public var description: String { "\(reason) at byte \(offset)" }

        public init(offset: Int, reason: String) {
            self.offset = offset
            self.reason = reason
        }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    public static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        try bytes[...].withContiguous { buffer throws(Failure) in try parse(buffer) }
    }

    public static func parse(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSONValue {
        try bytes.withContiguous { buffer throws(Failure) in try parse(buffer) }
    }

    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        parser.skipSpace()
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        if parser.at < bytes.count { throw parser.failure("unexpected text behind the value") }
        return value
    }

    /// What is wrong with a text that does not begin with a well-formed value.
    /// - Parameter offset: of the text in the document that the failure is about.
    static func fault(in text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Failure {
        var parser = JSONParser(bytes: text)
        do throws(Failure) {
            _ = try parser.value(depth: 0)
            // Only what is larger than a tape can address gets here.
            return Failure(offset: offset, reason: "the text is larger than 4 GiB")
        } catch {
            return Failure(offset: offset + error.offset, reason: error.reason)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private func failure(_ reason: String) -> Failure { Failure(offset: at, reason: reason) }
    private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 { at += 1 }
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        if depth > Self.depthLimit { throw failure("nested deeper than \(Self.depthLimit) levels") }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case .some(let byte) where byte == UInt8(ascii: "-") || (byte >= 48 && byte <= 57): return try number()
        case .some: throw failure("unexpected character")
        case nil: throw failure("unexpected end")
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { throw failure("unexpected end") }
        for i in 0..<count where bytes[at + i] != text.utf8Start[i] { throw failure("unexpected character") }
        at += count
        return value
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        at += 1
        var members = [JSONValue.Member]()
        skipSpace()
        if current == UInt8(ascii: "}") {
            at += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("a member's name in quotes was expected") }
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure("a colon was expected") }
            at += 1
            skipSpace()
            members.append(.init(key, try value(depth: depth + 1)))
            skipSpace()
            if current == UInt8(ascii: ",") {
                at += 1
            } else if current == UInt8(ascii: "}") {
                at += 1
                return .object(members)
            } else {
                throw failure(current == nil ? "unexpected end" : "a comma or } was expected")
            }
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        at += 1
        var items = [JSONValue]()
        skipSpace()
        if current == UInt8(ascii: "]") {
            at += 1
            return .array(items)
        }
        while true {
            skipSpace()
            items.append(try value(depth: depth + 1))
            skipSpace()
            if current == UInt8(ascii: ",") {
                at += 1
            } else if current == UInt8(ascii: "]") {
                at += 1
                return .array(items)
            } else {
                throw failure(current == nil ? "unexpected end" : "a comma or ] was expected")
            }
        }
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = at
        if current == UInt8(ascii: "-") { at += 1 }
        let first = current
        try digits()
        if first == UInt8(ascii: "0"), at - start > (bytes[start] == UInt8(ascii: "-") ? 2 : 1) { throw failure("a leading zero") }
        if current == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            at += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        return .number(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self))
    }

    private mutating func digits() throws(Failure) {
        let start = at
        while let byte = current, byte >= 48, byte <= 57 { at += 1 }
        if at == start { throw failure("a digit was expected") }
    }

    private mutating func string() throws(Failure) -> String {
        if let text = plainString() { return text }
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 { at += 1 }
        guard let byte = current else { throw failure("unterminated string") }
        if byte == UInt8(ascii: "\"") {
            let raw = UnsafeBufferPointer(rebasing: bytes[start..<at])
            guard let text = String(validating: raw, as: UTF8.self) else { throw failure("invalid UTF-8 in a string") }
            at += 1
            return text
        }
        return try escapedString(from: start)
    }

    /// The quick way: a string without escapes or faults. Nil, and nothing taken, for any other.
    private mutating func plainString() -> String? {
        guard let base = bytes.baseAddress else { return nil }
        let start = base + at
        var cursor = JSONCursor(at: start, end: base + bytes.count)
        guard cursor.string() == .string else { return nil }
        at += cursor.at - start
        return String(decoding: UnsafeBufferPointer(start: start + 1, count: cursor.at - start - 2), as: UTF8.self)
    }

    /// The slow path: a string with escapes, from its first byte.
    private mutating func escapedString(from start: Int) throws(Failure) -> String {
        var out = Array(bytes[start..<at])
        while let byte = current {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw failure("invalid UTF-8 in a string") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &out)
            case 0..<0x20: throw failure("a control character in a string")
            default: out.append(byte)
            }
        }
        throw failure("unterminated string")
    }

    private mutating func escape(into out: inout [UInt8]) throws(Failure) {
        guard let byte = current else { throw failure("unterminated string") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "u"):
            var unit = try hex4()
            if unit >= 0xDC00, unit <= 0xDFFF { throw failure("a lone surrogate") }
            if unit >= 0xD800, unit <= 0xDBFF {
                guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
                    throw failure("a lone surrogate")
                }
                at += 2
                let low = try hex4()
                guard low >= 0xDC00, low <= 0xDFFF else { throw failure("a lone surrogate") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw failure("a lone surrogate") }
            out.append(contentsOf: Character(scalar).utf8)
        default: throw failure("an unknown escape")
        }
    }

    private mutating func hex4() throws(Failure) -> UInt32 {
        guard at + 4 <= bytes.count else { throw failure("an unfinished escape") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[at]
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: throw failure("a hexadecimal digit was expected")
            }
            at += 1
        }
        return value
    }
}

extension ArraySlice<UInt8> {
    fileprivate func withContiguous<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        var result: Result<R, E>?
        withUnsafeBufferPointer { buffer in
            do throws(E) { result = .success(try body(buffer)) } catch { result = .failure(error) }
        }
        // `withUnsafeBufferPointer` calls its body exactly once, so there is a result.
        guard let result else { preconditionFailure("withUnsafeBufferPointer did not call its body") }
        return try result.get()
    }
}
