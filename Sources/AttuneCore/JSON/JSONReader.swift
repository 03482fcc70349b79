/// Reads JSON texts one after another into the same memory: nodes are valid until their reader reads the next text or goes away.
public struct JSONReader {
    private(set) var document = JSONDocument()

    /// Memory above this is given back before a much smaller text is read.
    private static let footprintLimit = 4 << 20

    public init() {}

    /// Line feeds in the value that was read last.
    public var lineBreaks: Int { document.tape.pointee.lineBreaks }

    /// The value of a whole text. Throws what `JSONParser` throws for it.
    public mutating func parse(_ text: UnsafeBufferPointer<UInt8>) throws(JSONParser.Failure) -> JSONNode {
        var start = 0
        Self.skipSpace(text, &start)
        let (node, end) = try value(text, at: start, isAlone: true)
        var at = end
        Self.skipSpace(text, &at)
        if at < text.count { throw JSONParser.Failure(offset: at, reason: "unexpected text behind the value") }
        return node
    }

    /// The value that begins at byte `start`, whatever follows it, and where it ends.
    public mutating func value(_ text: UnsafeBufferPointer<UInt8>, at start: Int) throws(JSONParser.Failure) -> (node: JSONNode, end: Int) {
        try value(text, at: start, isAlone: false)
    }

    private mutating func value(
        _ text: UnsafeBufferPointer<UInt8>, at start: Int, isAlone: Bool
    ) throws(JSONParser.Failure) -> (node: JSONNode, end: Int) {
        let rest = UnsafeBufferPointer(rebasing: text[start...])
        // A copy of this reader goes its own way.
        if !isKnownUniquelyReferenced(&document) || document.footprint > Self.footprintLimit && rest.count < document.footprint / 64 {
            document = JSONDocument()
        }
        if let count = document.read(rest, isAlone: isAlone) { return (JSONNode(document), start + count) }
        throw JSONParser.fault(in: rest, at: start)
    }

    /// Moves behind the white space of JSON.
    public static func skipSpace(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
        while at < text.count, text[at] == 32 || text[at] == 10 || text[at] == 13 || text[at] == 9 { at += 1 }
    }
}
