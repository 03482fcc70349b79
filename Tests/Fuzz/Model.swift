import Foundation

@testable import AttuneEngine

/// Any bytes as a model file, as they are and with length and checksum made right: what gets through must score any text.
///
/// Promised: a file is refused with a `ModelError`, or its heads work; one that is read and written again is the same.
private let texts = ["", "Where is my refund?? not great 😡", "मेरा ऑर्डर कहाँ है", "soooo late!!! third time"].map { Array($0.utf8) }
private let lexicon = Lexicon.read([
    LexiconSource(name: "a.tsv", bytes: Array("# attune-lexicon: valence\n# language: en\ngreat\t3.0\nlate\t-1.5\n".utf8))
]).0

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    writeSeeds { smallModels().map { ($0.name, $0.model.serialized()) } }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = Array(UnsafeBufferPointer(start: data, count: count))
    read(bytes)
    guard bytes.count >= ModelFile.headerCount else { return 0 }
    bytes.replaceSubrange(0..<8, with: ModelFile.magic)
    withUnsafeBytes(of: ModelFile.version.littleEndian) { bytes.replaceSubrange(8..<12, with: $0) }
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { bytes.replaceSubrange(16..<24, with: $0) }
    let checksum = bytes.withUnsafeBytes { ModelFile.checksum($0) }
    withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(24..<32, with: $0) }
    read(bytes)
    return 0
}

private func read(_ bytes: [UInt8]) {
    let model: ModelFile
    do {
        model = try ModelFile(bytes: bytes)
    } catch {
        return promise(!error.description.isEmpty, "an error says what is wrong")
    }
    let again = try? ModelFile(bytes: model.serialized())
    promise(again?.groups.map(\.name) == model.groups.map(\.name) && again?.card == model.card, "what is written can be read again")
    let analyzer = Analyzer(pack: Pack(lexicon: lexicon, model: model))
    var scratch = AnalyzerScratch()
    for text in texts {
        text.withUnsafeBufferPointer { text in
            let analysis = analyzer.analyze(text, explain: true, scratch: &scratch)
            promise((-1...1).contains(analysis.sentiment.valence), "valence \(analysis.sentiment.valence)")
            promise(analysis.emotions.allSatisfy { $0.score.isFinite } && analysis.urgency.isFinite, "finite scores")
        }
    }
}
