import Foundation

@testable import AttuneEngine

/// What every target does with a broken promise: says it and ends the process, so that the fuzzer keeps the input.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
    guard !holds else { return }
    FileHandle.standardError.write(Data("broken promise: \(what())\n".utf8))
    abort()
}

func setting(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

/// A number that depends on all bytes: it chooses what an input is tried with without taking bytes of the input away.
func choice(_ bytes: UnsafeBufferPointer<UInt8>, below limit: Int) -> Int {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int((state ^ state >> 32) % UInt64(limit))
}

/// Writes seeds and ends the process, when the script asks for them: they are made, not kept, so that they are of this version of a format.
func writeSeeds(_ seeds: () -> [(name: String, bytes: [UInt8])]) {
    guard let folder = setting("ATTUNE_FUZZ_SEEDS") else { return }
    for (name, bytes) in seeds() {
        promise(FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(bytes)), "a seed can be written to \(folder)")
    }
    exit(0)
}

/// Small models of every kind of group: with and without a table, lexicon features, a learned rejection.
func smallModels() -> [(name: String, model: ModelFile)] {
    func group(_ name: String, _ labels: [String], bits: Int, dense: Bool, reject: Bool) -> LinearHeads {
        var configuration = FeatureConfiguration(tableBits: bits)
        configuration.dense = dense
        let heads = labels.indices.map { label in
            HeadWeights(
                rows: (0..<configuration.rowCount).map { Float(($0 &* 31 &+ label) % 19) / 9 - 1 },
                dense: dense ? (0..<DenseFeature.count).map { Float($0 % 7) - 3 } : [], bias: 0.25)
        }
        return .quantized(
            name: name, labels: labels, link: .independent, configuration: configuration, heads: heads,
            calibration: .init(repeating: .identity, count: labels.count), threshold: .init(repeating: 0, count: labels.count),
            reject: reject ? .init(label: labels[0], minimumProbability: 0.25) : nil)
    }
    let main = group(PackLabels.mainGroup, PackLabels.main, bits: 4, dense: true, reject: false)
    let intents = group(PackLabels.intentGroup, PackLabels.intents, bits: 3, dense: true, reject: false)
    let language = group(PackLabels.languageGroup, ["en", "de", "hi-Latn"], bits: 4, dense: false, reject: false)
    return [
        ("pack", ModelFile(groups: [main, intents, language], card: "seed")),
        ("language", ModelFile(groups: [language], card: "")),
        ("own", ModelFile(groups: [group("own", ["a", "b"], bits: 1, dense: false, reject: true)], card: "a\nb")),
        ("empty", ModelFile(groups: [], card: "")),
    ]
}
