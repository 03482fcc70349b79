import Testing

@testable import AttuneEngine

/// Words whose letters are looked up one by one come out as ICU's iterator and normaliser give them.
@Suite struct PlainLettersTests {
    private struct Piece: Equatable {
        var kind: Token.Kind
        var span: Span
        var shape: Token.Shape
        var form: [UInt8]
    }

    /// What both ways say of a run that is one or more letters; nil when it is not of the plain kind.
    private final class Reader {
        private var scratch = TokenizerScratch()
        private var buffer = TokenBuffer()

        func plain(_ run: [UInt8]) -> [Piece]? {
            read(run) { PlainLetters.read($0, 0, run.count, $1, &$2) }
        }

        func icu(_ run: [UInt8]) -> [Piece]? {
            read(run) {
                Segments.read($0, 0, run.count, $1, &$2)
                return true
            }
        }

        private func read(_ run: [UInt8], _ body: (TextScan, TextBoundary, inout TokenBuffer) -> Bool) -> [Piece]? {
            run.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return nil }
                buffer.removeAll()
                let scan = scratch.scan(base, count: bytes.count, &buffer)
                let before = buffer.folded.count
                guard body(scan, scratch.boundary, &buffer) else {
                    #expect(buffer.folded.count == before && buffer.tokens.isEmpty, "what is refused leaves nothing behind")
                    return nil
                }
                return buffer.tokens.map { Piece(kind: $0.kind, span: $0.span, shape: $0.shape, form: Array(buffer.form($0))) }
            }
        }
    }

    private static func text(_ scalars: [UInt32]) -> [UInt8] {
        var text = String.UnicodeScalarView()
        for value in scalars { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
        return Array(String(text).utf8)
    }

    @Test func everyScalarAloneTwiceAndAmongOthers() {
        let reader = Reader()
        var plain = 0
        for value in UInt32(0x80)...0xFFFF where !(0xD800...0xDFFF).contains(value) {
            for scalars in [[value], [value, value], [0x62, value, 0x79], [0x434, value, 0x436]] {
                let run = Self.text(scalars)
                guard let pieces = reader.plain(run) else { continue }
                plain += 1
                if pieces != reader.icu(run) { Issue.record("U+\(String(value, radix: 16)) in \(scalars)") }
            }
        }
        #expect(plain > 20_000, "\(plain)")
    }

    /// Marks of every class behind letters of every script, capitals, letters that stand three times.
    @Test func randomWordsOfOneBlock() {
        let reader = Reader()
        var random = SplitMix64(seed: 11)
        let blocks: [UInt32] = [
            0x0100, 0x0180, 0x0300, 0x0370, 0x0400, 0x0531, 0x0591, 0x0600, 0x0680, 0x0700, 0x0780, 0x07C0, 0x0900, 0x0980, 0x0A00, 0x0A80, 0x0B00,
            0x0B80, 0x0C00, 0x0C80, 0x0D00, 0x0D80, 0x0E00, 0x0F00, 0x1000, 0x10A0, 0x1200, 0x13A0, 0x1780, 0x1E00, 0x1F00, 0x2C00, 0xA640, 0xFB50,
        ]
        var plain = 0
        for _ in 0..<60_000 {
            guard let block = blocks.randomElement(using: &random) else { continue }
            var scalars: [UInt32] = []
            for _ in 0..<Int.random(in: 2...7, using: &random) {
                switch Int.random(in: 0..<12, using: &random) {
                case 0: scalars.append(UInt32.random(in: 0x61...0x7A, using: &random))
                case 1: scalars.append(UInt32.random(in: 0x300...0x36F, using: &random))
                case 2: scalars += Array(repeating: scalars.last ?? block, count: 3)
                default: scalars.append(UInt32.random(in: block..<block + 0x80, using: &random))
                }
            }
            let run = Self.text(scalars)
            guard let pieces = reader.plain(run) else { continue }
            plain += 1
            if pieces != reader.icu(run) { Issue.record("\(scalars.map { String($0, radix: 16) })") }
        }
        #expect(plain > 10_000, "\(plain)")
    }

    @Test(arguments: ["نعم", "العَرَبِيّة", "नहीं", "धन्यवाद", "Спасибо", "ЁЛКА", "ευχαριστώ", "አመሰግናለሁ", "teşekkürler", "ĞÜZEL", "žluťoučký"])
    func wordsOfManyScriptsArePlain(_ word: String) {
        let reader = Reader()
        #expect(reader.plain(Array(word.utf8)) != nil)
        #expect(reader.plain(Array(word.utf8)) == reader.icu(Array(word.utf8)))
    }

    @Test(arguments: ["ไทย", "日本", "한국", "a1", "l’été", "😀", "“так”", "ा", "है।", "ধন্যবাদ"]) func theRestIsLeftToICU(_ run: String) {
        #expect(Reader().plain(Array(run.utf8)) == nil)
    }
}
