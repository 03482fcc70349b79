import AttuneEngine
import Testing

@testable import AttuneStore

@Suite struct DetailTests {
    private func read(_ bytes: some Sequence<UInt8>) throws -> Detail { try Array(bytes).withUnsafeBufferPointer { try Detail($0) } }
    private func read(json: String) throws -> Detail { try Array(json.utf8).withUnsafeBufferPointer { try Detail(json: $0) } }

    static let cases: [(detail: Detail, json: String)] = [
        (Detail(), "{}"),
        (
            Detail(
                emotions: [EmotionScore(emotion: .joy, score: 0.5, intensity: 1), EmotionScore(emotion: .fear, score: 1e-10, intensity: 5)],
                intents: [LabelScore(label: "out-of-scope", confidence: 1)], topics: [LabelScore(label: "größe", confidence: 0.25)],
                sensitive: ["health", "finance-distress"]),
            #"{"emotions":[["joy",0.5,1],["fear",1e-10,5]],"intents":[["out-of-scope",1.0]],"topics":[["größe",0.25]],"#
                + #""sensitive":["health","finance-distress"]}"#
        ),
        (Detail(topics: [LabelScore(label: "a \"b\"\n", confidence: -0.0)]), #"{"topics":[["a \"b\"\n",-0.0]]}"#),
        (Detail(skipped: Skipped(reason: "too-long", span: Span(10, 900))), #"{"skipped":["too-long",10,900]}"#),
    ]

    @Test(arguments: cases) func roundTrip(_ example: (detail: Detail, json: String)) throws {
        #expect(try read(example.detail.bytes) == example.detail)
        // As stores of versions 1 to 4 have it.
        #expect(try read(json: example.json) == example.detail)
    }

    @Test func numbersComeBackBitForBit() throws {
        for bits: UInt64 in [0, 1 << 63, 1, 0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0001] {
            let read = try read(Detail(topics: [LabelScore(label: "", confidence: Double(bitPattern: bits))]).bytes)
            #expect(read.topics.map(\.confidence.bitPattern) == [bits])
        }
    }

    /// Cut anywhere but between two items, or of a list nobody knows.
    @Test func damageIsAnError() throws {
        let bytes = Self.cases[1].detail.bytes + Self.cases[3].detail.bytes
        var whole = 0
        for count in 0..<bytes.count { if (try? read(bytes.prefix(count))) != nil { whole += 1 } }
        #expect(whole == 7)
        #expect(throws: StoreError.self) { try read([9, 0]) }
        #expect(throws: StoreError.self) { try read([1, 4] + "envy".utf8 + [0, 0, 0, 0, 0, 0, 0, 0, 1]) }
        for json in ["", "[]", #"{"emotions":[["envy",1,1]]}"#, #"{"intents":[["refund"]]}"#, #"{"other":[]}"#] {
            #expect(throws: StoreError.self) { try read(json: json) }
        }
    }

    @Test(arguments: 0..<50) func anythingComesBack(seed: UInt64) throws {
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
        #expect(try read(detail.bytes) == detail)
    }
}
