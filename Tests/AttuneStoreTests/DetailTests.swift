import AttuneEngine
import Testing

@testable import AttuneStore

@Suite struct DetailTests {
    private func read(_ json: String) throws -> Detail { try Array(json.utf8).withUnsafeBufferPointer { try Detail(json: $0) } }

    private func scan(_ json: String) -> Detail? {
        Array(json.utf8).withUnsafeBufferPointer { bytes in
            var scanner = DetailScanner(bytes)
            return scanner.detail()
        }
    }

    static let cases: [(detail: Detail, json: String, isPlain: Bool)] = [
        (Detail(), "{}", true),
        (
            Detail(
                emotions: [EmotionScore(emotion: .joy, score: 0.5, intensity: 1), EmotionScore(emotion: .fear, score: 1e-10, intensity: 5)],
                intents: [LabelScore(label: "out-of-scope", confidence: 1)], topics: [LabelScore(label: "größe", confidence: 0.25)],
                sensitive: ["health", "finance-distress"]),
            #"{"emotions":[["joy",0.5,1],["fear",1e-10,5]],"intents":[["out-of-scope",1.0]],"topics":[["größe",0.25]],"#
                + #""sensitive":["health","finance-distress"]}"#, true
        ),
        (Detail(topics: [LabelScore(label: "a \"b\"\n", confidence: -0.0)]), #"{"topics":[["a \"b\"\n",-0.0]]}"#, false),
        (Detail(skipped: Skipped(reason: "too-long", span: Span(10, 900))), #"{"skipped":["too-long",10,900]}"#, false),
    ]

    @Test(arguments: cases) func roundTrip(_ example: (detail: Detail, json: String, isPlain: Bool)) throws {
        #expect(example.detail.json == example.json)
        #expect(try read(example.json) == example.detail)
        #expect((scan(example.json) != nil) == example.isPlain)
    }

    @Test(arguments: [
        "", "{", "[]", "{}x", #"{"emotions":[["envy",1,1]]}"#, #"{"emotions":[["joy",1]]}"#, #"{"intents":[["refund"]]}"#, #"{"other":[]}"#,
        #"{"intents":[["refund",0.5]]"#,
    ]) func damageIsAnError(_ json: String) {
        #expect(throws: StoreError.self) { try read(json) }
    }

    /// What the scanner reads, the general parser reads as the same.
    @Test(arguments: 0..<50) func theScannerAgreesWithTheParser(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let words = ["refund", "a\\b", "größe", "", "\u{1F600}", "quote\"", "tab\t"]
        func labels() -> [LabelScore] {
            (0..<random.next() % 3).map { _ in
                LabelScore(label: words[Int(random.next() % 7)], confidence: Double(bitPattern: random.next() & 0x3FFF_FFFF_FFFF_FFFF))
            }
        }
        let emotions = (0..<random.next() % 3).map { _ in
            EmotionScore(emotion: Emotion.allCases[Int(random.next() % 12)], score: Double(random.next()) / 1e20, intensity: 3)
        }
        let detail = Detail(emotions: emotions, intents: labels(), topics: labels(), sensitive: random.next() % 2 == 0 ? [] : ["health"])
        #expect(try read(detail.json) == detail)
        if let scanned = scan(detail.json) { #expect(scanned == detail) }
    }
}
