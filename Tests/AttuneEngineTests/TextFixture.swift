@testable import AttuneEngine

/// What the tests of text, lexicon and rules share.
enum TextFixture {
    /// A token in the tests' notation: kind, folded form, and the text it stands on.
    struct Piece: Equatable, CustomStringConvertible {
        var kind: Token.Kind
        var form: String
        var text: String
        var description: String { "\(kind)[\(form)|\(text)]" }
    }

    static func tokenize(_ bytes: [UInt8], limit: Int = 1 << 20) -> TokenBuffer {
        var scratch = TokenizerScratch()
        var buffer = TokenBuffer()
        bytes.withUnsafeBufferPointer { Tokenizer(limit: limit).tokenize($0, scratch: &scratch, into: &buffer) }
        return buffer
    }

    static func tokenize(_ text: String) -> TokenBuffer { tokenize(Array(text.utf8)) }

    static func pieces(_ text: String) -> [Piece] {
        let bytes = Array(text.utf8)
        let buffer = tokenize(bytes)
        return buffer.tokens.map {
            Piece(
                kind: $0.kind, form: String(decoding: buffer.form($0), as: UTF8.self),
                text: String(decoding: bytes[Int($0.span.start)..<Int($0.span.end)], as: UTF8.self))
        }
    }

    static func forms(_ text: String) -> [String] { pieces(text).map(\.form) }

    /// Checks that spans are inside of the text, ordered, without overlaps and, for valid UTF-8, at characters' boundaries.
    static func spanProblem(_ bytes: [UInt8], _ buffer: TokenBuffer) -> String? {
        let isValid = String(validating: bytes, as: UTF8.self) != nil
        var end = 0
        for token in buffer.tokens {
            let (start, stop) = (Int(token.span.start), Int(token.span.end))
            guard start >= end, stop > start, stop <= buffer.scannedCount else { return "\(start)..<\(stop) behind \(end)" }
            end = stop
            guard isValid else { continue }
            for edge in [start, stop] where edge < bytes.count && bytes[edge] & 0xC0 == 0x80 { return "\(edge) cuts a character" }
        }
        return nil
    }

    static func source(_ kind: String, _ language: String, _ lines: [String]) -> LexiconSource {
        let text = "# attune-lexicon: \(kind)\n# language: \(language)\n" + lines.joined(separator: "\n") + "\n"
        return LexiconSource(name: "\(language)/\(kind).tsv", bytes: Array(text.utf8))
    }

    static func read(_ text: String, _ lexicon: Lexicon, _ language: String? = nil, explain: Bool = true) -> LexicalReading {
        var reading = LexicalReading()
        let buffer = tokenize(text)
        var spelling: [UInt8] = []
        let links = Column(
            buffer.tokens.map { WordLink($0, buffer.form($0), hash: Vocabulary.hash(buffer.form($0)), lexicon.automaton.view, &spelling) })
        ValenceModel(lexicon: lexicon)
            .read(buffer, links: WordLinks(links), languages: lexicon.mask(for: language), explain: explain, into: &reading)
        return reading
    }
}
