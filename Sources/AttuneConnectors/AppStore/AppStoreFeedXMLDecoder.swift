import AttuneCore

/// Reads a page of the App Store's review feed in XML (Atom). Holds it as a whole: pages have fifty reviews.
struct AppStoreFeedXMLDecoder: Decoder {
    private let reader: AppStoreFeedReader
    private var encoding = TextEncoding()
    private var held: [UInt8] = []
    private var isTooLong = false

    var remarks: [String] { reader.remarks }

    init(_ reader: AppStoreFeedReader) { self.reader = reader }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        encoding.decode(chunk, isLast: isLast) { bytes in
            isTooLong = isTooLong || held.count + bytes.count > DecodingLimits.document
            if isTooLong { held = [] } else { held.hold(bytes) }
        }
        guard isLast else { return }
        if isTooLong { throw UnreadableInput("the feed is larger than \(DecodingLimits.document >> 20) MiB: save one page a file") }
        let bytes = held
        held = []
        try bytes.withUnsafeBufferPointer { try read($0, emit) }
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void) throws {
        if !bytes.contains(where: { $0 > 32 }) { return }
        var scanner = XMLScanner(bytes)
        var lines = LineCounter()
        var count = 0
        while let token = scanner.next() {
            guard case .start("entry", _, let isEmpty) = token else { continue }
            let line = lines.line(of: scanner.tokenStart, in: bytes)
            count += 1
            let entry = isEmpty ? AppStoreFeedEntry() : Self.entry(&scanner)
            guard let entry else {
                try emit(.rejected(Rejection(reason: "an entry is not closed: the file is cut off", line: line)))
                continue
            }
            try emit(reader.operation(entry, line: line))
        }
        guard count == 0 else { return }
        try emit(
            scanner.sawElement("feed")
                ? .ignored(reason: "empty") : .rejected(Rejection(reason: "no App Store feed: it has no element \"feed\"", line: 1)))
    }

    /// The entry that the scanner has just entered; nil when it does not end, and then the scanner stands behind its start.
    private static func entry(_ scanner: inout XMLScanner) -> AppStoreFeedEntry? {
        let start = scanner
        var entry = AppStoreFeedEntry()
        var path: [String] = []
        var (text, type) = ("", "")
        while let token = scanner.next() {
            switch token {
            case .start("entry", _, _):
                scanner = start
                return nil
            case .start(let name, let attributes, let isEmpty):
                if isEmpty { continue }
                path.append(name)
                text = ""
                type = attributes["type"] ?? ""
            case .text(let piece): text += piece
            case .end("entry"): return entry
            case .end(let name):
                guard path.last == name else { continue }
                set(&entry, path.joined(separator: "/"), text, type: type)
                path.removeLast()
                text = ""
            }
        }
        scanner = start
        return nil
    }

    private static func set(_ entry: inout AppStoreFeedEntry, _ path: String, _ text: String, type: String) {
        switch path {
        case "id": entry.id = text
        case "title": entry.title = text
        case "updated": entry.updated = text
        case "im:rating": entry.rating = text
        case "author/name": entry.author = text
        case "author/uri": entry.authorURI = text
        // The same text comes a second time as HTML with a table around it.
        case "content": if type != "html" { entry.content = text }
        default: return
        }
    }
}
