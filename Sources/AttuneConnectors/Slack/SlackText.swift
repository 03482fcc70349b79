import AttuneCore

/// Text of Slack's markup: `<@U1>`, `<#C1|name>`, `<url|label>`, `<!here>`, and the escapes of `&`, `<` and `>`.
enum SlackText {
    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// What the writer said: without lines that they quote, unless nothing else is there.
    static func own(_ text: String) -> String { MarkdownQuote.own(plain(text), openMark: ">>>") }

    static func plain(_ text: String) -> String {
        var text = text
        let shown: String? = text.withUTF8 { bytes in
            guard ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: 0, to: bytes.count) != nil else { return nil }
            // What a reader sees of a mark is never longer than the mark.
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { room in
                guard let start = room.baseAddress else { return "" }
                var out = Output(at: start)
                write(bytes, to: &out)
                return String(copying: Bytes(start: start, count: out.at - start))
            }
        }
        return EscapedText.unescaped(shown ?? text)
    }

    private struct Output {
        var at: UnsafeMutablePointer<UInt8>

        mutating func put(_ byte: UInt8) {
            at.pointee = byte
            at += 1
        }

        mutating func put(_ bytes: Slice<Bytes>) {
            for byte in bytes { put(byte) }
        }
    }

    private static func write(_ text: Bytes, to out: inout Output) {
        var at = 0
        while let open = ByteSearch.first(UInt8(ascii: "<"), in: text, from: at, to: text.count) {
            // A character of its own would have been escaped; broken markup stays as it is.
            guard let close = ByteSearch.first(UInt8(ascii: ">"), in: text, from: open + 1, to: text.count) else { break }
            out.put(text[at..<open])
            show(text[open + 1..<close], to: &out)
            at = close + 1
        }
        out.put(text[at...])
    }

    /// Writes what a reader sees of a mark's inside.
    private static func show(_ inside: Slice<Bytes>, to out: inout Output) {
        let bar = inside.firstIndex(of: UInt8(ascii: "|")) ?? inside.endIndex
        let (target, label) = (inside[..<bar], inside[bar...].dropFirst())
        switch target.first {
        case UInt8(ascii: "@")?, UInt8(ascii: "#")?:
            let sign = target[target.startIndex]
            out.put(sign)
            out.put(label.isEmpty ? target.dropFirst() : label.drop { $0 == sign })
        case UInt8(ascii: "!")? where label.isEmpty:
            out.put(UInt8(ascii: "@"))
            out.put(target.dropFirst().drop { $0 == UInt8(ascii: "^") }.prefix { $0 != UInt8(ascii: "^") })
        default:
            let isMail = label.isEmpty && target.starts(with: "mailto:".utf8)
            out.put(label.isEmpty ? isMail ? target.dropFirst(7) : target : label)
        }
    }
}
