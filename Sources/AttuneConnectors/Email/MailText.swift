import AttuneCore

/// The text of a mail that its author wrote.
enum MailText {
    /// Own texts of the parts. When nothing of them is the author's own (a mail that is only forwarded), all of it.
    static func own(_ bytes: UnsafeBufferPointer<UInt8>, _ leaves: [MailParts.Leaf], isEscaped: Bool) -> String {
        var own = ""
        for leaf in leaves {
            add(
                decoded(bytes, leaf, isEscaped) {
                    leaf.isHTML ? ReplyCutter.own(HTMLText.plain($0)) : ArmouredText.written($0) { ReplyCutter.own($0) }
                }, to: &own)
        }
        if !own.isEmpty { return own }
        for leaf in leaves {
            add(decoded(bytes, leaf, isEscaped) { leaf.isHTML ? HTMLText.whole($0) : ArmouredText.written($0, TextMarks.text) }.trimmed, to: &own)
        }
        return own
    }

    /// Whether a part is encrypted within its text, as programs without MIME do it.
    static func isEncrypted(_ bytes: UnsafeBufferPointer<UInt8>, _ leaves: [MailParts.Leaf]) -> Bool {
        leaves.contains { ByteSearch.first(ArmouredText.encrypted, in: bytes, from: $0.body.lowerBound, to: $0.body.upperBound) != nil }
    }

    /// Files within the plain texts, as they stand there without an encoding.
    static func files(_ bytes: UnsafeBufferPointer<UInt8>, _ leaves: [MailParts.Leaf]) -> [Attachment] {
        var files = [Attachment]()
        for leaf in leaves where !leaf.isHTML && leaf.encoding == nil {
            let text = UnsafeBufferPointer(rebasing: bytes[leaf.body])
            var at = 0
            while let file = UuencodedFile.first(in: text, from: at) {
                files.append(Attachment(kind: "document", name: file.name))
                at = file.range.upperBound
            }
        }
        return files
    }

    /// Each on a line of its own; nearly all mails have one.
    private static func add(_ text: String, to texts: inout String) {
        if text.isEmpty { return }
        if texts.isEmpty { texts = text } else { texts += "\n" + text }
    }

    /// Calls `body` with the text of a part in UTF-8 with LF at line ends: its transfer encoding, charset and flow undone.
    private static func decoded(
        _ bytes: UnsafeBufferPointer<UInt8>, _ leaf: MailParts.Leaf, _ isEscaped: Bool, _ body: (UnsafeBufferPointer<UInt8>) -> String
    ) -> String {
        let raw = UnsafeBufferPointer(rebasing: bytes[leaf.body])
        func text(_ content: UnsafeBufferPointer<UInt8>) -> String {
            MailCharset.withText(content, form: leaf.charset) { text in
                withLineEnds(text) { lines in
                    if !leaf.isFlowed { return body(lines) }
                    var joined = FlowedText.joined(String(copying: lines), deletesSpace: leaf.deletesSpace)
                    return joined.withUTF8(body)
                }
            }
        }
        switch leaf.encoding {
        case .base64: return (leaf.content ?? TransferDecoding.base64(raw).bytes).withUnsafeBufferPointer(text)
        case .quotedPrintable: return unescaped(raw, isEscaped, TransferDecoding.quotedPrintable).withUnsafeBufferPointer(text)
        case nil: return unescaped(raw, isEscaped, text)
        }
    }

    /// CR and CRLF as LF.
    private static func withLineEnds(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> String) -> String {
        guard ByteSearch.first(13, in: bytes, from: 0, to: bytes.count) != nil else { return body(bytes) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { out in
            var count = 0
            for (i, byte) in bytes.enumerated() where byte != 13 || i + 1 == bytes.count || bytes[i + 1] != 10 {
                out[count] = byte == 13 ? 10 : byte
                count += 1
            }
            return body(UnsafeBufferPointer(rebasing: out[..<count]))
        }
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
