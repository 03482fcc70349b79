import AttuneEngine
import Foundation

/// The tokeniser, the lexicon, the rules, the heads and the receipts over any bytes, with the shipped pack.
///
/// Promised: an answer for every text; the same answer with and without a receipt, in the compact form, and with working memory
/// that has seen other texts; numbers in their ranges; spans inside the text; receipts that sum to their scores.
private let analyzer: Analyzer = {
    let path = (setting("ATTUNE_PACK") ?? "Lexicons") + "/attune.pack"
    do {
        return Analyzer(pack: try Pack(storage: ModelStorage(copying: Array(try Data(contentsOf: URL(fileURLWithPath: path))))))
    } catch {
        FileHandle.standardError.write(Data("\(path): \(error)\n".utf8))
        exit(2)
    }
}()
private let hints: [String?] = [nil, nil, nil, nil, "en", "pt-BR", "hi-Latn", "zz", ""]
/// Kept from input to input, as a thread of the program keeps it; the fuzzer has one thread.
private nonisolated(unsafe) var scratch = AnalyzerScratch()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeBufferPointer(start: data, count: count)
    let hint = hints[choice(text, below: hints.count)]
    var explained = analyzer.analyze(text, explain: true, languageHint: hint, scratch: &scratch)
    checkReceipt(explained, count)
    explained.receipt = nil
    let plain = analyzer.analyze(text, languageHint: hint, scratch: &scratch)
    promise(plain == explained, "a receipt changes no answer")
    analyzer.score(text, languageHint: hint, scratch: &scratch)
    promise(Analysis(scratch.result, labels: analyzer.labels, hint: hint) == plain, "the compact answer is the same")
    // Seldom: growing new memory costs more than all the rest.
    if choice(text, below: 8) == 0 {
        var fresh = AnalyzerScratch()
        promise(analyzer.analyze(text, languageHint: hint, scratch: &fresh) == plain, "what was read before changes no answer")
    }
    checkRanges(plain, count)
    return 0
}

private func checkRanges(_ analysis: Analysis, _ count: Int) {
    let sentiment = analysis.sentiment
    promise((-1...1).contains(sentiment.valence), "valence \(sentiment.valence)")
    promise(abs(sentiment.negative + sentiment.neutral + sentiment.positive - 1) < 1e-9, "the probabilities sum to 1")
    let probabilities =
        [sentiment.confidence, sentiment.negative, sentiment.neutral, sentiment.positive, analysis.urgency, analysis.toxicity]
        + analysis.emotions.map(\.score) + analysis.intents.map(\.confidence) + analysis.topics.map(\.confidence)
        + (analysis.language.map { [$0.confidence] } ?? [])
    promise(probabilities.allSatisfy { (0...1).contains($0) }, "a probability in \(analysis)")
    promise(analysis.emotions.allSatisfy { (1...5).contains($0.intensity) }, "an intensity")
    promise(analysis.effort.map { (-5...5).contains($0) } ?? true, "effort")
    promise(!analysis.intents.isEmpty, "an intent, or that it is out of scope")
    if let skipped = analysis.skipped { checkSpan(skipped.span, count, "what was skipped") }
}

private func checkReceipt(_ analysis: Analysis, _ count: Int) {
    guard let receipt = analysis.receipt else { return promise(false, "a receipt that was asked for") }
    let valence = receipt.accounts.first { $0.head == "sentiment.valence" }?.millionths ?? 0
    promise(Double(valence) / 1e6 == analysis.sentiment.valence, "the receipt's valence is the answer's")
    for account in receipt.accounts {
        let sum = account.contributions.reduce(Int64(0)) { $0 &+ $1.millionths }
        promise(sum == account.millionths, "\(account.head) sums to \(sum) instead of \(account.millionths)")
        for case .some(let span) in account.contributions.map(\.span) { checkSpan(span, count, account.head) }
    }
}

private func checkSpan(_ span: Span, _ count: Int, _ what: String) {
    promise(span.start >= 0 && span.start <= span.end && Int(span.end) <= count, "\(what): bytes \(span.start)..<\(span.end) of \(count)")
}
