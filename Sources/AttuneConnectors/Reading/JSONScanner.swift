import AttuneCore

/// Walks over JSON text without building values: checks the grammar as strictly as `JSONParser` and tells where things are.
struct JSONScanner {
    enum Kind { case object, array, string, number, bool, null }

    /// Where a value is, with its quotes or brackets.
    struct Value {
        var kind: Kind
        var start: Int
        var end: Int
        /// A string with escapes.
        var isEscaped = false
    }

    struct Failure: Error, Hashable {
        /// Byte offset into the text.
        var offset: Int
        var reason: String
        var description: String { "\(reason) at byte \(offset)" }
    }

    let bytes: UnsafeBufferPointer<UInt8>
    var at: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int = 0) {
        self.bytes = bytes
        self.at = at
    }

    var current: UInt8? { at < bytes.count ? bytes[at] : nil }
    func failure(_ reason: String) -> Failure { Failure(offset: at, reason: reason) }

    mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 { at += 1 }
    }

    /// Skips the value that begins here.
    mutating func value(depth: Int = 0) throws(Failure) -> Value {
        let start = at
        guard let byte = current else { throw failure("unexpected end") }
        switch byte {
        case UInt8(ascii: "\""):
            let isEscaped = try string()
            return Value(kind: .string, start: start, end: at, isEscaped: isEscaped)
        case UInt8(ascii: "{"):
            if depth >= JSONParser.depthLimit { throw failure("nested deeper than \(JSONParser.depthLimit) levels") }
            var members = try Members(&self)
            while try members.next(&self, depth: depth) != nil {}
            return Value(kind: .object, start: start, end: at)
        case UInt8(ascii: "["):
            if depth >= JSONParser.depthLimit { throw failure("nested deeper than \(JSONParser.depthLimit) levels") }
            var items = try Items(&self)
            while try items.next(&self, depth: depth) != nil {}
            return Value(kind: .array, start: start, end: at)
        case UInt8(ascii: "t"): return try literal("true", .bool)
        case UInt8(ascii: "f"): return try literal("false", .bool)
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), 48...57:
            try number()
            return Value(kind: .number, start: start, end: at)
        default: throw failure("unexpected character")
        }
    }

    private mutating func literal(_ text: StaticString, _ kind: Kind) throws(Failure) -> Value {
        let (start, count) = (at, text.utf8CodeUnitCount)
        guard at + count <= bytes.count else { throw failure("unexpected end") }
        for i in 0..<count where bytes[at + i] != text.utf8Start[i] { throw failure("unexpected character") }
        at += count
        return Value(kind: kind, start: start, end: at)
    }

    private mutating func number() throws(Failure) {
        if current == UInt8(ascii: "-") { at += 1 }
        let start = at
        try digits()
        if bytes[start] == 48, at - start > 1 { throw failure("a leading zero") }
        if current == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            at += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
    }

    private mutating func digits() throws(Failure) {
        let start = at
        while let byte = current, byte >= 48, byte <= 57 { at += 1 }
        if at == start { throw failure("a digit was expected") }
    }

    /// Skips a string; whether it has escapes. Its UTF-8 is not checked here.
    mutating func string() throws(Failure) -> Bool {
        at += 1
        var isEscaped = false
        while true {
            skipPlain()
            guard let byte = current else { throw failure("unterminated string") }
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return isEscaped
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape()
            case 0..<0x20: throw failure("a control character in a string")
            default: at += 1
            }
        }
    }

    /// Skips bytes that are neither quote, backslash nor control, eight at a time (Mycroft's zero-byte test per kind).
    private mutating func skipPlain() {
        guard let base = bytes.baseAddress else { return }
        let raw = UnsafeRawPointer(base)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while at + 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let found = (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)) & highs
            if found != 0 {
                at += found.trailingZeroBitCount >> 3
                return
            }
            at += 8
        }
        while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
    }

    /// Skips an escape.
    mutating func escape() throws(Failure) {
        at += 1
        guard let byte = current else { throw failure("unterminated string") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            let unit = try hex4()
            if unit == 0 { throw failure("a NUL in a string") }
            guard unit >= 0xD800, unit <= 0xDFFF else { return }
            guard unit < 0xDC00, at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
                throw failure("a lone surrogate")
            }
            at += 2
            let low = try hex4()
            if low < 0xDC00 || low > 0xDFFF { throw failure("a lone surrogate") }
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

extension JSONScanner {
    /// The members of an object, one by one; the scanner stands behind its brace at the end.
    struct Members {
        private var isFirst = true

        init(_ scanner: inout JSONScanner) throws(Failure) {
            guard scanner.current == UInt8(ascii: "{") else { throw scanner.failure("an object was expected") }
            scanner.at += 1
        }

        mutating func next(_ scanner: inout JSONScanner, depth: Int = 0) throws(Failure) -> (key: Value, value: Value)? {
            scanner.skipSpace()
            if scanner.current == UInt8(ascii: "}"), isFirst {
                scanner.at += 1
                return nil
            }
            if !isFirst {
                if scanner.current == UInt8(ascii: "}") {
                    scanner.at += 1
                    return nil
                }
                guard scanner.current == UInt8(ascii: ",") else {
                    throw scanner.failure(scanner.current == nil ? "unexpected end" : "a comma or } was expected")
                }
                scanner.at += 1
                scanner.skipSpace()
            }
            isFirst = false
            guard scanner.current == UInt8(ascii: "\"") else {
                throw scanner.failure(scanner.current == nil ? "unexpected end" : "a member's name in quotes was expected")
            }
            let start = scanner.at
            let isEscaped = try scanner.string()
            let key = Value(kind: .string, start: start, end: scanner.at, isEscaped: isEscaped)
            scanner.skipSpace()
            guard scanner.current == UInt8(ascii: ":") else {
                throw scanner.failure(scanner.current == nil ? "unexpected end" : "a colon was expected")
            }
            scanner.at += 1
            scanner.skipSpace()
            return (key, try scanner.value(depth: depth + 1))
        }
    }

    /// The items of an array, one by one; the scanner stands behind its bracket at the end.
    struct Items {
        private var isFirst = true

        init(_ scanner: inout JSONScanner) throws(Failure) {
            guard scanner.current == UInt8(ascii: "[") else { throw scanner.failure("an array was expected") }
            scanner.at += 1
        }

        mutating func next(_ scanner: inout JSONScanner, depth: Int = 0) throws(Failure) -> Value? {
            scanner.skipSpace()
            if scanner.current == UInt8(ascii: "]") {
                scanner.at += 1
                return nil
            }
            if !isFirst {
                guard scanner.current == UInt8(ascii: ",") else {
                    throw scanner.failure(scanner.current == nil ? "unexpected end" : "a comma or ] was expected")
                }
                scanner.at += 1
                scanner.skipSpace()
            }
            isFirst = false
            return try scanner.value(depth: depth + 1)
        }
    }

    func slice(_ value: Value) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[value.start..<value.end]) }

    /// The bytes between a string's quotes, escapes as they are.
    func content(_ value: Value) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[(value.start + 1)..<(value.end - 1)]) }

    /// The text of a string, or the digits or letters of another scalar.
    func text(_ value: Value) -> String {
        if value.kind != .string { return String(decoding: slice(value), as: UTF8.self) }
        if !value.isEscaped { return String(decoding: content(value), as: UTF8.self) }
        // The grammar was checked; only broken UTF-8 can fail, which the record is refused for elsewhere.
        return (try? JSONParser.parse(slice(value)))?.string ?? ""
    }
}
