/// Tells files that surely are something else than one message a line: JSON, markup, program text, a chat or captions whose times no
/// connector reads. Taken as text, their brackets and headers would be customers' words.
enum StructuredText {
    static func begins(_ head: ArraySlice<UInt8>) -> Bool {
        let start = head.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        let second = start.dropFirst().first { $0 > 32 }
        if start.first == UInt8(ascii: "{"), second == UInt8(ascii: "\"") { return true }
        if start.first == UInt8(ascii: "["), let second, [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(second) { return true }
        let opening = String(decoding: start.prefix(16), as: UTF8.self).lowercased()
        if markup.contains(where: { opening.hasPrefix($0) }) { return true }
        let lines = start.split(maxSplits: lookedLines) { $0 == 10 || $0 == 13 }.prefix(lookedLines)
        let dated = lines.count { isDated($0) }
        return dated >= 2 && dated * 2 > lines.count || lines.count { isTiming($0) } >= 2
    }

    private static let lookedLines = 20
    /// Documents of markup, and the JavaScript of X's archive.
    private static let markup = ["<?xml", "<!doctype", "<html", "window.ytd", "%pdf-", "{\\rtf"]

    /// Whether a line begins with a date and a clock, in either order, or with a clock that counts seconds, and goes on with somebody's
    /// words behind a colon.
    private static func isDated(_ line: ArraySlice<UInt8>) -> Bool {
        let head = line.prefix(44).drop { $0 >= 0x80 || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "(") }
        guard let first = head.first, first &- 48 < 10 else { return false }
        var (numbers, clocks, previous) = (0, 0, UInt8(0))
        var at = head.startIndex
        while at < head.endIndex {
            guard head[at] &- 48 < 10 else {
                previous = head[at]
                at += 1
                continue
            }
            let begin = at
            while at < head.endIndex, head[at] &- 48 < 10 { at += 1 }
            if previous == UInt8(ascii: ":"), at - begin == 2 { clocks += 1 }
            // Behind a slash, a dash, a point, a blank, or a letter of a script that writes 2026年2月13日.
            if [UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), 32].contains(previous) || previous >= 0x80 { numbers += 1 }
        }
        return (numbers >= 2 && clocks >= 1 || clocks >= 2) && line.split(separator: UInt8(ascii: ":")).count > 2
    }

    /// `0:00:01.000,0:00:04.000`, the timing lines of YouTube's own captions.
    private static func isTiming(_ line: ArraySlice<UInt8>) -> Bool {
        line.count >= 21 && line.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
            && line.count { $0 == UInt8(ascii: ":") } == 4 && line.count { $0 == UInt8(ascii: ",") } == 1
    }
}
