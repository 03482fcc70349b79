import AttuneCore

/// Cuts JSON into its records, whatever they are wrapped in: one object a line, a top-level array, several documents one
/// after another, or (with `unwraps`) an object with its records in `items`, `data`, `messages` or `results`. Lines, items of an array
/// and documents are read as they arrive; a single document is held as a whole.
struct JSONItems {
    /// A record, or why there is none.
    enum Item {
        /// A record; valid during the call.
        case value(JSONNode)
        /// The same of a text in which values were malformed: which objects and lists hold one, by their `offset`; valid during the call.
        case mended(JSONNode, [Int: Rejection])
        case rejected(String)
    }

    private enum Mode { case undecided, lines, document }

    private let unwraps: Bool
    private let keepsBeforeCut: Bool
    /// Whether an object is a record of its own, although it has a list under one of those names.
    private let isWhole: (JSONNode) -> Bool
    private var mode = Mode.undecided
    private var encoding = TextEncoding()
    private var lines = LineAssembler()
    private var held: [UInt8] = []
    private var walk = JSONWalk()
    /// Bytes of `held` before it is worth while to look for whole values again.
    private var enough = 0
    private var isTooLong = false
    private var reader = JSONReader()
    /// The input is one object, or the beginning of one, without a second line: known when all of it is there.
    private var isOnlyLine = false
    /// Malformed values of a platform's records, which were mended.
    private(set) var mendedValues = 0
    private var tookComma = false
    /// Bytes of `held` in which there is no line end, or that of the first line.
    private var searched = 0

    /// - Parameter keepsBeforeCut: whether the whole records of a document that breaks off are read. Not where something behind them tells who
    ///   wrote them, or what their ids are made of.
    init(unwraps: Bool, keepsBeforeCut: Bool = false, keeping isWhole: @escaping (JSONNode) -> Bool = { _ in false }) {
        self.unwraps = unwraps
        self.keepsBeforeCut = keepsBeforeCut
        self.isWhole = isWhole
    }

