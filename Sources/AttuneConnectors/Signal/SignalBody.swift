import AttuneCore

/// A message's lines, taken apart: own words, and what came with them.
struct SignalBody {
    private(set) var text = ""
    private(set) var attachments: [Attachment] = []

    /// Whether the export says so.
    private var isMarkedCall = false

    /// - Parameter attachments: that stand beside the text.
    init(_ written: String, attachments: [Attachment], isCall: Bool) {
        self.init(written)
        self.attachments += attachments
        isMarkedCall = isCall
    }

    init(_ written: String) {
        var kept = [String]()
        for line in written.utf8.split(separator: 10, omittingEmptySubsequences: false).lazy.map({ Substring($0) }) {
            if Self.isSticker(line) {
                attachments.append(Attachment(kind: "sticker"))
                continue
            }
            let words = Self.withoutReactions(line)
            let files = attachments.count
            let rest = words.utf8.contains(UInt8(ascii: "]")) ? withoutFiles(Array(words.utf8)) : words
            let hadMore = attachments.count > files || words.utf8.count < line.utf8.count
            if hadMore, rest.trimmed.isEmpty { continue }
            kept.append(rest)
        }
        text = TextMarks.removed(from: MarkdownQuote.own(kept.joined(separator: "\n"))).trimmed
    }

    /// A sticker without its picture: `(( 😡 ))`, or the word for one that has no emoji.
    private static func isSticker(_ line: Substring) -> Bool {
        let bytes = line.utf8
        guard bytes.first == UInt8(ascii: "("), bytes.count <= 60 else { return false }
        let text = String(line).trimmed
        guard text.hasPrefix("(( "), text.hasSuffix(" ))"), text.utf8.count > 6 else { return false }
        let label = text.dropFirst(3).dropLast(3)
        return label == "sticker" || label.unicodeScalars.allSatisfy { !$0.isASCII }
    }

    /// Whether the message says only that it was deleted.
    var isDeletion: Bool { text == Self.deletion && attachments.isEmpty }

    /// What signal-export writes for a message that was deleted.
    static let deletion = "(This message was deleted)"

    /// Whether it is signal-export's line for a call: `Missed video call`, `Incoming voice call (accepted, 2m 3s)`.
    var isCall: Bool {
        if isMarkedCall { return true }
        guard attachments.isEmpty, text.utf8.count <= 80, let letter = text.utf8.first, [73, 77, 79].contains(letter) else { return false }
        var words = text.split(separator: " ", maxSplits: 3)[...]
        guard let first = words.popFirst(), ["Incoming", "Outgoing", "Missed"].contains(first) else { return false }
        if let kind = words.first, ["voice", "video", "group", "direct", "adhoc", "unknown"].contains(kind) { words.removeFirst() }
        guard words.popFirst() == "call" else { return false }
        let rest = words.joined(separator: " ")
        return rest.isEmpty || rest.hasPrefix("(") && rest.hasSuffix(")")
    }

    /// Reactions stand behind the text: `(- Tom: 👍, Ana: ❤ -)`.
    private static func withoutReactions(_ line: Substring) -> String {
        let text = String(line)
        guard line.utf8.contains(UInt8(ascii: "(")) else { return text }
        let trimmed = text.trimmed
        guard trimmed.hasSuffix("-)"), let open = trimmed.firstRange(of: "(- ") else { return text }
        return String(trimmed[..<open.lowerBound]).trimmed
    }

    /// Takes out links to exported files: `![name](./media/name.jpg)`, `[name](media/name.pdf)`. Links elsewhere are text.
    private mutating func withoutFiles(_ line: [UInt8]) -> String {
        var kept = [UInt8]()
        var (from, at) = (0, 0)
        var open: Int?
        while at + 1 < line.count {
            if line[at] == UInt8(ascii: "[") { open = at }
            guard line[at] == UInt8(ascii: "]"), line[at + 1] == UInt8(ascii: "("), let start = open, let file = Self.file(line, behind: at + 2)
            else {
                at += 1
                continue
            }
            let isPicture = start > from && line[start - 1] == UInt8(ascii: "!")
            kept += line[from..<(isPicture ? start - 1 : start)]
            let name = String(decoding: line[file.name], as: UTF8.self).replacing("%20", with: " ")
            attachments.append(file.isSticker ? Attachment(kind: "sticker") : Attachment(kind: isPicture ? "image" : "document", name: name))
            at = file.name.upperBound + 1
            (from, open) = (at, nil)
        }
        return String(decoding: kept + line[from...], as: UTF8.self)
    }

    /// The name of the exported file that a link's target names, up to its bracket.
    private static func file(_ line: [UInt8], behind start: Int) -> (name: Range<Int>, isSticker: Bool)? {
        for folder in ["./media/", "media/", "../exported_stickers/"] where line[start...].starts(with: folder.utf8) {
            let first = start + folder.utf8.count
            // Names of files have at most 255 bytes.
            guard let end = line[first...].prefix(256).firstIndex(of: UInt8(ascii: ")")) else { return nil }
            return (first..<end, folder.hasPrefix(".."))
        }
        return nil
    }
}
