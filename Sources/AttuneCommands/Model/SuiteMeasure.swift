import AttuneEngine
import Foundation

/// Measures the shipped heads on labelled texts, the way `attune evaluate --suite` and the tests tell them.
struct SuiteMeasure {
    let analyzer: Analyzer
    /// Folder of the bundled texts, `Corpora`.
    let corpora: URL

    static let languages = ["ar", "de", "en", "es", "fr", "hi", "hi-Latn", "it", "pt"]
    /// Languages with enough messages together to tell whether a confidence is honest: in ten bins of a few hundred, chance alone errs by .04.
    static let languageGroups = [["en"], ["de", "es", "fr", "it", "pt"], ["ar", "hi", "hi-Latn"]]
    static let hardSets = [
        "code-mixed", "comparative", "conditional", "frames", "negation", "neutral-strong-words", "no-opinion", "no-problem", "quoted", "sarcasm",
    ]

    func analyses(_ examples: [TrainingExample]) -> [Analysis] {
        var scratch = AnalyzerScratch()
        return examples.map { example in
            example.text.withUnsafeBufferPointer { analyzer.analyze($0, languageHint: example.language, scratch: &scratch) }
        }
    }

    /// Sentiment with three labels: rows whose truth is mixed have no single side and are left out.
    /// - Returns: agreement, and the expected calibration error of the confidence.
    func sentiment(_ examples: [TrainingExample]) -> (metrics: Metrics, calibrationError: Double) {
        let sided = examples.filter { $0.labels != ["mixed"] }
        let found = analyses(sided)
        let predicted = found.map { [analyzer.polarity(of: $0.sentiment).rawValue] }
        let called = found.indices.filter { found[$0].sentiment.label != .mixed }
        let error = Calibration.expectedError(
            confidence: called.map { found[$0].sentiment.confidence }, isCorrect: called.map { sided[$0].labels == predicted[$0] })
        return (Metrics(truth: sided.map(\.labels), predicted: predicted), error)
    }

    /// One intent against all others.
    func oneIntent(_ intent: String, _ examples: [TrainingExample], truth: (TrainingExample) -> Bool) -> Metrics {
        let predicted = analyses(examples).map { analysis in [analysis.intents.contains { $0.label == intent } ? "yes" : "no"] }
        return Metrics(truth: examples.map { [truth($0) ? "yes" : "no"] }, predicted: predicted)
    }

    /// Share of messages whose first intent is among theirs.
    func firstIntent(_ examples: [TrainingExample]) -> Double {
        let right = zip(examples, analyses(examples)).count { row, analysis in analysis.intents.first.map { row.labels.contains($0.label) } ?? false }
        return Double(right) / Double(max(1, examples.count))
    }

    /// Expected calibration error of the first intent's confidence.
    func intentCalibrationError(_ examples: [TrainingExample]) -> Double {
        let first = analyses(examples).map { $0.intents.first ?? .init(label: Analysis.outOfScope, confidence: 1) }
        return Calibration.expectedError(confidence: first.map(\.confidence), isCorrect: zip(examples, first).map { $0.labels.contains($1.label) })
    }

    /// Share of texts in a language.
    func language(_ examples: [TrainingExample], _ code: String) -> Double {
        Double(analyses(examples).count { $0.language?.code == code }) / Double(max(1, examples.count))
    }

    /// Share of texts about which nothing is claimed: no feeling, no emotion, no intent.
    func silence(_ texts: [String]) -> Double {
        let found = analyses(texts.map { TrainingExample($0, []) })
        let silent = found.count { analysis in
            analysis.sentiment.label == .neutral && analysis.emotions.isEmpty && analysis.intents.allSatisfy { $0.label == Analysis.outOfScope }
        }
        return Double(silent) / Double(max(1, texts.count))
    }

    /// A column of a file of `Corpora/customers`.
    func messages(_ name: String, _ column: String) throws -> [TrainingExample] {
        try CustomerMessages(path: corpora.appendingPathComponent("customers/\(name).tsv").path).examples(column)
    }

    /// Every measure on our own held-out messages, by name: what a checkout can repeat.
    func held() throws -> [(name: String, metric: String, value: Double)] {
        var result: [(String, String, Double)] = []
        for language in Self.languages {
            let sentiments = try messages("\(language)/heldout", "sentiment")
            result.append(("\(language) sentiment", "macro-F1", sentiment(sentiments).metrics.macroF1))
            result.append(("\(language) first intent", "accuracy", firstIntent(try messages("\(language)/heldout", "intents"))))
            result.append(("\(language) language", "accuracy", self.language(sentiments, language)))
        }
        for name in Self.hardSets {
            result.append(("hard/\(name)", "accuracy", sentiment(try messages("hard/\(name)", "sentiment")).metrics.accuracy))
        }
        let all = try Self.languages.flatMap { try messages("\($0)/heldout", "sentiment") }
        result.append(("all languages", "1 − ECE", 1 - sentiment(all).calibrationError))
        for group in Self.languageGroups {
            let messages = try group.flatMap { try self.messages("\($0)/heldout", "intents") }
            result.append(("\(group.joined(separator: ", ")) first intent", "1 − ECE", 1 - intentCalibrationError(messages)))
        }
        result.append(("nothing claimed of nothing", "share", silence(Self.nothings)))
        return result
    }

    /// Texts that say nothing anybody could know.
    static let nothings = [
        "", " ", "...", "?", "-----", "12345", "00:00 17", "asdfghjkl", "qwe rty uio", "xkcdqz wvbnmt", "jfkdlsö", "zxcv zxcv zxcv", "lkjh gfds",
        "hhhhh",
        "aaaaaaaaaa", "bzzt krrp", "0x7f 0x1c", "{}[]()", "¯\u{301}\u{302}", "tphwq", "rtrtrt fgfg", "mnbvcxy lkj", "ghj ghj ghj", "wqpoeiru",
        "dfgh jklm npqr",
    ]
}
