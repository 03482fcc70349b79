import AttuneCore

/// The text of a cue without its markup, cut where the speaker changes.
enum CueText {
    struct Segment: Equatable {
        /// Who speaks, as a voice tag says it; empty for a tag without a name: somebody, but not whoever spoke before.
        var speaker: String?
        var text: String
    }

    /// Reads `<v Name>…</v>`; removes all other tags, times within the text (`<00:19.000>`) and styles of SRT (`{\an8}`);
    /// decodes entities. A `<` that begins no tag stays.
    static func segments(_ payload: UnsafeBufferPointer<UInt8>) -> [Segment] {
        if isPlain(payload) {
            let text = TextMarks.text(payload)
            return text.trimmed.isEmpty ? [] : [Segment(text: text)]
        }
        var reader = Reader(bytes: payload)
        return reader.read()
    }

    /// Whether no byte of a payload means more than itself.
    private static func isPlain(_ payload: UnsafeBufferPointer<UInt8>) -> Bool {
        !payload.contains { $0 == 60 || $0 == 123 || $0 == 38 || $0 == 13 }
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        private var segments: [Segment] = []
        private var speaker: String?
        private var text: [UInt8] = []
        private var at = 0

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func read() -> [Segment] {
            while at < bytes.count {
                switch bytes[at] {
                case UInt8(ascii: "<"):
                    if let end = tagEnd() {
                        tag(UnsafeBufferPointer(rebasing: bytes[(at + 1)..<end]))
                        at = end + 1
                        continue
                    }
                case UInt8(ascii: "{"):
                    if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\\"), let end = find("}") {
                        at = end + 1
                        continue
                    }
                case UInt8(ascii: "&"):
                    if let (scalar, end) = HTMLEntities.decode(bytes, at: at, to: bytes.count) {
                        text.append(contentsOf: (scalar == "\u{A0}" ? " " : Character(scalar)).utf8)
                        at = end
                        continue
                    }
                case 13:
                    // Of whatever form, a line end is LF.
                    text.append(10)
                    at += at + 1 < bytes.count && bytes[at + 1] == 10 ? 2 : 1
                    continue
                default: break
                }
                copy()
            }
            finish()
            return segments
        }

        /// Takes the byte here, and what follows it up to one that may mean something.
        private mutating func copy() {
            let start = at
            at += 1
            while at < bytes.count {
                let byte = bytes[at]
                if byte == 60 || byte == 123 || byte == 38 || byte == 13 { break }
                at += 1
            }
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<at]))
        }

        /// No tag is longer: a text full of their beginnings is looked through once.
        private static let longestTag = 1_024

        private func find(_ byte: Unicode.Scalar) -> Int? {
            ByteSearch.first(UInt8(ascii: byte), in: bytes, from: at, to: min(at + Self.longestTag, bytes.count))
        }

        /// The `>` of the tag that begins here; nil when none does.
        private func tagEnd() -> Int? {
            guard at + 1 < bytes.count, let end = find(">"), end > at + 1 else { return nil }
            let inner = bytes[(at + 1)..<end]
            if inner.contains(UInt8(ascii: "<")) { return nil }
            let first = bytes[at + 1]
            let isName = first | 0x20 >= 97 && first | 0x20 <= 122 || first == UInt8(ascii: "/")
            let isTime = inner.contains(58) && inner.allSatisfy { $0 >= 48 && $0 <= 58 || $0 == 46 }
            return isName || isTime ? end : nil
        }

        private mutating func tag(_ inner: UnsafeBufferPointer<UInt8>) {
            let name = inner.prefix { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 46 }
            if name.elementsEqual("/v".utf8) {
                finish()
                speaker = nil
            } else if name.elementsEqual("v".utf8) {
                finish()
                var annotation = String(decoding: inner.drop { $0 != 32 && $0 != 9 && $0 != 10 }, as: UTF8.self).trimmed
                speaker = annotation.isEmpty ? "" : annotation.withUTF8 { CueText.segments($0) }.first?.text ?? annotation
            }
        }

        private mutating func finish() {
            let line = text.withUnsafeBufferPointer { TextMarks.text($0) }
            text.removeAll(keepingCapacity: true)
            if !line.trimmed.isEmpty { segments.append(Segment(speaker: speaker, text: line)) }
        }
    }
}
