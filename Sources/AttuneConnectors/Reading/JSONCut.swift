import AttuneCore

/// Makes whole JSON of a document that ends too early, as downloads and copies do that were interrupted: without the record it
/// breaks off in, with the brackets closed.
enum JSONCut {
    /// A list that is open where the document ends.
    private struct OpenList {
        var start: Int
        /// Behind its last whole item; nil as long as it has none that is an object.
        var end: Int?
        /// What closes everything that is open around it and itself, innermost last.
        var closers: [UInt8]
        /// Whether its objects stand for themselves.
        var isOfRecords: Bool
    }

    /// A list of records that is whole.
    private struct ClosedList {
        /// Behind its bracket.
        var end: Int
        var count: Int
        /// What closes everything that is open around it, innermost last.
        var closers: [UInt8]
    }

    /// What of a document is whole where it ends.
    private struct Whole {
        /// The lists that are open.
        var lists: [OpenList] = []
        /// The last list of records that is closed.
        var member: ClosedList?
    }

    /// Nil when the document is whole, is damaged before its end, or has no list with a whole record.
    ///
    /// Of the lists that are open at the end, the innermost is taken that holds a good part of the text: the messages of a chat,
    /// not the pieces of the message in which it ends. Where none has a record, what follows the last list that has is left out.
    static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var scanner = JSONScanner(bytes)
        guard let whole = whole(&scanner) else { return nil }
        let lists = whole.lists.filter(\.isOfRecords)
        let longest = lists.compactMap { list in list.end.map { $0 - list.start } }.max() ?? 0
        guard let taken = lists.last(where: { list in list.end.map { ($0 - list.start) * 8 >= longest } ?? false }), let end = taken.end else {
            return whole.member.map { Array(bytes[..<$0.end]) + $0.closers.reversed() }
        }
        return Array(bytes[..<end]) + taken.closers.reversed()
    }

    /// Nil when the text does not end too early.
    private static func whole(_ scanner: inout JSONScanner) -> Whole? {
        var closers = [UInt8]()
        var lists = [OpenList]()
        // The string before a colon.
        var name = 0..<0
        // A closed list, and whether a comma shows that the document goes on behind it.
        var (closed, member): (ClosedList?, ClosedList?) = (nil, nil)
        let (brace, bracket) = (UInt8(ascii: "}"), UInt8(ascii: "]"))
        while true {
            scanner.skipSpace()
            guard let byte = scanner.current else { return closers.isEmpty ? nil : Whole(lists: lists, member: closed ?? member) }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if closers.count >= JSONParser.depthLimit { return nil }
                closers.append(byte == UInt8(ascii: "{") ? brace : bracket)
                if byte == UInt8(ascii: "[") {
                    // A list within a record is a part of it, and a record that breaks off behind it may lack the word that it is private. Only of
                    // a chat's messages all that counts stands before them.
                    let isChat = lists.last?.isOfRecords == true && ByteSearch.equal(UnsafeBufferPointer(rebasing: scanner.bytes[name]), "messages")
                    lists.append(OpenList(start: scanner.at, closers: closers, isOfRecords: lists.isEmpty || isChat))
                }
                name = 0..<0
                scanner.at += 1
            case brace, bracket:
                guard closers.popLast() == byte else { return nil }
                scanner.at += 1
                if byte == bracket {
                    let list = lists.removeLast()
                    let count = scanner.at - list.start
                    // Not the few records that belong to what the others say.
                    if list.isOfRecords, list.end != nil, count * 8 >= (closed ?? member)?.count ?? 0 {
                        closed = ClosedList(end: scanner.at, count: count, closers: closers)
                    }
                }
                if byte == brace, closers.last == bracket, !lists.isEmpty { lists[lists.count - 1].end = scanner.at }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if byte == UInt8(ascii: ",") { (closed, member) = (nil, closed ?? member) }
                scanner.at += 1
            default:
                do throws(JSONScanner.Failure) {
                    let value = try scanner.value()
                    name = value.kind == .string ? value.start + 1..<value.end - 1 : 0..<0
                } catch {
                    // An escape or a literal in halves is found where it begins.
                    return error.offset + 6 >= scanner.bytes.count ? Whole(lists: lists, member: member) : nil
                }
            }
        }
    }
}

/// What those outside have to know of a JSON text that is not well-formed.
public enum JSONText {
    /// Whether it ends before its brackets close: whoever was interrupted sends it again.
    public static func breaksOff(_ text: [UInt8]) -> Bool {
        guard let start = text.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) else { return false }
        return text.withUnsafeBufferPointer { JSONRepair.end(of: start, in: $0) == nil }
    }

    /// Whether it has commas behind the last items of lists or objects, without which it can be read.
    public static func hasTrailingComma(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { JSONRepair($0)?.tookComma ?? false } }
}
