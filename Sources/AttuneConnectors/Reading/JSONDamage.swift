import AttuneCore

/// Finds the records of a JSON document in which a value is damaged: a string that is not UTF-8 or holds half a character, a word that
/// JSON does not have. One of them must not cost the others.
struct JSONDamage {
    /// A record that cannot be read.
    struct Place: Hashable {
        /// Where the damaged value begins.
        var offset: Int
        var reason: String
    }

    /// Whether the objects of a list may be left out one by one.
    /// - Parameters:
    ///   - name: of the member that the list is; empty for any other.
    ///   - depth: objects and lists around it.
    typealias IsOfRecords = (_ name: UnsafeBufferPointer<UInt8>, _ depth: Int) -> Bool

    /// The document with a `0` and its line ends for each damaged record, and what is wrong with them in their order. Nil when nothing is
    /// damaged, when it is not a value within a record, or when the brackets do not match.
    static func mended(_ bytes: UnsafeBufferPointer<UInt8>, isOfRecords: @escaping IsOfRecords) -> (text: [UInt8], places: [Place])? {
        var finder = Finder(bytes, isOfRecords)
        guard finder.run(), !finder.places.isEmpty else { return nil }
        var (text, at) = ([UInt8](), 0)
        text.reserveCapacity(bytes.count)
        for record in finder.records {
            text += bytes[at..<record.lowerBound]
            text.append(UInt8(ascii: "0"))
            text += bytes[record].lazy.filter { $0 == 10 }
            at = record.upperBound
        }
        return (text + bytes[at...], finder.places)
    }

    /// The parts of what one message says stand in lists too; without one of them it would say something else.
    static func isOfRecords(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        !textNames.contains { $0.utf8.elementsEqual(name) }
    }

    private static let textNames = [
        "text", "text_entities", "entities", "caption_entities", "content", "blocks", "elements", "words", "alternatives", "inlineEmojis",
    ]

    /// The end of the value that begins at a byte, told by quotes and brackets alone; nil when they do not match.
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

    fileprivate static func endOfString(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var at = start + 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return at < bytes.count ? at + 1 : nil
    }

    fileprivate static func endOfWord(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes[start...].firstIndex { $0 <= 32 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "}") } ?? bytes.count
    }
}

/// The way through a document, whose brackets count and whose values are looked at one by one.
private struct Finder {
    private struct Open {
        var closer: UInt8
        /// A list whose objects may be left out.
        var isOfRecords = false
        /// Of a list: where the object in it begins that is open.
        var record: Int?
    }

    private let isOfRecords: JSONDamage.IsOfRecords
    private var scanner: JSONScanner
    private var open: [Open] = []
    /// The string before a colon.
    private var name = 0..<0
    /// Which of the open lists has the damaged record.
    private var damaged: Int?
    private(set) var records: [Range<Int>] = []
    private(set) var places: [JSONDamage.Place] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ isOfRecords: @escaping JSONDamage.IsOfRecords) {
        scanner = JSONScanner(bytes)
        self.isOfRecords = isOfRecords
    }

    /// False when brackets do not match or something is damaged that is in no record.
    mutating func run() -> Bool {
        while true {
            scanner.skipSpace()
            guard let byte = scanner.current else { return open.isEmpty }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if open.count >= JSONParser.depthLimit { return false }
                enter(byte)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard open.popLast()?.closer == byte else { return false }
                scanner.at += 1
                leave()
            case UInt8(ascii: ","), UInt8(ascii: ":"): scanner.at += 1
            default: guard readValue() else { return false }
            }
        }
    }

    private mutating func enter(_ byte: UInt8) {
        var next = Open(closer: byte + 2)
        if byte == UInt8(ascii: "[") {
            next.isOfRecords = isOfRecords(UnsafeBufferPointer(rebasing: scanner.bytes[name]), open.count)
        } else if let last = open.indices.last, open[last].closer == UInt8(ascii: "]") {
            open[last].record = scanner.at
        }
        open.append(next)
        name = 0..<0
        scanner.at += 1
    }

    /// Behind the bracket that closes something.
    private mutating func leave() {
        guard let last = open.indices.last, let record = open[last].record, open[last].closer == UInt8(ascii: "]") else { return }
        open[last].record = nil
        guard damaged == last else { return }
        records.append(record..<scanner.at)
        damaged = nil
    }

    private mutating func readValue() -> Bool {
        let start = scanner.at
        let isString = scanner.current == UInt8(ascii: "\"")
        var reason: String?
        do throws(JSONScanner.Failure) { _ = try scanner.value() } catch {
            reason = error.reason
            guard let end = isString ? JSONDamage.endOfString(start, in: scanner.bytes) : JSONDamage.endOfWord(start, in: scanner.bytes) else {
                return false
            }
            scanner.at = max(end, start + 1)
        }
        if isString {
            name = start + 1..<scanner.at - 1
            if reason == nil, !WellFormed.utf8(UnsafeBufferPointer(rebasing: scanner.bytes[name])) { reason = "a string is not UTF-8" }
        }
        guard let reason, damaged == nil else { return true }
        damaged = open.indices.last { open[$0].isOfRecords && open[$0].record != nil }
        places.append(.init(offset: start, reason: "not JSON: \(reason)"))
        return damaged != nil
    }
}
