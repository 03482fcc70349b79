import AttuneEngine
import Foundation

/// Any bytes as a lexicon file, and then as the text that is read with it.
///
/// Promised: what cannot be used is told with its line; the rest is a lexicon that works, and the same one every time.
private let texts = ["", "not a great day, but the refund came asap 😡 :-)", "no complaints", "où est ma commande ? मेरा ऑर्डर"].map { Array($0.utf8) }

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    let (lexicon, problems) = Lexicon.read([LexiconSource(name: "fuzz.tsv", bytes: bytes)])
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
    promise(problems.allSatisfy { $0.line >= 0 && $0.line <= lines && !$0.message.isEmpty }, "problems in their lines: \(problems)")
    // Layers of a pack: the same file twice is the same lexicon.
    let (twice, _) = Lexicon.read([LexiconSource(name: "a.tsv", bytes: bytes), LexiconSource(name: "b.tsv", bytes: bytes)])
    promise(twice.hash == lexicon.hash, "the same file twice is the same lexicon")
    let analyzer = Analyzer(pack: Pack(lexicon: lexicon, model: nil))
    var scratch = AnalyzerScratch()
    for text in texts + [bytes] {
        text.withUnsafeBufferPointer { text in
            let analysis = analyzer.analyze(text, explain: true, scratch: &scratch)
            promise((-1...1).contains(analysis.sentiment.valence), "valence \(analysis.sentiment.valence)")
            for account in analysis.receipt?.accounts ?? [] {
                promise(account.contributions.reduce(Int64(0)) { $0 &+ $1.millionths } == account.millionths, "\(account.head) does not sum")
            }
        }
    }
    return 0
}
