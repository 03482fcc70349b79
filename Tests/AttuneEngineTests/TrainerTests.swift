import Testing

@testable import AttuneEngine

@Suite struct TrainerTests {
    private var reader: TextReader { TextReader(lexicon: testLexicon(), identifier: nil) }

    private func table(_ count: Int, seed: UInt64) -> [TrainingExample] {
        let words: [String: [String]] = [
            "parcel": ["box", "courier", "late", "tracking", "doorstep"], "money": ["invoice", "charged", "refund", "card", "price"],
            "login": ["password", "account", "locked", "code", "email"],
        ]
        let filler = ["my", "the", "is", "please", "today", "why", "still"]
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let label = ["parcel", "money", "login"][index % 3]
            let own = words[label] ?? []
            let text = (0..<6).map { $0 % 2 == 0 ? own[generator.index(below: own.count)] : filler[generator.index(below: filler.count)] }
            return TrainingExample(text.joined(separator: " "), [label])
        }
    }

    private var quick: TrainerOptions {
        var options = TrainerOptions()
        options.costs = [0.3]
        options.configuration = FeatureConfiguration(tableBits: 12)
        return options
    }

    @Test func learnsASmallTable() async throws {
        let model = try await Trainer(reader: reader, options: quick).train(examples: table(300, seed: 1))
        let fresh = table(90, seed: 2)
        let predicted = fresh.map { predict(model.heads, $0) }
        #expect(Metrics(truth: fresh.map(\.labels), predicted: predicted).accuracy > 0.95)
        #expect(model.dev.accuracy > 0.9)
    }

    private func predict(_ heads: LinearHeads, _ example: TrainingExample) -> [String] { heads.decide(logOdds(heads, example)) }

    private func logOdds(_ heads: LinearHeads, _ example: TrainingExample) -> [Double] {
        var scratch = TextReader.Scratch()
        var features = FeatureBuffer()
        var head = HeadScratch()
        _ = example.text.withUnsafeBufferPointer { reader.read($0, scratch: &scratch) }
        FeatureHasher(configuration: heads.configuration).hash(scratch.tokens, scratch.reading, into: &features)
        heads.score(features, dense: scratch.reading.dense, scratch: &head)
        return head.logOdds
    }

    @Test func sameSeedGivesTheSameBytes() async throws {
        let trainer = Trainer(reader: reader, options: quick)
        let first = try await trainer.train(examples: table(120, seed: 1)).file().serialized()
        let second = try await trainer.train(examples: table(120, seed: 1)).file().serialized()
        #expect(first == second)
        var other = quick
        other.seed = 2
        #expect(try await Trainer(reader: reader, options: other).train(examples: table(120, seed: 1)).file().serialized() != first)
    }

    @Test func severalLabelsAreLearned() async throws {
        var options = quick
        options.multiLabel = true
        let both = table(300, seed: 1).enumerated().map { index, example in
            var example = example
            if index % 2 == 0 {
                example.text += Array(" urgent now".utf8)
                example.labels.append("urgent")
            }
            return example
        }
        let model = try await Trainer(reader: reader, options: options).train(examples: both)
        #expect(model.heads.link == .independent)
        #expect(Set(predict(model.heads, .init("refund my card urgent now", []))) == ["money", "urgent"])
    }

    /// A label with few held-out rows would hardly ever be answered; what it is let ahead never costs agreement on the rows it was fitted on.
    @Test func handicapsOnlyHelpOnHeldOutRows() {
        var generator = SplitMix64(seed: 9)
        let labels = ["a", "b", "c"]
        var held = HeldAnswers()
        for index in 0..<200 {
            let truth = index % 10 == 0 ? 2 : index % 2
            held.scores.append((0..<3).map { Double(generator.index(below: 100)) / 100 + ($0 == truth && $0 < 2 ? 0.5 : 0) - ($0 == 2 ? 0.2 : 0) })
            held.truth.append([labels[truth]])
        }
        let fit = HeadFit(held, labels: labels, options: quick)
        #expect(fit.threshold.allSatisfy { abs($0) <= 0.5 } && fit.threshold.contains { $0 != 0 })
        let plain = held.scores.map { row in row.indices.max { row[$0] < row[$1] }.map { [labels[$0]] } ?? [] }
        #expect(fit.metrics(held).macroF1 >= Metrics(truth: held.truth, predicted: plain).macroF1)
    }

    @Test func fewRowsAreHeldOutInTurnsAndManyAreNot() async throws {
        let model = try await Trainer(reader: reader, options: quick).train(examples: table(90, seed: 1))
        #expect(model.heldOut == .turns && model.dev.n == 90)
        let measured = try await Trainer(reader: reader, options: quick).train(examples: table(90, seed: 1), dev: table(30, seed: 2))
        #expect(measured.heldOut == .dev && measured.dev.n == 30)
        let folds = Trainer.folds(table(90, seed: 1) + table(90, seed: 1), count: 5)
        #expect(folds.flatMap { $0 }.sorted() == (0..<180).map { Int32($0) })
        // The same text never stands on both sides.
        #expect(folds.allSatisfy { fold in fold.allSatisfy { fold.contains($0 < 90 ? $0 + 90 : $0 - 90) } })
    }

    /// Which words stand together decides, in either order and with others between them: no word alone and no neighbours tell.
    @Test func wordsThatStandTogetherAreLearnedForManyLabels() async throws {
        let first = ["cash", "card", "loan", "bank", "coin"]
        let second = ["late", "lost", "open", "stop", "fail", "want", "move"]
        var generator = SplitMix64(seed: 4)
        func rows(_ each: Int) -> [TrainingExample] {
            first.flatMap { one in
                second.flatMap { two in
                    (0..<each).map { _ -> TrainingExample in
                        let filler = (0..<3).map { _ in ["the", "my", "is", "now", "please"][generator.index(below: 5)] }
                        let words = generator.index(below: 2) == 0 ? [one] + filler + [two] : [two] + filler + [one]
                        return TrainingExample(words.joined(separator: " "), ["\(one)-\(two)"])
                    }
                }
            }
        }
        let model = try await Trainer(reader: reader).train(examples: rows(6))
        #expect(model.heads.configuration.pairDistance > 0 && model.heads.configuration.distinct && !model.heads.configuration.dense)
        let fresh = rows(2)
        #expect(Metrics(truth: fresh.map(\.labels), predicted: fresh.map { predict(model.heads, $0) }).accuracy > 0.9)
        let file = try ModelFile(bytes: model.file().serialized())
        #expect(file.groups.first?.configuration == model.heads.configuration)
    }

    @Test(arguments: [false, true]) func anAnswerIsTakenApartExactly(_ distinct: Bool) async throws {
        var options = quick
        options.configuration?.distinct = distinct
        let heads = try await Trainer(reader: reader, options: options).train(examples: table(120, seed: 1)).heads
        #expect(heads.configuration.distinct == distinct)
        var scratch = TextReader.Scratch()
        let text = Array("my invoice is late, late, late, refund the card, my card".utf8)
        _ = text.withUnsafeBufferPointer { reader.read($0, scratch: &scratch) }
        let odds = logOdds(heads, TrainingExample(text: text, labels: []))
        let account = try #require(heads.account(of: "money", over: "parcel", scratch, lexicon: reader.lexicon))
        let expected = odds[heads.labels.firstIndex(of: "money") ?? 0] - odds[heads.labels.firstIndex(of: "parcel") ?? 0]
        #expect(account.contributions.reduce(0) { $0 + $1.millionths } == account.millionths)
        #expect(abs(Double(account.millionths) / 1e6 - expected) < 1e-4)
        #expect(heads.account(of: "nobody", over: nil, scratch, lexicon: reader.lexicon) == nil)
    }

    @Test func rejectLabelIsAnsweredForStrangeTexts() async throws {
        var options = quick
        options.reject = "other"
        let strange = (0..<100).map { TrainingExample("poem \($0) about rivers and the moon", ["other"]) }
        let model = try await Trainer(reader: reader, options: options).train(examples: table(300, seed: 1) + strange)
        #expect(model.heads.reject?.label == "other")
        #expect(predict(model.heads, .init("a poem about rivers", [])) == ["other"])
        #expect(predict(model.heads, .init("invoice charged card", [])) == ["money"])
    }

    @Test func wrongDataIsRefusedWithAReason() async {
        await #expect(throws: TrainerError.tooFewLabels(1)) {
            try await Trainer(reader: reader, options: quick).train(examples: [.init("a", ["x"]), .init("b", ["x"])])
        }
        var options = quick
        options.reject = "nothing"
        await #expect(throws: TrainerError.unknownReject("nothing")) {
            try await Trainer(reader: reader, options: options).train(examples: table(30, seed: 1))
        }
    }

    @Test func bytesDecideLikeTheNumbersTheyWereMadeOf() async throws {
        let examples = table(240, seed: 4)
        let configuration = FeatureConfiguration(tableBits: 12)
        let vectors = await Featurizer(reader: reader, configuration: configuration).examples(examples)
        let all = (0..<vectors.count).map { Int32($0) }
        let squares = vectors.squaredInverseFrequencies(rowCount: configuration.rowCount, of: all)
        let labels = ["parcel", "money", "login"]
        let tasks = labels.map { label in
            HeadTask(label: label, chosen: all, isPositive: examples.map { $0.labels == [label] }, weights: .init(repeating: 1, count: all.count))
        }
        let learned = await DualCoordinateDescent().train(tasks, on: vectors, squares: squares)
        let heads = LinearHeads.quantized(
            name: "q", labels: labels, link: .exclusive, configuration: configuration, heads: learned,
            calibration: .init(repeating: .identity, count: 3), threshold: [0, 0, 0])
        var agree = 0
        for (index, example) in examples.enumerated() {
            let exact = learned.map { vectors.score(index, $0) }
            let best = exact.indices.max { exact[$0] < exact[$1] } ?? 0
            if predict(heads, example) == [labels[best]] { agree += 1 }
        }
        #expect(agree >= 238)
    }

    @Test func generatorShufflesEveryPosition() {
        var generator = SplitMix64(seed: 1)
        var seen = Set<Int32>()
        for _ in 0..<200 {
            var order: [Int32] = [0, 1, 2, 3, 4]
            generator.shuffle(&order)
            #expect(order.sorted() == [0, 1, 2, 3, 4])
            seen.insert(order[2])
        }
        #expect(seen == [0, 1, 2, 3, 4])
        var known = SplitMix64(seed: 1_234_567)
        #expect(known.next() == 6_457_827_717_110_365_317)
    }
}
