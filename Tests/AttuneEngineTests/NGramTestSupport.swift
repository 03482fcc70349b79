import Testing

@testable import AttuneEngine

/// Heads over a small table with weights from a generator.
func smallHeads(
    name: String = "small", labels: [String] = ["a", "b", "c"], seed: UInt64 = 3, dense: Bool = true, fineBits: Int = 0
) -> LinearHeads {
    var generator = SplitMix64(seed: seed)
    var configuration = FeatureConfiguration(tableBits: 4, fineBits: fineBits)
    configuration.dense = dense
    let heads = labels.indices.map { head in
        HeadWeights(
            rows: (0..<configuration.rowCount(of: head)).map { _ in Float(generator.index(below: 2001)) / 1000 - 1 },
            dense: dense ? (0..<DenseFeature.count).map { _ in Float(generator.index(below: 2001)) / 1000 - 1 } : [], bias: 0.25)
    }
    return .quantized(
        name: name, labels: labels, link: .exclusive, configuration: configuration, heads: heads,
        calibration: .init(repeating: .init(slope: 2, offset: 0.5), count: labels.count), threshold: .init(repeating: 0.125, count: labels.count),
        reject: .init(label: "c", minimumProbability: 0.25))
}

/// A lexicon in the files' own format.
func testLexicon() -> Lexicon {
    let files = [
        ("en/valence.tsv", "valence", "en", "great\t3.0\nterrible\t-3.0\nlate\t-1.5\nlove\t3.1\nbroken\t-2.2\nhelpful\t2.0\ncomplaints\t-1.5"),
        ("en/modifier.tsv", "modifier", "en", "not\tnegator\t-0.7\nno\tnegator\t-0.7\nvery\tintensifier\t1.4\nbut\tcontrast\t1.0"),
        ("en/emotion.tsv", "emotion", "en", "angry\tanger\t1.0\nthanks\tgratitude\t0.8\nafraid\tfear\t0.9"),
        ("en/intent.tsv", "intent", "en", "refund\trefund\t0.9\nwhere is my order\torder-status\t1.0"),
        ("en/topic.tsv", "topic", "en", "delivery\tdelivery\t0.8"), ("en/urgency.tsv", "urgency", "en", "asap\t0.9"),
        ("en/effort.tsv", "effort", "en", "third time\t-3.0"),
        ("en/structure.tsv", "structure", "en", "my\town\nwhere\task\nthird time\tagain\nlate\tfailed"),
        ("en/toxicity.tsv", "toxicity", "en", "idiot\t0.9"),
    ]
    return Lexicon.read(
        files.map { name, kind, language, body in
            LexiconSource(name: name, bytes: Array("# attune-lexicon: \(kind)\n# language: \(language)\n\(body)\n".utf8))
        }
    ).0
}

/// Texts of words, marks, emoji and stray bytes.
struct TextGenerator {
    var generator: SplitMix64
    private static let pieces = [
        "great", "terrible", "not", "very", "but", "delivery", "refund", "asap", "third time", "angry", "thanks", "LATE", "soooo", "!!!",
        "?", ".", "😡", ":-)", "#fail", "@shop", "https://a.b/c", "café", "मेरा", "العربية", "12.50", "no", "complaints", "idiot",
        "where is my order", "\n",
    ]

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func text() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<generator.index(below: 25) {
            if generator.index(below: 30) == 0 { bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
            bytes.append(contentsOf: Self.pieces[generator.index(below: Self.pieces.count)].utf8)
            if generator.index(below: 5) != 0 { bytes.append(0x20) }
        }
        return bytes
    }
}

func rows(_ text: String, _ configuration: FeatureConfiguration, negated: [Bool] = [], idiom: [Int32] = []) -> [UInt32] {
    var scratch = TokenizerScratch()
    var tokens = TokenBuffer()
    var copy = text
    copy.withUTF8 { Tokenizer().tokenize($0, scratch: &scratch, into: &tokens) }
    var reading = LexicalReading()
    reading.negated = Column(negated)
    reading.idiom = Column(idiom)
    var buffer = FeatureBuffer()
    FeatureHasher(configuration: configuration).hash(tokens, reading, into: &buffer)
    return buffer.rows
}
