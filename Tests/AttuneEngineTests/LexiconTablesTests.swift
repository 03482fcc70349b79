import Testing

@testable import AttuneEngine

/// The tables that matching walks through, against the phrases they were built from.
@Suite struct LexiconTablesTests {
    /// Files name the layout: another one would need another version.
    @Test func elementsHaveTheSizesOfTheFormat() {
        #expect(MemoryLayout<PhraseAutomaton.NodeRecord>.stride == 16)
        #expect(MemoryLayout<PhraseAutomaton.Edge>.stride == 8)
        #expect(MemoryLayout<Vocabulary.Slot>.stride == 8)
        #expect(MemoryLayout<CompactEntry>.size == 8 && MemoryLayout<CompactEntry>.stride == 8)
        #expect(MemoryLayout<PhraseAutomaton.NodeRecord>.offset(of: \.count) == 8)
        #expect(MemoryLayout<PhraseAutomaton.NodeRecord>.offset(of: \.edgeBits) == 14)
        #expect(MemoryLayout<CompactEntry>.offset(of: \.weight) == 4)
        #expect(PackSection.allCases.map(\.rawValue) == Array(1...UInt32(PackSection.allCases.count)))
    }

    @Test func aCompactEntrySaysWhatTheEntrySays() {
        for kind in LexiconEntry.Kind.allCases {
            for label in kind.labels.isEmpty ? [""] : kind.labels {
                let entry = LexiconEntry(language: "en", kind: kind, term: "x", label: label, weight: 0.5)
                let compact = CompactEntry(entry, language: 7)
                #expect(compact.kind == kind && compact.isIdiom == (kind == .idiom) && compact.language == 7 && compact.weight == 0.5)
                #expect(label.isEmpty || kind.labels[Int(compact.label)] == label)
                #expect(kind != .topic || compact.survivesNegation)
            }
        }
    }

    private func number(_ word: String, _ view: PhraseAutomaton.View) -> UInt32 {
        Array(word.utf8).withUnsafeBufferPointer { view.vocabulary.find($0, hash: Vocabulary.hash($0)) }
    }

    private func child(_ node: UInt32, _ word: UInt32, _ view: PhraseAutomaton.View) -> UInt32 {
        view.child(view.nodes[Int(node)].edges, view.nodes[Int(node)].edgeBits, word)
    }

    private func walk(_ words: [String], _ view: PhraseAutomaton.View) -> UInt32 {
        var node: UInt32 = 0
        for (index, word) in words.enumerated() {
            node = index == 0 ? view.root(number(word, view)) : child(node, number(word, view), view)
            if node == 0 { return 0 }
        }
        return node
    }

    private func terms(_ node: UInt32, _ lexicon: Lexicon) -> [String] {
        let view = lexicon.automaton.view
        let facts = view.nodes[Int(node)]
        return (Int(facts.first)..<Int(facts.first + facts.count)).map { lexicon.entry(at: Int(view.entries[$0])).term }
    }

    /// Words with many, few and single followers, and phrases that are others' beginnings.
    private func phrases() -> [[String]] {
        var generator = SplitMix64(seed: 3)
        var phrases: Set<[String]> = []
        for index in 0..<300 { phrases.insert(["hub", "w\(index)"]) }
        while phrases.count < 2000 {
            phrases.insert((0...generator.index(below: 5)).map { _ in "w\(generator.index(below: 400))" })
        }
        return phrases.sorted { $0.joined(separator: " ") < $1.joined(separator: " ") }
    }

    @Test func everyPhraseIsFoundAndNothingElse() {
        let phrases = phrases()
        let known = Set(phrases)
        let (lexicon, problems) = Lexicon.read([TextFixture.source("valence", "en", phrases.map { $0.joined(separator: " ") + "\t1.0" })])
        #expect(problems.isEmpty && lexicon.entryCount == phrases.count)
        let view = lexicon.automaton.view
        for phrase in phrases { #expect(terms(walk(phrase, view), lexicon) == [phrase.joined(separator: " ")]) }
        var generator = SplitMix64(seed: 4)
        var strangers = 0
        for _ in 0..<5000 {
            let phrase = (0...generator.index(below: 4)).map { _ in "w\(generator.index(below: 420))" }
            let node = walk(phrase, view)
            guard !known.contains(phrase) else { continue }
            strangers += 1
            // A beginning of phrases is a node, too; nothing ends there.
            #expect(node == 0 || terms(node, lexicon).isEmpty && view.nodes[Int(node)].edgeBits != 0)
        }
        #expect(strangers > 1000)
        #expect(number("absent", view) == 0 && view.root(0) == 0 && child(walk(["hub"], view), 0, view) == 0)
    }

    @Test func reachIsWhatEndsAtOrBehindANode() {
        let (lexicon, _) = Lexicon.read([
            TextFixture.source("valence", "en", ["a\t1.0", "a b c\t1.0"]), TextFixture.source("idiom", "fr", ["a b d\t1.0"]),
            TextFixture.source("topic", "de", ["a b c\tprice\t1.0", "x y\tprice\t1.0"]),
        ])
        func bits(_ codes: String...) -> UInt64 { codes.reduce(0) { $0 | 1 << UInt64(lexicon.languages.firstIndex(of: $1) ?? 63) } }
        let view = lexicon.automaton.view
        let cases: [([String], UInt64, UInt64)] = [
            (["a"], bits("en"), bits("en", "fr", "de")), (["a", "b"], 0, bits("en", "fr", "de")),
            (["a", "b", "c"], bits("en", "de"), bits("en", "de")),
            (["a", "b", "d"], bits("fr"), bits("fr")), (["x"], 0, bits("de")),
        ]
        for (words, languages, reach) in cases {
            let node = view.nodes[Int(walk(words, view))]
            #expect(node.languages == languages && node.reach == reach, "\(words)")
        }
    }

    @Test func prefixesAreFoundLongestFirst() {
        let (lexicon, _) = Lexicon.read([
            TextFixture.source("valence", "en", ["abcd*\t1.0", "abcdef*\t2.0", "zzzz*\t3.0", String(repeating: "lm", count: 35) + "*\t1.5"])
        ])
        func found(_ word: String) -> [Float] {
            var weights: [Float] = []
            Array(word.utf8).withUnsafeBufferPointer { form in
                let view = lexicon.automaton.view
                view.forEachPrefix(form) { node in
                    let facts = view.nodes[Int(node)]
                    for position in Int(facts.first)..<Int(facts.first + facts.count) {
                        weights.append(view.compact[Int(view.entries[position])].weight)
                    }
                }
            }
            return weights
        }
        #expect(found("abcdefg") == [2, 1])
        #expect(found("abcde") == [1])
        #expect(found("abc") == [] && found("") == [] && found("zzz") == [] && found("yyyyyy") == [])
        #expect(found(String(repeating: "lm", count: 32)) == [1.5])
        #expect(found(String(repeating: "lm", count: 40)) == [1.5])
    }

    /// 64 languages at one word: the most entries and masks that a node can have.
    @Test func aWordOfEveryLanguageHasAllItsEntries() {
        let sources = (0..<70).flatMap { index in
            [
                TextFixture.source("valence", "x\(index)", ["word\t1.0"]),
                TextFixture.source("topic", "x\(index)", ["word\tprice\t1.0", "word y\(index)\tprice\t1"]),
            ]
        }
        let lexicon = Lexicon.read(sources).0
        let node = lexicon.automaton.view.nodes[Int(walk(["word"], lexicon.automaton.view))]
        #expect(node.count == 63 * 2)
        #expect(node.languages == UInt64.max - 1)
    }
}
