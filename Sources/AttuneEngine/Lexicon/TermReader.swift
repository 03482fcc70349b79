/// Terms as the tokeniser sees them: the same tokeniser as for texts, so that what is written is what is found.
struct TermReader {
    private let tokenizer = Tokenizer(limit: 4096)
    private var scratch = TokenizerScratch()
    private var buffer = TokenBuffer()

    /// The folded forms of a term's tokens; for a prefix without its `*`.
    mutating func forms(of term: String) -> [[UInt8]] {
        var bytes = Array(term.utf8)
        if LexiconParser.isPrefix(term) { bytes.removeLast() }
        bytes.withUnsafeBufferPointer { tokenizer.tokenize($0, scratch: &scratch, into: &buffer) }
        return buffer.tokens.filter { $0.foldedCount > 0 }.map { Array(buffer.form($0)) }
    }

    /// Whether the term that was read last has a word outside of ASCII.
    var hasOtherSpelling: Bool { buffer.tokens.contains { $0.shape.contains(.nonASCII) && $0.kind == .word } }

    /// Why a text can never match these forms, or nil.
    static func unreachable(_ term: String, _ forms: [[UInt8]]) -> String? {
        if forms.isEmpty { return "`\(term)` holds no word or sign: nothing matches it" }
        if LexiconParser.isPrefix(term) {
            if forms.count > 1 { return "`\(term)` is \(forms.count) words to the tokeniser, and a prefix is one: write it without the *" }
            if forms[0].count < LexiconParser.shortestPrefix { return "`\(term)` would match too many words: write more letters before the *" }
        } else if forms.count > LexiconWriter.longestPath {
            return "`\(term)` is \(forms.count) tokens: shorten it to \(LexiconWriter.longestPath)"
        }
        return nil
    }
}
