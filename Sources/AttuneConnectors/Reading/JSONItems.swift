import AttuneCore

/// Cuts JSON into its records, whatever they are wrapped in: one object a line, a top-level array, several documents one
/// after another, or (with `unwraps`) an object with its records in `items`, `data`, `messages` or `results`. Lines are streamed; a
/// document over several lines is held as a whole.
struct JSONItems {
    /// A record, or why there is none.
    enum Item {
        /// The bytes of one value.
        case value(UnsafeBufferPointer<UInt8>)
        case rejected(String)
    }

    private enum Mode { case undecided, lines, document }

    private let unwraps: Bool
    private var mode = Mode.undecided
    private var encoding = TextEncoding()
    private var lines = LineAssembler()
    private var held: [UInt8] = []
    private var isTooLong = false

    init(unwraps: Bool) { self.unwraps = unwraps }

    /// Calls `body` with each item and the 1-based line it begins in.
    mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Item, Int) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var encoding = TextEncoding()
        swap(&encoding, &self.encoding)
        try encoding.decode(chunk, isLast: isLast) { try take($0, isLast: isLast, body) }
        swap(&encoding, &self.encoding)
    }

    private mutating func take(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Item, Int) throws -> Void) throws {
        switch mode {
        case .lines: return try feedLines(chunk, isLast: isLast, body)
        case .document: hold(chunk)
        case .undecided:
            held.append(contentsOf: chunk)
            guard let decision = held.withUnsafeBufferPointer({ Self.decide($0, isLast: isLast) }) else { return }
            mode = decision
            if mode == .lines {
                let first = held
                held = []
                return try first.withUnsafeBufferPointer { try feedLines($0, isLast: isLast, body) }
            }
        }
        if isLast { try decodeDocument(body) }
    }

    private mutating func hold(_ chunk: UnsafeBufferPointer<UInt8>) {
        if held.count + chunk.count <= DecodingLimits.document { return held.append(contentsOf: chunk) }
        isTooLong = true
        held = []
    }

    /// Lines or document? Nil when more bytes are needed. The first line decides; when it is no whole object, it is either
    /// the beginning of a document or a damaged line, which the beginning of the next line tells.
    private static func decide(_ b: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Mode? {
        guard let first = b.firstIndex(where: { $0 > 32 }) else { return isLast ? .lines : nil }
        if b[first] == UInt8(ascii: "[") { return .document }
        if b[first] != UInt8(ascii: "{") { return .lines }
        guard let end = b[first...].firstIndex(of: 10) else {
            if isLast, b.count <= DecodingLimits.record { return .lines }
            if b.count <= DecodingLimits.record { return nil }
            return hasWrapper(UnsafeBufferPointer(rebasing: b.prefix(4_096))) ? .document : .lines
        }
        var scanner = JSONScanner(UnsafeBufferPointer(rebasing: b[first..<end]))
        if (try? scanner.value()) != nil { return .lines }
        guard let next = b[end...].firstIndex(where: { $0 != 10 && $0 != 13 }) else { return isLast ? .lines : nil }
        return b[next] == UInt8(ascii: "{") ? .lines : .document
    }

    private static let wrapperNames = ["items", "data", "messages", "results"]

    /// Whether the beginning of an object shows an array under a wrapper's name.
    private static func hasWrapper(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        var from = 0
        while let bracket = ByteSearch.first(UInt8(ascii: "["), in: head, from: from, to: head.count) {
            from = bracket + 1
            var end = bracket
            func skipBack(_ byte: UInt8) -> Bool {
                while end > 0, head[end - 1] <= 32 { end -= 1 }
                guard end > 0, head[end - 1] == byte else { return false }
                end -= 1
                return true
            }
            guard skipBack(UInt8(ascii: ":")), skipBack(UInt8(ascii: "\"")) else { continue }
            for name in wrapperNames where end > name.utf8.count && head[..<end].suffix(name.utf8.count).elementsEqual(name.utf8) { return true }
        }
        return false
    }

    private mutating func feedLines(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Item, Int) throws -> Void) throws {
        let unwraps = unwraps
        try lines.feed(chunk, isLast: isLast) { line, number in
            guard case .bytes(let bytes) = line else { return try body(.rejected(DecodingLimits.tooLongRecord()), number) }
            if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return }
            if unwraps, Self.hasWrapper(UnsafeBufferPointer(rebasing: bytes.prefix(4_096))),
                let items = Self.wrapped(bytes, at: 0)
            {
                for item in items { try body(.value(UnsafeBufferPointer(rebasing: bytes[item.start..<item.end])), number) }
                return
            }
            try body(.value(bytes), number)
        }
    }

    private mutating func decodeDocument(_ body: (Item, Int) throws -> Void) throws {
        if isTooLong { return try body(.rejected("the document is larger than \(DecodingLimits.document >> 20) MiB: write one record a line"), 1) }
        let document = held
        held = []
        try document.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            var lines = LineCounter()
            do {
                scanner.skipSpace()
                while scanner.current != nil {
                    try decodeValue(&scanner, &lines, body)
                    scanner.skipSpace()
                }
            } catch let failure as JSONScanner.Failure {
                try body(.rejected("not JSON: \(failure.reason)"), lines.line(of: min(failure.offset, bytes.count), in: bytes))
            }
        }
    }

    private func decodeValue(_ scanner: inout JSONScanner, _ lines: inout LineCounter, _ body: (Item, Int) throws -> Void) throws {
        let bytes = scanner.bytes
        if scanner.current == UInt8(ascii: "[") {
            var items = try JSONScanner.Items(&scanner)
            while let item = try items.next(&scanner) {
                try body(.value(scanner.slice(item)), lines.line(of: item.start, in: bytes))
            }
            return
        }
        let start = scanner.at
        let value = try scanner.value()
        if unwraps, value.kind == .object, let items = Self.wrapped(bytes, at: start) {
            for item in items { try body(.value(scanner.slice(item)), lines.line(of: item.start, in: bytes)) }
        } else {
            try body(.value(scanner.slice(value)), lines.line(of: start, in: bytes))
        }
    }

    /// The wrapped records of an object that has no text of its own; nil when it is a record itself.
    private static func wrapped(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> [JSONScanner.Value]? {
        var scanner = JSONScanner(bytes, at: start)
        guard var members = try? JSONScanner.Members(&scanner) else { return nil }
        var found: JSONScanner.Value?
        while true {
            let next: (key: JSONScanner.Value, value: JSONScanner.Value)?
            do throws(JSONScanner.Failure) { next = try members.next(&scanner) } catch { return nil }
            guard let (key, value) = next else { break }
            let name = scanner.text(key)
            if name == "text" || name == "id" { return nil }
            if value.kind == .array, found == nil, wrapperNames.contains(name) { found = value }
        }
        guard let found else { return nil }
        var inner = JSONScanner(bytes, at: found.start)
        guard var items = try? JSONScanner.Items(&inner) else { return nil }
        var values = [JSONScanner.Value]()
        while let item = try? items.next(&inner) { values.append(item) }
        return values
    }
}

/// Numbers of lines for ascending offsets, counted once.
struct LineCounter {
    private var offset = 0
    private var number = 1

    /// 1-based line of a byte; offsets must not descend (those that do get the last answer).
    mutating func line(of target: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        while offset < target {
            if bytes[offset] == 10 { number += 1 }
            offset += 1
        }
        return number
    }
}
