import AttuneCore

/// The text of a cue without its markup, cut where the speaker changes.
enum CueText {
    struct Segment: Equatable {
        /// Who speaks, as a voice tag says it.
        var speaker: String?
        var text: String
    }

    /// Reads `<v Name>…</v>`; removes all other tags, times within the text (`<00:19.000>`) and styles of SRT (`{\an8}`);
    /// decodes entities. A `<` that begins no tag stays.
    static func segments(_ payload: String) -> [Segment] {
        var payload = payload
        return payload.withUTF8 { bytes in
            var reader = Reader(bytes: bytes)
            return reader.read()
        }
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
                default: break
                }
                text.append(bytes[at])
                at += 1
            }
            finish()
            return segments
        }

        private func find(_ byte: Unicode.Scalar) -> Int? {
            ByteSearch.first(UInt8(ascii: byte), in: bytes, from: at, to: bytes.count)
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
                let annotation = String(decoding: inner.drop { $0 != 32 && $0 != 9 && $0 != 10 }, as: UTF8.self).trimmed
                speaker = annotation.isEmpty ? nil : CueText.segments(annotation).first?.text ?? annotation
            }
        }

        private mutating func finish() {
            let line = TextMarks.removed(from: String(decoding: text, as: UTF8.self))
            text = []
            if !line.trimmed.isEmpty { segments.append(Segment(speaker: speaker, text: line)) }
        }
    }
}
