import CKernels
import Testing

@testable import AttuneEngine

/// The kernels that read, match and add up words, each beside a plain way to the same answer.
@Suite struct WordKernelTests {
    private static func tokenize(_ bytes: [UInt8], _ kernels: UnsafePointer<attune_kernels>) -> TokenBuffer {
        var scratch = TokenizerScratch(kernels: kernels)
        var buffer = TokenBuffer()
        bytes.withUnsafeBufferPointer { Tokenizer().tokenize($0, scratch: &scratch, into: &buffer) }
        return buffer
    }

    /// Words, contractions, marks and spaces as they meet in texts, so that many words are plain and some nearly are.
    private static let pieces = [
        "word", "Word", "WORD", "a", "I", "aaa", "Aaa", "12", "3rd", "don't", "I'm", "we've", "you'll", "x'y", "l'ami", "'", "it's.", "90's", "Is",
        "extraordinarily", "incomprehensibility", "internationalization", "x_x", "www.a.com", "(so)", "é", "naïve", "!", ".", ",", "?", "...", ":)",
        " ", " ", " ", " ", " ", "  ", "\n", " \n ", "\t", "\r\n", "@shop", "#tag", "a@b.de", "-", "\"",
    ]

    /// The scalar variant reads nothing, so that the tokenizer alone does it.
    @Test(arguments: KernelTests.variants) func wordsAreThoseOfTheTokenizerAlone(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        let scalar = try #require(attune_kernels_at(attune_level_scalar))
        let memo = WordMemo(shape: .init(wide: 16, narrow: 0), packHash: 0)
        var random = SplitMix64(seed: 21)
        var madeByKernel = 0
        for _ in 0..<2500 {
            var text = ""
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                text += Self.pieces.randomElement(using: &random) ?? ""
                if Bool.random(using: &random) { text += " " }
            }
            let bytes = Array(text.utf8)
            let (one, other) = (Self.tokenize(bytes, kernels), Self.tokenize(bytes, scalar))
            #expect(Array(one.tokens) == Array(other.tokens), "\(text.debugDescription)")
            #expect(one.keys.count == one.tokens.count && other.keys.allSatisfy { $0.tag == UInt8(attune_unset_tag) })
            for (token, key) in zip(one.tokens, one.keys) where key.tag != UInt8(attune_unset_tag) {
                let expected = memo.view.key(token, one.forms.start(token))
                let isSame = key.first == expected.first && key.second == expected.second && key.hash == expected.hash
                #expect(isSame && key.count == expected.count && key.tag == expected.tag, "\(text.debugDescription)")
                madeByKernel += 1
            }
        }
        #expect(level == attune_level_scalar ? madeByKernel == 0 : madeByKernel > 2_500)
    }

    /// A gap, a run or a text may end at any place of the 64 bytes that are looked at together.
    @Test(arguments: KernelTests.variants) func bordersOfBlocksChangeNoToken(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        let scalar = try #require(attune_kernels_at(attune_level_scalar))
        for tail in ["", "end", "end.", "don't", "DON'T go", "\nnext", "\n \n", "soooo", "x, y", String(repeating: "z", count: 150)] {
            for length in 0...140 {
                for filler in ["word ", " ", "\n", "w"] {
                    let head = String(String(repeating: filler, count: length).prefix(length))
                    for text in [head + tail, head + " " + tail] {
                        let bytes = Array(text.utf8)
                        let (one, other) = (Self.tokenize(bytes, kernels), Self.tokenize(bytes, scalar))
                        #expect(Array(one.tokens) == Array(other.tokens), "\(text.debugDescription)")
                    }
                }
            }
        }
    }

    @Test func tokensLieAsTheKernelsWriteThem() {
        #expect(MemoryLayout<Token>.size == MemoryLayout<attune_token>.size && MemoryLayout<Token>.stride == MemoryLayout<attune_token>.stride)
        let offsets = [
            MemoryLayout<Token>.offset(of: \.span), MemoryLayout<Token>.offset(of: \.kind), MemoryLayout<Token>.offset(of: \.shape),
            MemoryLayout<Token>.offset(of: \.foldedStart), MemoryLayout<Token>.offset(of: \.foldedCount), MemoryLayout<Token>.offset(of: \.repeats),
        ]
        #expect(offsets == [0, 8, 9, 12, 16, 20])
        #expect(MemoryLayout<attune_token>.offset(of: \.end) == 4 && MemoryLayout<Span>.offset(of: \.end) == 4)
        #expect(Token.Kind.word.rawValue == UInt8(attune_kind_word) && Token.Kind.number.rawValue == UInt8(attune_kind_number))
        #expect(Token.Kind.punctuation.rawValue == UInt8(attune_kind_punctuation))
        #expect(Token.Shape.allCaps.rawValue == UInt8(attune_shape_capitals))
        #expect(Token.Shape.endsSentence.rawValue == UInt8(attune_shape_ends_sentence))
        #expect(WordFacts.Flags.isUnit.rawValue == UInt8(attune_unit_flag >> 56) && WordFacts.Flags.isLarge.rawValue == UInt8(attune_unusual >> 56))
        #expect(UInt64(WordMemo.isLong) << 48 & attune_unusual != 0)
    }

    @Test(arguments: KernelTests.variants) func gramSumsAreThoseOfThreeTables(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        var random = SplitMix64(seed: 22)
        let extreme = (0..<64 * 80).map { _ in Int8(-128) }
        let bytes = (0..<64 * 80).map { _ in Int8.random(in: -128...127, using: &random) }
        // (16, 32) with fine lanes is our own pack's shape, which has a way of its own.
        for (first, second, hasFine) in [(16, 32, true), (16, 32, false), (16, 0, true), (32, 16, true), (48, 0, false)] {
            for count in Array(0...20) + [255, 256, 257, 600] {
                for table in [bytes, extreme] {
                    let hashes = (0..<count).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
                    var expected = [Int32](repeating: 5, count: first + second)
                    for hash in hashes {
                        for lane in 0..<first { expected[lane] += Int32(table[Int(hash & 15) * first + lane]) }
                        for lane in 0..<second { expected[first + lane] += Int32(table[Int(hash & 31) * second + lane]) }
                        for lane in 0..<(hasFine ? 2 : 0) { expected[lane] += Int32(table[Int(hash & 63) * 2 + lane]) }
                    }
                    var sums = [Int32](repeating: 5, count: first + second)
                    table.withUnsafeBufferPointer { table in
                        var tables = attune_gram_tables(
                            first: table.baseAddress, second: second > 0 ? table.baseAddress : nil, fine: hasFine ? table.baseAddress : nil,
                            first_lanes: first, second_lanes: second, first_mask: 15, second_mask: 31, fine_mask: 63)
                        kernels.pointee.add_grams(&tables, hashes, count, &sums)
                    }
                    #expect(sums == expected, "\(count) rows of \(first) + \(second)")
                }
            }
        }
    }

    @Test(arguments: KernelTests.variants) func wordsMatchUpToTheFirstOtherOne(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        var random = SplitMix64(seed: 23)
        let size = Int(attune_record_row) + 16
        for count in 0...32 {
            for trouble in 0..<6 {
                var records = (0..<(count + 1) * size).map { _ in UInt8.random(in: 0...255, using: &random) }
                var keys = [attune_word_key](repeating: attune_word_key(), count: count + 1)
                // The word behind the last is other by its form, its tag, its script, its length or its row; or it is none.
                for word in 0...count {
                    let base = word * size
                    records.replaceSubrange(base + 61..<base + 64, with: [0, 0x10, 0x01])
                    if word == count, trouble > 2 { records[base + [61, 62, 63][trouble - 3]] |= [1, 0x80, 2][trouble - 3] }
                    records.withUnsafeBytes { bytes in
                        keys[word].first = bytes.loadUnaligned(fromByteOffset: base + 64, as: UInt64.self)
                        keys[word].second = bytes.loadUnaligned(fromByteOffset: base + 72, as: UInt64.self)
                    }
                    keys[word].tag = records[base + 62]
                }
                if trouble == 0 { keys[count].first ^= 1 << 63 }
                if trouble == 1 { keys[count].second ^= 1 }
                if trouble == 2 { keys[count].tag ^= 2 }
                var facts = [UInt8](repeating: 0, count: 64 * (count + 1))
                var counts: UInt64 = 7
                let end = count + 1
                records.withUnsafeBufferPointer { bytes in
                    let places = (0..<end).compactMap { word in bytes.baseAddress.map { $0 + word * size } }
                    var rows = places
                    let taken = facts.withUnsafeMutableBufferPointer { facts in
                        facts.baseAddress.map { kernels.pointee.match_words(places, keys, end, $0, &rows, &counts) }
                    }
                    #expect(taken == count, "\(count) words and \(trouble)")
                    for word in 0..<count { #expect(rows[word] == places[word] + Int(attune_record_row)) }
                }
                var expected: UInt64 = 7
                for word in 0..<count {
                    #expect(Array(facts[64 * word..<64 * word + 64]) == Array(records[word * size..<word * size + 64]))
                    let known = records.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: word * size + 56, as: UInt64.self) }
                    expected &+= known & attune_countable
                }
                #expect(counts == expected)
            }
        }
    }

    @Test func pairsAreHashedUnitByUnit() {
        var random = SplitMix64(seed: 24)
        for count in 0...40 {
            var facts = Column<WordFacts>()
            for _ in 0..<count {
                var fact = WordFacts(plain: UInt64.random(in: 0...UInt64.max, using: &random))
                if Bool.random(using: &random) { fact.flags = .isUnit }
                facts.append(fact)
            }
            var (last, expected): (UInt64, [UInt32]) = (99, [])
            for fact in facts where fact.flags.contains(.isUnit) {
                expected.append(UInt32(truncatingIfNeeded: StableHash.pair(last, fact.plain)))
                last = fact.plain
            }
            var tables = attune_gram_tables()
            var unit: UInt64 = 99
            var hashes = [UInt32](repeating: 0, count: count + 1)
            let bytes = UnsafeRawPointer(facts.base).assumingMemoryBound(to: UInt8.self)
            let written = attune_pair_hashes(&tables, bytes, count, &unit, &hashes)
            #expect(Array(hashes[..<written]) == expected && unit == last)
        }
    }
}
