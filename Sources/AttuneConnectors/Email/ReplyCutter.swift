import AttuneCore

/// Parts the text of a reply from the mail it quotes and from the signature.
///
/// Cut are lines that begin with `>`, with the words that introduce them; everything below `On … wrote:`, a divider such as
/// `-----Original Message-----`, or the header of the quoted mail; and everything below `-- `. Footers of telephones stay: their owner may have written them.
struct ReplyCutter {
    private let text: UnsafeBufferPointer<UInt8>
    private var lines: [Line] = []
    /// Whether a colon of either kind occurs, without which no line labels or introduces.
    private let hasColon: Bool

    private struct Line {
        let start: Int
        /// Without blanks.
        let end: Int
        var isCut = false
    }

    /// The author's own words.
    /// - Parameter text: with LF at line ends.
    static func own(_ text: String) -> String {
        // Nothing to cut and no blanks around it: it is its own text.
        let isOwn = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            return first &- 33 < 94 && last < 0x80 && isPlainLine(bytes) && TextMarks.first(in: bytes) == nil
        }
        if isOwn == true { return text }
        var text = text
        return text.withUTF8 { own($0) }
    }

    /// - Parameter text: in UTF-8.
    static func own(_ text: UnsafeBufferPointer<UInt8>) -> String {
        read(text) { bytes in isPlainLine(bytes) ? String(copying: bytes).trimmed : ReplyCutter(bytes).joined(cut: false) }
    }

    /// The same, and the rest; nil when nothing is cut.
    static func split(_ text: String) -> (own: String, rest: String?) {
        var text = text
        return text.withUTF8 { text in
            read(text) { bytes in
                if isPlainLine(bytes) { return (String(copying: bytes).trimmed, nil) }
                let cutter = ReplyCutter(bytes)
                return (cutter.joined(cut: false), cutter.lines.contains { $0.isCut } ? cutter.joined(cut: true) : nil)
            }
        }
    }

    /// Right-to-left programs put marks around the whole introduction of what they quote, behind its colon too.
    private static func read<Result>(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if TextMarks.first(in: text) == nil { return body(text) }
        var plain = TextMarks.text(text)
        return plain.withUTF8(body)
    }

    /// Whether it is one line in which nothing can be cut, since it has none of the signs that mark what is: as most chats' are.
    private static func isPlainLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, last > 32 else { return false }
        func has(_ byte: UInt8) -> Bool { ByteSearch.first(byte, in: bytes, from: 0, to: bytes.count) != nil }
        // The first byte of the wide colon is that of other signs too.
        return first != UInt8(ascii: ">") && first != UInt8(ascii: "-") && !isRule(first) && !has(10) && !has(UInt8(ascii: ":")) && !has(0xEF)
    }

    private init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        hasColon =
            ByteSearch.first(UInt8(ascii: ":"), in: text, from: 0, to: text.count) != nil
            || ByteSearch.first(0xEF, in: text, from: 0, to: text.count) != nil
        lines.reserveCapacity(text.count(of: 10) + 1)
        var start = 0
        while start <= text.count {
            let next = ByteSearch.first(10, in: text, from: start, to: text.count) ?? text.count
            var end = next
            while end > start, text[end - 1] <= 32 { end -= 1 }
            lines.append(Line(start: start, end: end))
            start = next + 1
        }
        cut()
    }

    private mutating func cut() {
        var i = 0
        while i < lines.count {
            if endsReply(i) {
                cutAll(from: i)
                break
            } else if isQuoted(i) {
                lines[i].isCut = true
                cutIntroduction(before: i)
            } else if let start = attributionStart(endingAt: i) {
                guard let next = nextLine(after: i) else {
                    cutAll(from: start)
                    break
                }
                if isQuoted(next) {
                    for j in start...i { lines[j].isCut = true }
                } else if namesMoment(start, i) {
                    cutAll(from: start)
                    break
                }
            }
            i += 1
        }
        cutBrokenLines()
    }

    private mutating func cutAll(from start: Int) { for j in start..<lines.count { lines[j].isCut = true } }

    // MARK: Lines

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    private func line(_ i: Int) -> Bytes { Bytes(rebasing: text[lines[i].start..<lines[i].end]) }
    private func isBlank(_ i: Int) -> Bool { lines[i].start == lines[i].end }

    private func folded(_ i: Int) -> [UInt8] { PhraseList.folded(line(i)) }

    private func nextLine(after i: Int) -> Int? { ((i + 1)..<max(lines.count, i + 1)).first { !isBlank($0) } }

    /// Begins with `>` and is no face such as `>:(`.
    private func isQuoted(_ i: Int) -> Bool {
        let line = line(i)
        guard line.first == UInt8(ascii: ">") else { return false }
        // Letters, digits and blanks begin no face.
        if line.count == 1 || line[1] <= 32 || (line[1] | 0x20) &- 97 < 26 { return true }
        let rest = Bytes(rebasing: line[1...])
        return !Self.faces.contains { ByteSearch.begins(rest, with: $0) && (rest.count == $0.count || rest[$0.count] <= 32) }
    }

    private static let faces = [":(", ":-(", ":|", ":/", ":[", ":@", "_<", ".<", ":)", ":D", ":O", "<"].map { Array($0.utf8) }

    // MARK: Ends of a reply

    /// Whether everything from this line on is not the reply.
    private func endsReply(_ i: Int) -> Bool {
        let line = line(i)
        guard let first = line.first else { return false }
        if first == UInt8(ascii: "-") { return isSignature(i) || isDivider(i) }
        if first == UInt8(ascii: ">") { return Self.isRuled(line) }
        if Self.isRule(first) { return isDivider(i) || isHeaderBlock(i) }
        // `Begin forwarded message:`
        if line.last == UInt8(ascii: ":"), line.count <= Self.longestDivider, !Self.hasDigit(line), QuoteWords.originals.contains(Self.inner(line)) {
            return true
        }
        return isHeaderBlock(i)
    }

    /// `>>> Ann Lee <ann@example.com> 02.02.26 18.00 >>>`, as GroupWise writes above what it does not mark.
    private static func isRuled(_ line: Bytes) -> Bool {
        guard line.count > 8, line.count <= longestDivider else { return false }
        return line.starts(with: ">>> ".utf8) && line.suffix(4).elementsEqual(" >>>".utf8) && hasDigit(line)
    }

    /// Digits rule out every word that divides or labels, before it is made a text: `On Mon, 2 Feb 2026 at 18:00 …`.
    private static func hasDigit(_ line: Bytes) -> Bool { line.contains { $0 &- 48 < 10 } }

    /// `_`, `#`, `=`, `*`, and the first byte of dashes.
    private static func isRule(_ byte: UInt8) -> Bool { byte == 95 || byte == 35 || byte == 61 || byte == 42 || byte == 0xE2 }

    /// The words of a line within rules of any kind.
    private static func inner(_ line: Bytes) -> String {
        String(decoding: line, as: UTF8.self).lowercased().trimming { $0.isWhitespace || "-_=#:*–—".contains($0) }
    }

    /// Longest line that divides, bytes.
    private static let longestDivider = 200

    /// `-- `: what follows is a signature. Without the blank only when little follows, since `--` also divides texts.
    private func isSignature(_ i: Int) -> Bool {
        guard line(i).elementsEqual("--".utf8) else { return false }
        let hasBlank = lines[i].end < text.count && text[lines[i].end] == 32
        if hasBlank { return true }
        if nextLine(after: i).map(isSentence) == true { return false }
        var following = 0
        for j in (i + 1)..<max(lines.count, i + 1) where !isBlank(j) {
            if isQuoted(j) || attributionStart(endingAt: j) != nil { break }
            following += 1
            if following > Self.longestSignature { return false }
        }
        return true
    }

    /// A line of at least five words that ends as a sentence does: signatures begin with a name, or a phrase.
    private func isSentence(_ i: Int) -> Bool {
        guard let last = line(i).last, ".!?".utf8.contains(last) else { return false }
        return line(i).split(separator: 32).count >= 5
    }

    /// Lines of a signature below `--` without its blank.
    private static let longestSignature = 8

    /// `-----Original Message-----`, `---- Ann wrote ----`, a rule above a mail's header, `##- Please type your reply above this line -##`.
    private func isDivider(_ i: Int) -> Bool {
        let line = line(i)
        guard line.count <= Self.longestDivider else { return false }
        let inner = Self.inner(line)
        if inner.isEmpty { return line.count >= 5 && nextLine(after: i).map { isHeaderBlock($0) } ?? false }
        if QuoteWords.originals.contains(inner) || QuoteWords.replyAbove.occurs(in: Array(inner.utf8)) { return true }
        guard line.starts(with: "--".utf8), line.last == UInt8(ascii: "-") else { return false }
        return QuoteWords.wrote.occurs(in: Array(inner.utf8), whole: true) || nextLine(after: i).map { isHeaderBlock($0) } ?? false
    }

    /// Lines of a quoted header that are looked at.
    private static let headerLines = 8

    /// Whether the header of a quoted mail begins here: `From:` or `Date:` first, two kinds of fields at least, and an address,
    /// a time or a subject among them.
    private func isHeaderBlock(_ i: Int) -> Bool {
        guard let first = label(i) else { return false }
        var kinds: Set<QuoteWords.Label> = []
        var hasMark = false
        var misses = 0
        for j in i..<min(lines.count, i + Self.headerLines) {
            if isBlank(j) { break }
            if let label = label(j) {
                kinds.insert(label)
                misses = 0
            } else {
                // A long list of receivers wraps.
                misses += 1
                if misses > 1 { break }
            }
            hasMark = hasMark || line(j).contains(UInt8(ascii: "@")) || label(j) == .sent && hasTime(line(j))
        }
        guard first != .to, first != .copy, kinds.count >= 2, kinds.contains(.from) || kinds.contains(.subject) && kinds.count >= 3 else {
            return false
        }
        return kinds.contains(.subject) && kinds.count >= 3 || hasMark && (kinds.contains(.sent) || kinds.contains(.subject) || kinds.contains(.to))
    }

    private func hasTime(_ line: Bytes) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
        return line[(colon + 1)...].contains(UInt8(ascii: ":"))
    }

    /// Longest label, bytes.
    private static let longestLabel = 44

    /// What kind of field a line is: the word before its first colon.
    private func label(_ i: Int) -> QuoteWords.Label? {
        guard hasColon else { return nil }
        let line = line(i)
        let head = Bytes(rebasing: line.prefix(Self.longestLabel))
        guard let colon = ByteSearch.first(UInt8(ascii: ":"), in: head, from: 0, to: head.count) ?? Self.wideColon(head), colon > 0 else {
            return nil
        }
        let written = Bytes(rebasing: line[..<colon])
        if Self.hasDigit(written) { return nil }
        let word = String(copying: written).lowercased().trimming { $0 == "*" || $0 == "_" || $0.isWhitespace }
        return QuoteWords.labels[word]
    }

    private static func wideColon(_ line: Bytes) -> Int? { ByteSearch.first("：", in: line, from: 0, to: line.count) }

    // MARK: Introductions

    /// Lines over which an introduction may wrap.
    private static let mostIntroductionLines = 4
    private static let longestIntroduction = 500

    /// The line at which `On … wrote:` begins that ends with line `i`.
    private func attributionStart(endingAt i: Int) -> Int? {
        guard hasColon else { return nil }
        let last = line(i)
        guard last.last == UInt8(ascii: ":") || last.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]), last.count <= Self.longestIntroduction else {
            return nil
        }
        var joined = [UInt8]()
        var loose: Int?
        for k in 0..<min(Self.mostIntroductionLines, i + 1) {
            let j = i - k
            if isBlank(j) || lines[j].isCut { break }
            joined = folded(j) + (joined.isEmpty ? [] : [32]) + joined
            if joined.count > Self.longestIntroduction { break }
            switch Self.form(joined) {
            case .usual: return j
            case .loose: loose = loose ?? j
            case nil: continue
            }
        }
        return loose
    }

    /// How a line introduces a quoted mail: as programs write it, `On … wrote:`; or it only ends so, with an address, and
    /// perhaps began in the line above.
    private enum Form { case usual, loose }

    private static func form(_ line: [UInt8]) -> Form? {
        let isDated = line.contains { $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: "@") || $0 >= 0xE3 }
        guard isDated, QuoteWords.wrote.occurs(in: line, whole: true) else { return nil }
        // Behind bullets, dashes and marks of emphasis.
        let plain = String(decoding: line, as: UTF8.self).drop { !$0.isLetter && !$0.isNumber && $0 != "<" && $0 != "\"" }
        guard let first = plain.first else { return nil }
        if first.isNumber || QuoteWords.starts.contains(String(plain.prefix { $0.isLetter })) { return .usual }
        // `Ann Lee <ann@example.com> wrote:`, and not the end of a sentence behind others. Behind the address a date may have its points.
        guard let sign = plain.firstIndex(of: "@") else { return nil }
        return first == "<" || first == "\"" || !plain[..<sign].contains(". ") ? .loose : nil
    }

    /// Whether an introduction says when or who exactly: without that only a quoted line behind it makes it one.
    private func namesMoment(_ start: Int, _ end: Int) -> Bool {
        let flat = text[lines[start].start..<lines[end].end].map { $0 == 10 ? 32 : $0 }
        return flat.withUnsafeBufferPointer { Attribution.start($0, end: flat.count) } != nil
    }

    /// Cuts the introduction of the quoted line `i` in whatever language: it names an address, or a day and a time, or is nothing but a name and
    /// the verb.
    private mutating func cutIntroduction(before i: Int) {
        guard i > 0, let last = (0..<i).reversed().first(where: { !isBlank($0) }), !lines[last].isCut else { return }
        if Self.isDatedAddress(line(last)) || namesWriter(last) {
            lines[last].isCut = true
            return
        }
        guard hasColon, let start = Attribution.start(text, end: lines[last].end) else { return }
        var j = last
        while j >= 0, lines[j].start >= start {
            lines[j].isCut = true
            j -= 1
        }
    }

    /// `2012/4/2 Ann Lee <ann@example.com>`, as Gmail writes it in some languages, without a verb and a colon.
    private static func isDatedAddress(_ line: Bytes) -> Bool {
        guard line.last == UInt8(ascii: ">"), line.count <= longestDivider, let open = line.lastIndex(of: UInt8(ascii: "<")) else { return false }
        let date = line.prefix { $0 > 32 }
        return date.count >= 6 && date.count < open && date.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: "/") }
            && date.count { $0 == UInt8(ascii: "/") } == 2 && line[open...].contains(UInt8(ascii: "@"))
    }

    /// Words of the longest name with its verb: `Harbour Tea Support wrote:`.
    private static let writerWords = 4

    /// Whether a line of its own only says who wrote what follows.
    private func namesWriter(_ i: Int) -> Bool {
        let line = line(i)
        guard line.last == UInt8(ascii: ":"), line.count <= Self.longestLabel, i == 0 || isBlank(i - 1) || lines[i - 1].isCut else { return false }
        let words = folded(i)
        return words.split(separator: 32).count { $0 != [58] } <= Self.writerWords && QuoteWords.wrote.occurs(in: words, whole: true)
    }

    /// Programs that wrap quoted lines leave their ends without a `>`: a short line between quoted ones, the upper long.
    private mutating func cutBrokenLines() {
        guard lines.count > 2 else { return }
        for i in 1..<(lines.count - 1) where !lines[i].isCut && !isBlank(i) && lines[i - 1].isCut && isQuoted(i - 1) && isQuoted(i + 1) {
            if line(i - 1).count >= Self.wrappedLine, line(i).count < line(i - 1).count { lines[i].isCut = true }
        }
    }

    /// Bytes of a line that was probably wrapped.
    private static let wrappedLine = 60

    // MARK: Result

    /// The lines that are cut, or the others, without empty ones at the ends; never more than one empty line in a row.
    private func joined(cut: Bool) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { out in
            guard let source = text.baseAddress, let target = out.baseAddress else { return "" }
            var (count, blanks) = (0, 0)
            for line in lines where line.isCut == cut {
                if line.start == line.end {
                    blanks += 1
                    continue
                }
                if count > 0 {
                    for _ in 0..<(blanks > 0 ? 2 : 1) {
                        target[count] = 10
                        count += 1
                    }
                }
                (target + count).update(from: source + line.start, count: line.end - line.start)
                count += line.end - line.start
                blanks = 0
            }
            return String(copying: Bytes(rebasing: out[..<count])).trimmed
        }
    }
}
