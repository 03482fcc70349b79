/// The text of a mail that its author wrote.
enum MailText {
    /// Own texts of the parts. When nothing of them is the author's own (a mail that is only forwarded), all of it.
    static func own(_ bytes: UnsafeBufferPointer<UInt8>, _ leaves: [MailParts.Leaf], isEscaped: Bool) -> String {
        let texts = leaves.map { (text: decoded(bytes, $0, isEscaped: isEscaped), isHTML: $0.isHTML) }
        let own = texts.map { ReplyCutter.split($0.isHTML ? HTMLText.plain($0.text) : $0.text).own }.filter { !$0.isEmpty }
        if !own.isEmpty { return own.joined(separator: "\n") }
        return texts.map { TextMarks.removed(from: $0.isHTML ? HTMLText.whole($0.text) : $0.text).trimmed }.filter { !$0.isEmpty }.joined(
            separator: "\n")
    }

    /// Text of a part with LF at line ends: its transfer encoding, charset and flow undone.
    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ leaf: MailParts.Leaf, isEscaped: Bool) -> String {
        let raw = UnsafeBufferPointer(rebasing: bytes[leaf.body])
        let content =
            switch leaf.encoding {
            case .base64: TransferDecoding.base64(raw).bytes
            case .quotedPrintable: unescaped(raw, isEscaped).withUnsafeBufferPointer(TransferDecoding.quotedPrintable)
            case nil: unescaped(raw, isEscaped)
            }
        let text = lineEnds(MailCharset.decode(content, charset: leaf.type["charset"]))
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
    private static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>, _ isEscaped: Bool) -> [UInt8] {
        guard isEscaped, ByteSearch.first(">From ", in: bytes, from: 0, to: bytes.count) != nil else { return Array(bytes) }
        var out = [UInt8]()
        out.reserveCapacity(bytes.count)
        var at = 0
        while let found = ByteSearch.first(">From ", in: bytes, from: at, to: bytes.count) {
            var start = found
            while start > at, bytes[start - 1] == UInt8(ascii: ">") { start -= 1 }
            out.append(contentsOf: bytes[at..<start])
            at = start == 0 || bytes[start - 1] == 10 ? start + 1 : start
            out.append(contentsOf: bytes[at..<found + 6])
            at = found + 6
        }
        out.append(contentsOf: bytes[at...])
        return out
    }
}
