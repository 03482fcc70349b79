import AttuneCore
import AttuneEngine
import Foundation

/// The whole table of accuracy: public dev splits below a folder of sets, our own held-out messages, and models trained on the way.
struct EvaluationSuite {
    struct Line {
        var name: String
        var metric: String
        var value: Double
        /// What is asked for; nil when the line is only told.
        var target: Double?
        /// What others reach on the task's test set.
        var anchor = ""

        static let header = "| measure | metric | value | asked for | others, on test sets |\n|---|---|--:|--:|---|"

        /// A row of the table.
        var row: String {
            let asked = target.map { String(format: "%.3f", $0) + (value < $0 ? " ✗" : " ✓") } ?? ""
            return "| \(name) | \(metric) | \(String(format: "%.4f", value)) | \(asked) | \(anchor) |"
        }

        /// The same for programs: `target` and `others` only where there are any.
        var json: JSONValue {
            var members: [JSONValue.Member] = [.init("measure", .string(name)), .init("metric", .string(metric)), .init("value", .decimal(value))]
            if let target { members.append(.init("target", .decimal(target))) }
            if !anchor.isEmpty { members.append(.init("others", .string(anchor))) }
            return .object(members)
        }
    }

    let measure: SuiteMeasure
    let pack: Pack
    /// Folder with SET/SPLIT.jsonl.gz; nil measures only what is bundled.
    let sets: String?
    /// Called with every line as it is known.
    let tell: (Line) throws -> Void

    func run(training: Bool) async throws {
        for row in try measure.held() {
            let target = row.name.hasPrefix("hard/") ? 0.85 : row.metric == "1 − ECE" ? 0.95 : nil
            try tell(Line(name: "ours: \(row.name)", metric: row.metric, value: row.value, target: target))
        }
        guard sets != nil else { return }
        try shipped()
        if training { try await trained() }
    }

    private func read(_ name: String, _ split: String = "dev") throws -> [TrainingExample] {
        let rows = try LabelledFile.read("\(sets ?? ".")/\(name)/\(split).jsonl.gz")
        guard split == "dev" else { return rows }
        // Published splits hold texts twice.
        var seen: Set<[UInt8]> = []
        return rows.filter { seen.insert($0.text).inserted }
    }

    /// Macro-F1 of fastText on the test sets of UMSAB (Barbieri et al. 2022).
    private static let fastText = [
        ("arabic", 0.4598), ("english", 0.5085), ("french", 0.5482), ("german", 0.5956), ("hindi", 0.3708), ("italian", 0.5465),
        ("portuguese", 0.5505), ("spanish", 0.5006),
    ]

    /// The heads of the pack.
    private func shipped() throws {
        let tweets = measure.sentiment(try read("tweeteval_sentiment"))
        try tell(
            Line(
                name: "tweeteval_sentiment", metric: "macro-recall", value: tweets.metrics.macroRecall, target: 0.70,
                anchor: "VADER .570, fastText .607, n-grams .648, RoBERTa .713"))
        try tell(Line(name: "tweeteval_sentiment", metric: "1 − ECE", value: 1 - tweets.calibrationError, target: 0.95))
        var sum = 0.0
        for (name, fastText) in Self.fastText {
            let value = measure.sentiment(try read("umsab_\(name)")).metrics.macroF1
            sum += value
            let anchor = "fastText \(String(format: "%.3f", fastText))"
            try tell(Line(name: "umsab_\(name)", metric: "macro-F1", value: value, target: fastText + 0.03, anchor: anchor))
        }
        try tell(
            Line(
                name: "umsab, mean of 8", metric: "macro-F1", value: sum / Double(Self.fastText.count), target: 0.56,
                anchor: "fastText .510, n-grams .553, XLM-T .694"))
        let hinglish = measure.sentiment(try read("sentimix_hinglish")).metrics
        try tell(Line(name: "sentimix_hinglish", metric: "macro-F1", value: hinglish.macroF1, target: 0.67, anchor: "n-grams .68, best .75"))
        try tell(
            Line(name: "germeval2017_db", metric: "micro-F1", value: measure.sentiment(try read("germeval2017_db")).metrics.microF1, target: 0.60))
        let airline = measure.sentiment(try read("airline_tweets")).metrics
        try tell(Line(name: "airline_tweets, never trained on", metric: "macro-F1", value: airline.macroF1, target: 0.64))
        let complaints = measure.oneIntent("complaint", try read("complaints_tweets")) { $0.labels == ["complaint"] }
        try tell(Line(name: "complaints_tweets, never trained on", metric: "macro-F1", value: complaints.macroF1, target: 0.72))
    }

