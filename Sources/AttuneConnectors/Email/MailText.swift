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
        let text: String
        switch leaf.encoding {
        case .base64: text = MailCharset.decode(leaf.content ?? TransferDecoding.base64(raw).bytes, charset: charset)
        case .quotedPrintable: text = MailCharset.decode(unescaped(raw, isEscaped, TransferDecoding.quotedPrintable), charset: charset)
        case nil: text = unescaped(raw, isEscaped) { MailCharset.decode($0, charset: charset) }
        }
        return flowed(lineEnds(text), leaf)
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
    private static func unescaped<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ isEscaped: Bool, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard isEscaped, let first = ByteSearch.first(">From ", in: bytes, from: 0, to: bytes.count), let source = bytes.baseAddress else {
            return body(bytes)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { out in
            guard let target = out.baseAddress else { return body(bytes) }
            var (count, at) = (0, 0)
            func copy(to end: Int) {
                (target + count).update(from: source + at, count: end - at)
                count += end - at
                at = end
            }
            var next: Int? = first
            while let found = next {
                var start = found
                while start > at, bytes[start - 1] == UInt8(ascii: ">") { start -= 1 }
                copy(to: start)
                if start == 0 || bytes[start - 1] == 10 { at = start + 1 }
                copy(to: found + 6)
                next = ByteSearch.first(">From ", in: bytes, from: at, to: bytes.count)
            }
            copy(to: bytes.count)
            return body(UnsafeBufferPointer(start: target, count: count))
        }
    }
}
