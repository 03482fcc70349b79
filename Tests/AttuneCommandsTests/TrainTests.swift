import AttuneCore
import Foundation
import Testing

@Suite struct TrainTests {
    private let attune = Attune()

    /// Two easy labels and a rest, written out so that a few words decide.
    private func rows(_ seed: Int) -> String {
        let openings = ["hello", "hi there", "good morning", "hey team", "please help", "quick question", "so", "well"]
        let kinds = [
            ("invoice", ["my invoice is wrong", "the invoice shows the old address", "send me the invoice again", "invoice total does not match"]),
            (
                "parcel",
                ["the parcel has not arrived", "my parcel came damaged", "where did you leave the parcel", "parcel was sent to my neighbour"]
            ),
            ("other", ["what a lovely day", "do you like football", "my cat is asleep", "tell me a joke"]),
        ]
        return kinds.flatMap { label, texts in
            texts.flatMap { text in
                openings.enumerated().map { i, opening in "{\"text\":\"\(opening), \(text) \(i + seed)\",\"label\":\"\(label)\"}" }
            }
        }.joined(separator: "\n") + "\n"
    }

    @Test func aModelOfYourOwnLearnsAndIsMeasured() throws {
        try Temporary.with { folder in
            let train = folder.appendingPathComponent("train.jsonl")
            let dev = folder.appendingPathComponent("dev.jsonl")
            let model = folder.appendingPathComponent("m.model")
            try Data(rows(0).utf8).write(to: train)
            try Data(rows(100).utf8).write(to: dev)
            let trained = try attune("train", "--data", train.path, "--dev", dev.path, "--output", model.path, "--reject", "other")
            #expect(trained.status == 0, "\(trained.error)")
            let again = folder.appendingPathComponent("again.model")
            #expect(try attune("train", "--data", train.path, "--dev", dev.path, "--output", again.path, "--reject", "other").status == 0)
            #expect(try Data(contentsOf: model) == Data(contentsOf: again))
            let report = try JSONParser.parse(Array(try attune("evaluate", "--data", dev.path, "--model", model.path).output.utf8))
            #expect((report["accuracy"]?.double ?? 0) > 0.9)
            #expect(report["n"]?.integer == 96)
            #expect(report["perClass"]?["invoice"]?["support"]?.integer == 32)
            let restricted = try attune("evaluate", "--data", dev.path, "--model", model.path, "--labels", "invoice,parcel")
            #expect(restricted.status == 0)
            let none = try attune("evaluate", "--data", dev.path, "--model", model.path, "--labels", "invoice, parcels")
            #expect(none.status == 2 && none.error.contains("has the label \"parcels\"") && none.error.contains("invoice"), "\(none.error)")
        }
    }

    /// Without `--dev`, with a row whose label is wrong: the report says whose rows it measured, and the mistake is told with its words.
    @Test func mistakesAreToldWithWhatMadeThem() throws {
        try Temporary.with { folder in
            let (train, model) = (folder.appendingPathComponent("train.jsonl"), folder.appendingPathComponent("m.model"))
            try Data(rows(0).utf8).write(to: train)
            let trained = try attune("train", "--data", train.path, "--output", model.path)
            let told = try JSONParser.parse(Array(trained.output.utf8))
            #expect(told["heldOut"]?.string?.hasPrefix("cross-validation") == true && told["dev"]?["n"]?.integer == 96)
            #expect(told["bytes"]?.integer == Int64(try Data(contentsOf: model).count))
            let dev = folder.appendingPathComponent("dev.jsonl")
            try Data((rows(100) + "{\"text\":\"the invoice is wrong\",\"label\":\"parcel\"}\n").utf8).write(to: dev)
            let report = try JSONParser.parse(
                Array(try attune("evaluate", "--data", dev.path, "--model", model.path, "--errors", "3").output.utf8))
            #expect(report["errors"]?[0]?["text"]?.string == "the invoice is wrong")
            #expect(report["errors"]?[0]?["predicted"]?[0]?.string == "invoice")
            #expect(report["errors"]?[0]?["explains"]?.string == "invoice over parcel")
            #expect(report["expectedCalibrationError"] != nil)
            let table = try attune("evaluate", "--data", dev.path, "--model", model.path, "--errors", "3", "--output", "table").output
            #expect(table.contains("97 rows") && table.contains("TAKEN FOR") && table.contains("CONFIDENCE") && table.contains("invoice over parcel"))
            #expect(try attune("evaluate", "--data", dev.path, "--task", "sentiment", "--errors", "3").status == 2)
        }
    }

    @Test func shippedHeadsAreMeasured() throws {
        let rows = "{\"text\":\"I love this\",\"label\":\"positive\"}\n{\"text\":\"I hate this\",\"label\":\"negative\"}\n"
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("x.jsonl")
            try Data(rows.utf8).write(to: file)
            let report = try JSONParser.parse(Array(try attune("evaluate", "--data", file.path, "--task", "sentiment").output.utf8))
            #expect(report["macroRecall"]?.double == 1)
            #expect(report["confusion"]?["positive"]?["positive"]?.integer == 1)
        }
    }

    @Test func theSuiteIsATableOrALineOfJSONEach() throws {
        let (table, json) = (try attune("evaluate", "--suite"), try attune("evaluate", "--suite", "--output", "json"))
        #expect(table.status == 0 && table.lines.first?.hasPrefix("| measure | metric |") == true && json.status == 0)
        let rows = try json.lines.map { try JSONParser.parse(Array($0.utf8)) }
        #expect(
            rows.count == table.lines.count - 2 && rows.contains { $0["measure"]?.string == "ours: hard/negation" && $0["target"]?.double == 0.85 })
    }

    /// A list of labels is none where every text has one.
    @Test func rowsOfSeveralLabelsAreToldWithoutMultiLabel() throws {
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("x.jsonl")
            let rows = ["{\"text\":\"a\",\"label\":[\"x\",\"y\"]}", "{\"text\":\"a\",\"label\":[]}", "{\"text\":\"a\",\"label\":[\"x\"]}"]
            try Data(rows.joined(separator: "\n").utf8).write(to: file)
            let result = try attune("train", "--data", file.path, "--output", folder.appendingPathComponent("m").path)
            #expect(result.error.contains("x.jsonl:1: the row has 2 labels") && result.error.contains("x.jsonl:2: the row has no label"))
            #expect(!result.error.contains("x.jsonl:3"))
        }
    }

    @Test func oneLabelIsNotEnoughAndADamagedModelIsRefused() throws {
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("x.jsonl")
            try Data("{\"text\":\"a\",\"label\":\"x\"}\nnot json\n".utf8).write(to: file)
            let result = try attune("train", "--data", file.path, "--output", folder.appendingPathComponent("m").path)
            #expect(result.status == 1 && result.error.contains("x.jsonl:2"), "\(result.error)")
            try Data((0..<500).map { UInt8(truncatingIfNeeded: $0) }).write(to: folder.appendingPathComponent("m"))
            let bad = try attune("evaluate", "--data", file.path, "--model", folder.appendingPathComponent("m").path)
            #expect(bad.status == 1 && bad.error.contains("/m:"), "\(bad.error)")
        }
    }
}