    /// `attune train` on the sets' own rows, with the pack's lexicons and heads as features.
    private func trained() async throws {
        for (name, target, anchor) in [
            ("tweeteval_emotion", 0.70, "fastText .604, n-grams .659, RoBERTa .761"),
            ("tweeteval_offensive", 0.76, "fastText .722, n-grams .739, RoBERTa .795"),
        ] {
            let model = try await train(name)
            try tell(Line(name: "train \(name)", metric: "macro-F1", value: model.dev.macroF1, target: target, anchor: anchor))
            try tell(Line(name: "train \(name)", metric: "1 − ECE", value: 1 - model.expectedCalibrationError, target: 0.95))
        }
        try tell(
            Line(
                name: "train banking77, 5-fold", metric: "accuracy", value: try await folds("banking77"), target: 0.91,
                anchor: "fastText .883, BERT .937"))
        try await clinc()
        let goemotions = try await timed { try await train("goemotions") { $0.multiLabel = true } }
        try tell(
            Line(
                name: "train goemotions", metric: "macro-F1", value: goemotions.value.dev.macroF1, target: 0.45, anchor: "n-grams .470, BERT .46–.50")
        )
        try tell(Line(name: "train goemotions", metric: "1 − ECE", value: 1 - goemotions.value.expectedCalibrationError, target: 0.95))
        try tell(Line(name: "train goemotions", metric: "seconds", value: goemotions.seconds))
    }

    private func train(_ name: String, _ change: (inout TrainerOptions) -> Void = { _ in }) async throws -> TrainedModel {
        var options = TrainerOptions()
        change(&options)
        let (examples, dev) = (try read(name, "train"), try read(name))
        return try await Trainer(pack: pack, options: options).train(examples: examples, dev: dev)
    }

    private func timed<Value>(_ body: () async throws -> Value) async rethrows -> (value: Value, seconds: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let value = try await body()
        return (value, Double((clock.now - start).components.seconds))
    }

    private func clinc() async throws {
        let model = try await timed { try await train("clinc150_full") { $0.reject = "oos" } }
        let dev = try read("clinc150_full")
        let reader = TextReader(lexicon: pack.lexicon, identifier: pack.languageIdentifier)
        let predicted = try ModelPredictions(reader: reader, model: model.value.file()).predict(dev)
        let share = { (rows: [Int]) in Double(rows.count { predicted[$0] == dev[$0].labels }) / Double(max(1, rows.count)) }
        let inside = share(dev.indices.filter { dev[$0].labels != ["oos"] })
        let outside = share(dev.indices.filter { dev[$0].labels == ["oos"] })
        try tell(
            Line(
                name: "train clinc150_full --reject", metric: "accuracy in scope", value: inside, target: 0.915,
                anchor: "fastText .900, n-grams .917, BERT .962"))
        try tell(
            Line(name: "train clinc150_full --reject", metric: "recall out of scope", value: outside, target: 0.50, anchor: "n-grams .520, BERT .523")
        )
        try tell(Line(name: "train clinc150_full", metric: "seconds", value: model.seconds))
    }

    /// Accuracy of five models, each measured on the fifth of the rows that it did not see.
    private func folds(_ name: String) async throws -> Double {
        let rows = try read(name, "train")
        let reader = TextReader(lexicon: pack.lexicon, identifier: pack.languageIdentifier)
        var right = 0
        for fold in 0..<5 {
            let inside = rows.indices.filter { $0 % 5 != fold }.map { rows[$0] }
            let outside = rows.indices.filter { $0 % 5 == fold }.map { rows[$0] }
            let model = try await Trainer(pack: pack, options: TrainerOptions()).train(examples: inside)
            let predicted = try ModelPredictions(reader: reader, model: model.file()).predict(outside)
            right += zip(outside, predicted).count { $0.labels == $1 }
        }
        return Double(right) / Double(max(1, rows.count))
    }
}
