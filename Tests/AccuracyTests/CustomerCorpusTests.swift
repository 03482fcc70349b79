import AttuneEngine
import Foundation
import Testing

/// Every file of `Corpora/customers` is whole, its labels are ours, and what is held out was not taught.
@Suite struct CustomerCorpusTests {
    private let corpus: CustomerCorpus

    init() throws { corpus = try CustomerCorpus() }

    private static let flags: Set = [
        "urgent", "toxic", "sarcasm", "negation", "mixed-language", "comparative", "conditional", "quoted", "no-opinion", "slang", "typos",
    ]
    private static let channels: Set = ["chat", "whatsapp", "email", "review", "tweet", "call", "app-store", "survey"]
    private static let industries: Set = ["retail", "telecom", "airline", "bank", "software", "food-delivery", "hotel"]
    private static let intents = Set(LexiconEntry.Kind.intent.labels + [Analysis.outOfScope])

    @Test func everyFileSaysWhatItIs() {
        #expect(!corpus.files.isEmpty)
        for file in corpus.files {
            #expect(file.columns == CustomerCorpus.columns, "\(file.path)")
            #expect(file.problems == [])
            #expect(!file.rows.isEmpty, "\(file.path)")
            for start in ["attune-corpus: ", "provenance: ", "licence: Apache-2.0", "language: \(file.language ?? "")"] {
                #expect(file.notes.contains { $0.hasPrefix(start) }, "\(file.path) does not state \(start)")
            }
        }
    }

    @Test func everyLabelIsKnown() {
        let bad = corpus.rows.flatMap { row in faults(of: row).map { "\(row.place): \($0)" } }
        #expect(bad == [])
    }

    /// What is wrong with the labels of a row.
    private func faults(of row: CustomerCorpus.Row) -> [String] {
        let lists: [(name: String, labels: [String], known: Set<String>, counts: ClosedRange<Int>)] = [
            ("emotions", row.emotions, Set(Emotion.allCases.map(\.rawValue)), 0...3),
            ("intents", row.intents, Self.intents, 1...3),
            ("topics", row.topics, Set(LexiconEntry.Kind.topic.labels), 0...4),
            ("flags", row.flags, Self.flags, 0...5),
        ]
        var faults = [String]()
        for list in lists {
            if !Set(list.labels).isSubset(of: list.known) { faults.append("\(list.name) has a label that does not exist") }
            if Set(list.labels).count < list.labels.count { faults.append("\(list.name) repeats a label") }
            if !list.counts.contains(list.labels.count) { faults.append("\(list.labels.count) \(list.name)") }
        }
        if Sentiment.Label(rawValue: row.sentiment) == nil { faults.append("there is no sentiment \(row.sentiment)") }
        if row.intents.contains(Analysis.outOfScope), row.intents.count > 1 { faults.append("out of scope, and yet it wants something") }
        if row.flags.contains("no-opinion"), row.sentiment != "neutral" { faults.append("no opinion, but \(row.sentiment)") }
        if !Self.channels.contains(row.channel) { faults.append("there is no channel \(row.channel)") }
        // Hard rows and posts need not be about an industry.
        let isAnywhere = row.place.hasPrefix("customers/hard/") || row.place.hasPrefix("customers/posts/")
        if !(isAnywhere && row.industry == "-"), !Self.industries.contains(row.industry) { faults.append("industry \(row.industry)") }
        return faults
    }

    @Test func noTextStandsTwice() throws {
        var places: [String: String] = [:]
        var twice = [String]()
        for row in corpus.rows {
            if let place = places.updateValue(row.place, forKey: CustomerCorpus.letters(row.text)) { twice.append("\(place) and \(row.place)") }
        }
        #expect(twice == [])
        let world = try Larkspur().rows.compactMap { row in places[CustomerCorpus.letters(row.text)].map { "\($0) and \(row.place)" } }
        #expect(world == [])
    }

    @Test func nothingHeldOutIsAlmostLikeATrainingText() {
        let rows = corpus.rows
        let across = NearDuplicates.pairs(in: rows.map { CustomerCorpus.words($0.text) }).filter { rows[$0].isHeldOut != rows[$1].isHeldOut }
        #expect(across.map { "\(rows[$0].place) and \(rows[$1].place)" } == [])
    }

    @Test func thereIsEnoughOfEverything() throws {
        let rows = corpus.rows
        #expect(rows.count >= 20_000)
        for intent in Self.intents { #expect(rows.count { $0.intents.contains(intent) } >= 100, "\(intent)") }
        let lexicons = try FileManager.default.contentsOfDirectory(atPath: Larkspur.root.appendingPathComponent("Lexicons").path)
        let languages = lexicons.filter { !$0.contains(".") && $0 != "und" }
        #expect(languages.count == 9)
        for language in languages {
            let own = corpus.files.filter { $0.folder == language }.flatMap(\.rows)
            let heldOut = own.filter(\.isHeldOut)
            #expect(own.count >= 1_400, "\(language)")
            #expect((17...23).contains(100 * heldOut.count / max(1, own.count)), "\(language): \(heldOut.count) of \(own.count) are held out")
            for label in Sentiment.Label.allCases { #expect(heldOut.contains { $0.sentiment == label.rawValue }, "\(language) \(label)") }
            #expect(Set(heldOut.map(\.industry)) == Self.industries, "\(language)")
        }
    }

    @Test func theManifestCountsTheRows() throws {
        let manifest = try String(contentsOf: Larkspur.root.appendingPathComponent("Corpora/MANIFEST.tsv"), encoding: .utf8)
        let lines = manifest.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let counts = Dictionary(lines.map { ($0[0], $0[1]) }) { first, _ in first }
        for file in corpus.files { #expect(counts[file.path] == "\(file.rows.count)", "\(file.path): run Scripts/split-corpus") }
    }
}
