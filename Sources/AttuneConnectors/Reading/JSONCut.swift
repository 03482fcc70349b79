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
    }

    /// Nil when the document is whole, is damaged before its end, or has no list with a whole record.
    ///
    /// Of the lists that are open at the end, the innermost is taken that holds a good part of the text: the messages of a chat,
    /// not the pieces of the message in which it ends.
    static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var scanner = JSONScanner(bytes)
        guard let lists = openLists(&scanner) else { return nil }
        let longest = lists.compactMap { list in list.end.map { $0 - list.start } }.max() ?? 0
        guard let taken = lists.last(where: { list in list.end.map { ($0 - list.start) * 8 >= longest } ?? false }), let end = taken.end else {
            return nil
        }
        return Array(bytes[..<end]) + taken.closers.reversed()
    }

    /// The lists that are open where the text ends; nil when it does not end too early.
    private static func openLists(_ scanner: inout JSONScanner) -> [OpenList]? {
        var closers = [UInt8]()
        var lists = [OpenList]()
        let (brace, bracket) = (UInt8(ascii: "}"), UInt8(ascii: "]"))
        while true {
            scanner.skipSpace()
            guard let byte = scanner.current else { return closers.isEmpty ? nil : lists }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if closers.count >= JSONParser.depthLimit { return nil }
                closers.append(byte == UInt8(ascii: "{") ? brace : bracket)
                if byte == UInt8(ascii: "[") { lists.append(OpenList(start: scanner.at, closers: closers)) }
                scanner.at += 1
            case brace, bracket:
                guard closers.popLast() == byte else { return nil }
                scanner.at += 1
                if byte == bracket { lists.removeLast() }
                if byte == brace, closers.last == bracket, !lists.isEmpty { lists[lists.count - 1].end = scanner.at }
            case UInt8(ascii: ","), UInt8(ascii: ":"): scanner.at += 1
            default:
                do throws(JSONScanner.Failure) { _ = try scanner.value() } catch {
                    // An escape or a literal in halves is found where it begins.
                    return error.offset + 6 >= scanner.bytes.count ? lists : nil
                }
            }
        }
    }
}
