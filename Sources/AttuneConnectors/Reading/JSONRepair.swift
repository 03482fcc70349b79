import AttuneCore

/// Makes well-formed JSON of a text in which single values are not: strings with halves of characters, bytes of another encoding, control
/// characters or escapes that JSON lacks; and `NaN` and `Infinity`, which Python writes. One of them must not cost the other records.
///
/// Nothing but such values is changed, so no record is left out, and nothing in one but what nobody could read. Names of members are not mended.
/// A comma behind the last item of a list or object, as people leave it there, is taken out: it says nothing.
struct JSONRepair {
    /// A value that was changed.
    struct Change {
        /// Where it began, in the damaged text.
        var offset: Int
        /// Where the objects and lists around it and it itself begin in the mended text.
        var places: [Int]
        var reason: String
    }

    private(set) var text: [UInt8] = []
    private(set) var changes: [Change] = []
    /// Whether a comma was taken out.
    private(set) var tookComma = false
    private var scanner: JSONScanner
    /// Where in `text` begins what is open.
    private var open: [Int] = []
    /// Bytes that are in `text`.
    private var copied = 0
    /// Whether single bytes above ASCII are letters of Windows-1252: there is no UTF-8 beside them.
    private let isWindows1252: Bool

    /// Places that are kept of all changes: some 30 MB.
    private static let limit = 4_000_000
    private var placeCount = 0

    /// Nil when there is nothing to repair, or more is wrong than single values.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        scanner = JSONScanner(bytes)
        isWindows1252 = WellFormed.isSingleByte(bytes) && !Windows1252.leavesOut(bytes)
        guard run(), !changes.isEmpty || tookComma else { return nil }
        text += bytes[copied...]
    }

    /// The end of the object or list that begins at a byte, told by quotes and brackets alone; nil when they do not match.
    static func end(of start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var (at, closers) = (start, [UInt8]())
        repeat {
            guard at < bytes.count else { return nil }
            switch bytes[at] {
            case UInt8(ascii: "\""):
                guard let end = endOfString(at, in: bytes) else { return nil }
                at = end
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if closers.count >= JSONParser.depthLimit { return nil }
                closers.append(bytes[at] + 2)
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard closers.popLast() == bytes[at] else { return nil }
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0...32: at += 1
            default: at = endOfWord(at, in: bytes)
            }
        } while !closers.isEmpty
        return at
    }

    private static func endOfString(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var at = start + 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return at < bytes.count ? at + 1 : nil
    }

    private static func endOfWord(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let end = bytes[start...].firstIndex { $0 <= 32 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "}") }
        return max(end ?? bytes.count, start + 1)
    }

    /// False when the brackets do not match or something is wrong that cannot be repaired.
    private mutating func run() -> Bool {
        while true {
            scanner.skipSpace()
            guard let byte = scanner.current else { return open.isEmpty }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if open.count >= JSONParser.depthLimit { return false }
                open.append(place(of: scanner.at))
                scanner.at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard open.popLast() != nil else { return false }
                scanner.at += 1
            case UInt8(ascii: ","):
                if isTrailing(scanner.at) { takeOut(scanner.at) }
                scanner.at += 1
            case UInt8(ascii: ":"): scanner.at += 1
            default: guard readValue() else { return false }
            }
        }
    }

    /// Whether a comma stands between a value and the bracket that closes what the value is in.
    private func isTrailing(_ comma: Int) -> Bool {
        var next = comma + 1
        JSONReader.skipSpace(scanner.bytes, &next)
        guard next < scanner.bytes.count, scanner.bytes[next] == UInt8(ascii: "}") || scanner.bytes[next] == UInt8(ascii: "]") else { return false }
        let last = scanner.bytes[..<comma].last { $0 > 32 }
        return last.map { ![UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":")].contains($0) } ?? false
    }

    private mutating func takeOut(_ comma: Int) {
        text += scanner.bytes[copied..<comma]
        copied = comma + 1
        tookComma = true
    }

    /// Where a byte that is not copied yet will be in `text`.
    private func place(of offset: Int) -> Int { text.count + offset - copied }

    private mutating func readValue() -> Bool {
        let (start, bytes) = (scanner.at, scanner.bytes)
        let isString = bytes[start] == UInt8(ascii: "\"")
        do throws(JSONScanner.Failure) {
            let value = try scanner.value()
            return !isString || WellFormed.utf8(scanner.slice(value)) || change(start..<scanner.at, isString, "a string is not UTF-8")
        } catch {
            let end = isString ? Self.endOfString(start, in: bytes) : Self.endOfWord(start, in: bytes)
            return end.map { change(start..<$0, isString, error.reason) } ?? false
        }
    }

    private mutating func change(_ value: Range<Int>, _ isString: Bool, _ reason: String) -> Bool {
        let bytes = UnsafeBufferPointer(rebasing: scanner.bytes[value])
        // What a member is called without its damage is not known: it may be what a record's author depends on.
        if isString, isName(endingAt: value.upperBound) { return false }
        placeCount += open.count + 1
        guard placeCount <= Self.limit, isString || ["NaN", "Infinity", "-Infinity"].contains(where: { ByteSearch.equal(bytes, $0) }) else {
            return false
        }
        changes.append(Change(offset: value.lowerBound, places: open + [place(of: value.lowerBound)], reason: "not JSON: \(reason)"))
        text += scanner.bytes[copied..<value.lowerBound]
        text += isString ? rewritten(UnsafeBufferPointer(rebasing: bytes.dropFirst().dropLast())) : Array("null".utf8)
        // The lines of what follows stay.
        text += bytes.lazy.filter { $0 == 10 }
        scanner.at = value.upperBound
        copied = value.upperBound
        return true
    }

    private func isName(endingAt end: Int) -> Bool {
        var at = end
        JSONReader.skipSpace(scanner.bytes, &at)
        return at < scanner.bytes.count && scanner.bytes[at] == UInt8(ascii: ":")
    }

    /// A string with U+FFFD for what cannot be read, in quotes.
    private func rewritten(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var (out, at) = ([UInt8(ascii: "\"")], 0)
        let unreadable = "\u{FFFD}".utf8
        while at < content.count {
            let byte = content[at]
            if byte == UInt8(ascii: "\\") {
                let end = Self.escape(content, at)
                if let end {
                    out += content[at..<end]
                    at = end
                } else if content[at + 1] == UInt8(ascii: "u") {
                    out += unreadable
                    at = Self.endOfDigits(content, at + 2)
                } else {
                    // A backslash that somebody did not escape.
                    out += [byte, byte]
                    at += 1
                }
                continue
            }
            if byte < 0x20 {
                out += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            } else if byte >= 0x80, isWindows1252 {
                out += Windows1252.text(CollectionOfOne(byte)).utf8
            } else {
                out.append(byte)
            }
            at += 1
        }
        return Array(String(decoding: out, as: UTF8.self).utf8) + [UInt8(ascii: "\"")]
    }

    /// The end of the escape that begins at a byte; nil when JSON has none like it, or it is NUL or half a character.
    private static func escape(_ content: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        let ends = [at + 2, at + 6, at + 12].filter { $0 <= content.count }
        return ends.first { end in
            var scanner = JSONScanner(UnsafeBufferPointer(rebasing: content[at..<end]))
            return (try? scanner.escape()) != nil && scanner.at == end - at
        }
    }

    private static func endOfDigits(_ content: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        let end = min(start + 4, content.count)
        return content[start..<end].firstIndex { !($0 &- 48 < 10 || ($0 | 0x20) &- 97 < 6) } ?? end
    }
}
