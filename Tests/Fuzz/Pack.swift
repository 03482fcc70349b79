import Foundation

@testable import AttuneEngine

/// Any bytes as a pack, as they are and with the header made right: what gets through must score any text.
///
/// Promised: a file is refused with a `PackError`, or nothing in it leads outside of it, whatever text is read with it.
private let texts = [
    "", "Where is my order?? not great, no complaints 😡 :-)", "मेरा ऑर्डर कहाँ है", "terribly late refund, refunds, refunded! mera order",
    "où est mon colis",
].map { Array($0.utf8) }

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    writeSeeds {
        let lexicons = ["empty": "", "one": lines.first ?? "", "all": lines.joined(separator: "\n")].sorted { $0.key < $1.key }
        let packs = lexicons.map { name, text in (name, Pack(lexicon: lexicon(text), model: nil).serialized()) }
        return packs + smallModels().map { ("model-" + $0.name, Pack(lexicon: lexicon(lines[0]), model: $0.model).serialized()) }
    }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    read(ModelStorage(copying: bytes))
    guard bytes.count >= PackFormat.headerCount else { return 0 }
    read(
        ModelStorage(byteCount: bytes.count) { memory in
            memory.copyBytes(from: bytes)
            memory.copyBytes(from: PackFormat.magic)
            memory.storeBytes(of: PackFormat.version, toByteOffset: 8, as: UInt32.self)
            memory.storeBytes(of: PackFormat.byteOrderMark, toByteOffset: 12, as: UInt32.self)
            memory.storeBytes(of: UInt64(bytes.count), toByteOffset: 16, as: UInt64.self)
            memory.storeBytes(of: PackFormat.engine, toByteOffset: 32, as: UInt64.self)
            memory.storeBytes(of: PackChecksum.of(UnsafeRawBufferPointer(memory)), toByteOffset: 24, as: UInt64.self)
        })
    return 0
}

private func read(_ storage: ModelStorage) {
    let pack: Pack
    do {
        pack = try Pack(storage: storage)
    } catch {
        return promise(!error.description.isEmpty, "an error says what is wrong")
    }
    let analyzer = Analyzer(pack: pack)
    var scratch = AnalyzerScratch()
    for text in texts + [Array(storage.bytes.suffix(200))] {
        text.withUnsafeBufferPointer { text in
            let analysis = analyzer.analyze(text, explain: true, scratch: &scratch)
            promise((-1...1).contains(analysis.sentiment.valence), "valence \(analysis.sentiment.valence)")
            analyzer.score(text, scratch: &scratch)
        }
    }
    // The same hash is not promised: that of the heads stands in the file, and here it may stand there wrongly.
    promise((try? Pack(storage: ModelStorage(copying: pack.serialized()))) != nil, "what is written can be read again")
}

/// Lexicon files with terms of every kind of entry: words, phrases that share a beginning, prefixes, emoji, other scripts.
private let lines = [
    "# attune-lexicon: valence\n# language: en\ngreat\t3.0\nnot so great\t-1.5\nterribl*\t-3.0\nno complaints\t2.0\n:-)\t2.0\n😡\t-2.5\nlate\t-1.5",
    "# attune-lexicon: modifier\n# language: en\nnot\tnegator\t-0.7\nvery\tintensifier\t1.4\nbut\tcontrast\t1.0",
    "# attune-lexicon: intent\n# language: en\nwhere is my order\torder-status\t1.0\nwhere is my refund\trefund\t1.0\nrefund*\trefund\t0.9",
    "# attune-lexicon: intent\n# language: hi-Latn\nmera order\torder-status\t1.0",
    "# attune-lexicon: topic\n# language: hi\nऑर्डर\tdelivery\t0.8",
]

private func lexicon(_ text: String) -> Lexicon {
    Lexicon.read(
        text.components(separatedBy: "\n# attune").enumerated().map { index, part in
            LexiconSource(name: "\(index).tsv", bytes: Array((index == 0 ? part : "# attune" + part).utf8))
        }
    ).0
}
