/// Made-up strings that are no language, to teach the language head to say nothing: random letters, keyboard rows, few vowels.
struct GibberishGenerator {
    private var generator: SplitMix64
    private static let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "asdf", "jkl", "hjkl", "qwe"].map { Array($0.utf8) }
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    private static let consonants = Array("bcdfghjklmnpqrstvwxz".utf8)

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// One to four made-up words.
    mutating func text() -> String {
        let count = 1 + generator.index(below: 4)
        return (0..<count).map { _ in word() }.joined(separator: " ")
    }

    private mutating func word() -> String {
        let length = 4 + generator.index(below: 8)
        let kind = generator.index(below: 3)
        var bytes: [UInt8] = []
        while bytes.count < length {
            switch kind {
            case 0: bytes.append(Self.letters[generator.index(below: Self.letters.count)])
            case 1: bytes.append(Self.consonants[generator.index(below: Self.consonants.count)])
            default:
                let row = Self.rows[generator.index(below: Self.rows.count)]
                let start = generator.index(below: row.count)
                bytes.append(contentsOf: row[start..<min(row.count, start + 2 + generator.index(below: 4))])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