    /// What is told of commas behind the last items of lists and objects; nil where there were none.
    var commaRemark: String? {
        tookComma || walk.passedComma ? "commas behind the last item of a list or object, which JSON does not have, were passed over" : nil
    }

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
            held.hold(chunk)
            var searched = searched
            let decision = held.withUnsafeBufferPointer { Self.decide($0, &searched, isLast: isLast) }
            self.searched = searched
            guard let decision else { return }
            mode = decision
            if mode == .lines {
                let first = held
                held = []
                // What does not begin as an object is lines from its first byte on, whatever follows.
                let isObject = first.first { $0 > 32 } == UInt8(ascii: "{")
                isOnlyLine = isLast && isObject && first.drop { $0 != 10 }.allSatisfy { $0 <= 32 }
                return try first.withUnsafeBufferPointer { try feedLines($0, isLast: isLast, body) }
            }
        }
        if isLast || held.count >= enough { try decodeDocument(isLast: isLast, body) }
    }

    private mutating func hold(_ chunk: UnsafeBufferPointer<UInt8>) {
        if !isTooLong, held.count + chunk.count <= DecodingLimits.document { return held.hold(chunk) }
        isTooLong = true
        held = []
    }

    /// Lines or document? Nil when more bytes are needed. The first line decides; when it is no whole object, it is either
    /// the beginning of a document or a damaged line, which the beginning of the next line tells.
    private static func decide(_ b: UnsafeBufferPointer<UInt8>, _ searched: inout Int, isLast: Bool) -> Mode? {
        guard let first = b.firstIndex(where: { $0 > 32 }) else { return isLast ? .lines : nil }
        if b[first] == UInt8(ascii: "[") { return .document }
        if b[first] != UInt8(ascii: "{") { return .lines }
        guard let end = ByteSearch.first(10, in: b, from: max(first, searched), to: b.count) else {
            searched = b.count
            if isLast, b.count <= DecodingLimits.record { return .lines }
            if b.count <= DecodingLimits.record { return nil }
            return hasWrapper(UnsafeBufferPointer(rebasing: b.prefix(4_096))) || hasSeveral(b) ? .document : .lines
        }
        searched = end
        var scanner = JSONScanner(UnsafeBufferPointer(rebasing: b[first..<end]))
        if (try? scanner.value()) != nil { return .lines }
        guard let next = b[end...].firstIndex(where: { $0 != 10 && $0 != 13 }) else { return isLast ? .lines : nil }
        if b[next] != UInt8(ascii: "{") { return .document }
        return wantsValue(UnsafeBufferPointer(rebasing: b[first..<end])) ? .document : .lines
    }

    /// Whether the beginning of an object breaks off where a value has to follow, as in `{"messages": [`: then the object that the
    /// next line begins with is that value, and not a record behind a damaged one.
    private static func wantsValue(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var open = [UInt8]()
        var (isInString, isEscaped, last) = (false, false, UInt8(0))
        for byte in line {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(byte)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): if open.popLast() == nil { return false }
            default: break
            }
            if byte > 32 { last = byte }
        }
        if isInString { return false }
        return last == UInt8(ascii: ":") || last == UInt8(ascii: "[") || last == UInt8(ascii: ",") && open.last == UInt8(ascii: "[")
    }

    private static let wrapperNames = ["items", "data", "messages", "results"]
    /// Reviews are a wrapper where the object says nothing else, which is not known here.
    private static let listNames = wrapperNames + ["reviews"]

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
            for name in listNames where end > name.utf8.count && head[..<end].suffix(name.utf8.count).elementsEqual(name.utf8) { return true }
        }
        return false
    }

    private mutating func feedLines(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Item, Int) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var lines = LineAssembler()
        swap(&lines, &self.lines)
        let isWhole = unwraps ? isWhole : nil
        try lines.feed(chunk, isLast: isLast) { line, number in
            guard case .bytes(let bytes) = line else { return try body(.rejected(DecodingLimits.tooLongRecord()), number) }
            if bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return }
            let node: JSONNode
            do throws(JSONParser.Failure) { node = try reader.parse(bytes) } catch {
                if try readSeveral(bytes, number, body) { return }
                if try readDamaged(bytes, number, body) { return }
                if isOnlyLine, let cut = try readBeforeCut(bytes, body) { return try body(.rejected(cut), number) }
                return try body(.rejected(Self.reason(error, bytes)), number)
            }
            try Self.pass(node, number, isWhole, body)
        }
        swap(&lines, &self.lines)
    }

    /// - Parameter isWhole: as the property; nil where objects are not unwrapped.
    private static func pass(_ node: JSONNode, _ line: Int, _ isWhole: ((JSONNode) -> Bool)?, _ body: (Item, Int) throws -> Void) throws {
        guard let items = node.array ?? (hasWrapperName(node) ? isWhole.flatMap { wrapped(node, keeping: $0) } : nil) else {
            return try body(.value(node), line)
        }
        for item in items { try body(.value(item), line) }
    }

    /// Reads objects behind one another in one line, as files that were put together without line ends have them; false, and nothing done, for
    /// another line.
    private mutating func readSeveral(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int, _ body: (Item, Int) throws -> Void) throws -> Bool {
        guard Self.hasSeveral(bytes) else { return false }
        var at = 0
        JSONReader.skipSpace(bytes, &at)
        while at < bytes.count {
            let node: JSONNode
            do throws(JSONParser.Failure) { (node, at) = try reader.value(bytes, at: at) } catch {
                try body(.rejected(Self.reason(error, UnsafeBufferPointer(rebasing: bytes[at...]))), line)
                break
            }
            try Self.pass(node, line, unwraps ? isWhole : nil, body)
            JSONReader.skipSpace(bytes, &at)
        }
        return true
    }

    /// Whether two whole objects are at the beginning; one with the beginning of another is a damaged line.
    private static func hasSeveral(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = JSONScanner(bytes)
        for _ in 0..<2 {
            scanner.skipSpace()
            guard scanner.current == UInt8(ascii: "{"), (try? scanner.value()) != nil else { return false }
        }
        return true
    }

    private static let cut =
        "the file ends in the middle of a record: it was cut off there; what comes before is read, download or copy it again for the rest"

    private static let cutThrough =
        "the file ends in the middle of a record: it was cut off there, and with it perhaps who wrote what stands before: download or copy it again"

    /// Reads the whole records of a document that is cut off, where they stand for themselves. Why the rest of it is rejected; nil, and nothing
    /// done, when it is not cut off or has none.
    private mutating func readBeforeCut(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Item, Int) throws -> Void) throws -> String? {
        guard let repaired = JSONCut.repaired(bytes) else { return nil }
        if !keepsBeforeCut { return Self.cutThrough }
        return try repaired.withUnsafeBufferPointer { text in
            guard let node = try? reader.parse(text) else { return nil }
            let items = unwraps ? Self.wrapped(node, keeping: isWhole) : nil
            for item in items ?? [node] { try body(.value(item), 1) }
            return Self.cut
        }
    }

    /// Reads a value in which others are malformed; false, and nothing done, where they cannot be mended. A platform's records are read with
    /// what is left of them; of records of our own form those are rejected that hold one.
    private mutating func readDamaged(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int, _ body: (Item, Int) throws -> Void) throws -> Bool {
        var start = 0
        JSONReader.skipSpace(bytes, &start)
        let bytes = UnsafeBufferPointer(rebasing: bytes[start...])
        guard let repair = JSONRepair(bytes) else { return false }
        return try repair.text.withUnsafeBufferPointer { text in
            guard let node = try? reader.parse(text) else { return false }
            tookComma = tookComma || repair.tookComma
            if !unwraps {
                mendedValues += repair.changes.count
                try Self.pass(node, line, nil, body)
                return true
            }
            let damaged = Self.rejections(repair.changes, bytes, line)
            guard let items = node.array ?? Self.wrapped(node, keeping: isWhole) else {
                try body(.mended(node, damaged), line)
                return true
            }
            for item in items {
                if let rejection = damaged[item.offset] {
                    try body(.rejected(rejection.reason), rejection.line ?? line)
                } else {
                    try body(.value(item), item.line(from: line))
                }
            }
            return true
        }
    }

    /// By the places of what holds the malformed values; of several the first counts.
    private static func rejections(_ changes: [JSONRepair.Change], _ bytes: UnsafeBufferPointer<UInt8>, _ line: Int) -> [Int: Rejection] {
        var (counter, found) = (LineCounter(), [Int: Rejection]())
        for change in changes {
            let rejection = Rejection(reason: change.reason, line: line - 1 + counter.line(of: change.offset, in: bytes))
            for place in change.places where found[place] == nil { found[place] = rejection }
        }
        return found
    }

    private static func reason(_ failure: JSONParser.Failure, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if bytes.starts(with: "{'".utf8) { return pythonLiteral }
        return WellFormed.utf8(bytes) ? "not JSON: \(failure.description)" : "the record is not UTF-8: convert the file, e.g. with iconv"
    }

    /// Files of old data sets have such lines.
    static let pythonLiteral = "a Python literal in single quotes, which is not JSON: convert the file with ast.literal_eval and json.dumps"

    /// Reads the values that are whole, and holds the rest.
    private mutating func decodeDocument(isLast: Bool, _ body: (Item, Int) throws -> Void) throws {
        if isTooLong {
            if isLast { try body(.rejected("the document is larger than \(DecodingLimits.document >> 20) MiB: write one record a line"), walk.line) }
            return
        }
        // Taken out while its closure uses the rest of this value.
        var document = [UInt8]()
        swap(&document, &held)
        try document.withUnsafeBufferPointer { bytes in
            while true {
                do {
                    while let (node, start) = try walk.next(in: bytes, isLast: isLast, &reader) { try pass(node, start, bytes, body) }
                    break
                } catch let failure as JSONParser.Failure {
                    let isFirst = !walk.hasRead
                    if let value = walk.skip(in: bytes) {
                        let text = UnsafeBufferPointer(rebasing: bytes[value])
                        if try readDamaged(text, walk.line(of: value.lowerBound, in: bytes), body) { continue }
                        try body(.rejected("not JSON: \(failure.reason)"), walk.line(of: failure.offset, in: bytes))
                    } else {
                        let isDocument = bytes.first { $0 > 32 } == UInt8(ascii: "{") && isFirst
                        let cut = try isDocument ? readBeforeCut(bytes, body) : nil
                        try body(.rejected(cut ?? "not JSON: \(failure.reason)"), walk.line(of: failure.offset, in: bytes))
                        break
                    }
                }
            }
        }
        if isLast { return }
        // A long value is looked at a few times while it arrives; a document of one value not before its end.
        enough = walk.at > 0 ? 0 : walk.hasRead ? 4 * document.count : .max
        document.removeFirst(document.withUnsafeBufferPointer { walk.leave($0) })
        swap(&document, &held)
    }

    private mutating func pass(
        _ node: JSONNode, _ start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Item, Int) throws -> Void
    ) throws {
        guard unwraps, !walk.isInArray, let items = Self.wrapped(node, keeping: isWhole) else {
            return try body(.value(node), walk.line(of: start, in: bytes))
        }
        for item in items { try body(.value(item), walk.line(of: start + item.offset, in: bytes)) }
    }

    /// Whether it is an object with any of the wrappers' names, which nearly no record is: that is known without looking for its text.
    @inline(__always)
    private static func hasWrapperName(_ node: JSONNode) -> Bool {
        node["items"] != nil || node["data"] != nil || node["messages"] != nil || node["results"] != nil
    }

    /// The wrapped records of an object that has no text of its own; nil when it is a record itself.
    private static func wrapped(_ node: JSONNode, keeping isWhole: (JSONNode) -> Bool) -> [JSONNode]? {
        guard node.isObject, node["text"] == nil, node["id"] == nil, !isWhole(node) else { return nil }
        var found: JSONNode?
        node.forEachMember { key, value in
            if found == nil, value.kind == .array, Self.wrapperNames.contains(where: { $0.utf8.elementsEqual(key) }) { found = value }
        }
        return found?.items
    }
}
