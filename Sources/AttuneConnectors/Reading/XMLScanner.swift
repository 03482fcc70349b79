/// Walks over XML: elements, text and CDATA. Declarations, comments, processing instructions and document types are skipped,
/// so that no entity but the five of XML and numbers is ever expanded. Takes any bytes, in linear time.
struct XMLScanner {
    enum Token {
        /// `isEmpty` for `<a/>`, which no end token follows.
        case start(String, attributes: [String: String], isEmpty: Bool)
        case end(String)
        case text(String)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    /// Offset of the token that `next` gave last.
    private(set) var tokenStart = 0
    private var names: Set<String> = []
    /// Different names that are remembered; feeds have about twenty.
    private static let nameLimit = 256

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether an element of that name began so far.
    func sawElement(_ name: String) -> Bool { names.contains(name) }

    /// Nil at the end of the bytes.
    mutating func next() -> Token? {
        while at < bytes.count {
            tokenStart = at
            guard bytes[at] == UInt8(ascii: "<") else {
                let end = find("<", from: at) ?? bytes.count
                defer { at = end }
                return .text(Self.decoded(UnsafeBufferPointer(rebasing: bytes[at..<end])))
            }
            if starts("<![CDATA[") {
                let first = at + 9
                let end = find("]]>", from: first) ?? bytes.count
                at = min(end + 3, bytes.count)
                return .text(String(decoding: bytes[min(first, end)..<end], as: UTF8.self))
            }
            if starts("<!--") {
                skip(behind: "-->")
            } else if starts("<?") || starts("<!") {
                skip(behind: ">")
            } else if let token = tag() {
                return token
            } else {
                at = bytes.count
            }
        }
        return nil
    }

    private func starts(_ text: StaticString) -> Bool {
        at + text.utf8CodeUnitCount <= bytes.count && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[at + $0] == text.utf8Start[$0] }
    }

    /// Offset of the next occurrence.
    private func find(_ text: StaticString, from: Int) -> Int? {
        var start = from
        while let found = ByteSearch.first(text.utf8Start[0], in: bytes, from: start, to: bytes.count) {
            let length = text.utf8CodeUnitCount
            if found + length <= bytes.count, (1..<max(length, 1)).allSatisfy({ bytes[found + $0] == text.utf8Start[$0] }) { return found }
            start = found + 1
        }
        return nil
    }

    private mutating func skip(behind text: StaticString) {
        at = find(text, from: at).map { $0 + text.utf8CodeUnitCount } ?? bytes.count
    }

    /// The tag that begins here; nil when it does not end.
    private mutating func tag() -> Token? {
        guard let end = tagEnd() else { return nil }
        defer { at = end + 1 }
        if at + 1 < end, bytes[at + 1] == UInt8(ascii: "/") { return .end(text(at + 2, end).trimmed) }
        let isEmpty = end > at + 1 && bytes[end - 1] == UInt8(ascii: "/")
        let last = isEmpty ? end - 1 : end
        let nameEnd = bytes[at..<last].firstIndex { $0 <= 32 } ?? last
        let name = text(at + 1, nameEnd)
        if names.count < Self.nameLimit { names.insert(name) }
        return .start(name, attributes: attributes(nameEnd, last), isEmpty: isEmpty)
    }

    /// Offset of the `>` that ends the tag, outside quotes.
    private func tagEnd() -> Int? {
        var quote: UInt8?
        for p in at..<bytes.count {
            let byte = bytes[p]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return p
            }
        }
        return nil
    }

    private func attributes(_ start: Int, _ end: Int) -> [String: String] {
        var attributes: [String: String] = [:]
        var p = start
        while let equals = ByteSearch.first(UInt8(ascii: "="), in: bytes, from: p, to: end) {
            let name = text(p, equals).trimmed
            var open = equals + 1
            while open < end, bytes[open] <= 32 { open += 1 }
            guard open < end, let close = ByteSearch.first(bytes[open], in: bytes, from: open + 1, to: end) else { break }
            attributes[name] = Self.decoded(UnsafeBufferPointer(rebasing: bytes[(open + 1)..<close]))
            p = close + 1
        }
        return attributes
    }

    private func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[min(start, end)..<end], as: UTF8.self) }

    /// Text with its references decoded, once.
    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out = [UInt8]()
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "&"), let (scalar, end) = HTMLEntities.decode(bytes, at: at, to: bytes.count) {
                out.append(contentsOf: Character(scalar).utf8)
                at = end
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
