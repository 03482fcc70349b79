/// The text of a mail that its author wrote.
enum MailText {
    /// Own texts of the parts. When nothing of them is the author's own (a mail that is only forwarded), all of it.
    static func own(_ bytes: UnsafeBufferPointer<UInt8>, _ leaves: [MailParts.Leaf], isEscaped: Bool) -> String {
        joined(leaves) { leaf in
            let text = decoded(bytes, leaf, isEscaped: isEscaped)
            return ReplyCutter.own(leaf.isHTML ? HTMLText.plain(text) : text)
        }
            ?? joined(leaves) { leaf in
                let text = decoded(bytes, leaf, isEscaped: isEscaped)
                return TextMarks.removed(from: leaf.isHTML ? HTMLText.whole(text) : text).trimmed
            } ?? ""
    }

    /// The texts that are not empty, each on a line of its own; nil when there is none. Nearly all mails have one.
    private static func joined(_ leaves: [MailParts.Leaf], _ text: (MailParts.Leaf) -> String) -> String? {
        var joined: String?
        for leaf in leaves {
            let text = text(leaf)
            if text.isEmpty { continue }
            if joined == nil { joined = text } else { joined? += "\n" + text }
        }
        return joined
    }

    /// Text of a part with LF at line ends: its transfer encoding, charset and flow undone.
    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ leaf: MailParts.Leaf, isEscaped: Bool) -> String {
        let raw = UnsafeBufferPointer(rebasing: bytes[leaf.body])
        let charset = leaf.type["charset"]
        let content: [UInt8]
        if leaf.encoding == .base64 {
            content = leaf.content ?? TransferDecoding.base64(raw).bytes
        } else if isEscaped, let found = ByteSearch.first(">From ", in: raw, from: 0, to: raw.count) {
            let whole = unescaped(raw, first: found)
            content = leaf.encoding == nil ? whole : whole.withUnsafeBufferPointer(TransferDecoding.quotedPrintable)
        } else if leaf.encoding == .quotedPrintable {
            content = TransferDecoding.quotedPrintable(raw)
        } else {
            return flowed(lineEnds(MailCharset.decode(raw, charset: charset)), leaf)
        }
        return flowed(lineEnds(MailCharset.decode(content, charset: charset)), leaf)
    }

    private static func flowed(_ text: String, _ leaf: MailParts.Leaf) -> String {
        guard !leaf.isHTML, leaf.type["format"]?.lowercased() == "flowed" else { return text }
        return FlowedText.joined(text, deletesSpace: leaf.type["delsp"]?.lowercased() == "yes")
    }

    /// CR and CRLF as LF.
    private static func lineEnds(_ text: String) -> String {
        var text = text
        let out: [UInt8]? = text.withUTF8 { bytes in
            guard ByteSearch.first(13, in: bytes, from: 0, to: bytes.count) != nil else { return nil }
            return [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
                for (i, byte) in bytes.enumerated() where byte != 13 || i + 1 == bytes.count || bytes[i + 1] != 10 {
                    out[count] = byte == 13 ? 10 : byte
                    count += 1
                }
            }
        }
        return out.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// Undoes the quoting of mailbox files: one `>` less before `>From `, at the beginnings of lines.
    /// - Parameter first: where it first occurs.
    private static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>, first: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
            func copy(_ from: Int, _ to: Int) {
                guard let source = bytes.baseAddress, let target = out.baseAddress, to > from else { return }
                (target + count).update(from: source + from, count: to - from)
                count += to - from
            }
            var at = 0
            var next: Int? = first
            while let found = next {
                var start = found
                while start > at, bytes[start - 1] == UInt8(ascii: ">") { start -= 1 }
                copy(at, start)
                at = start == 0 || bytes[start - 1] == 10 ? start + 1 : start
                copy(at, found + 6)
                at = found + 6
                next = ByteSearch.first(">From ", in: bytes, from: at, to: bytes.count)
            }
            copy(at, bytes.count)
        }
    }
}
