import AttuneCore
import AttuneEngine

/// `analyses.lists`: the lists of an analysis, read back bit for bit.
///
/// Each item is a byte that says which list it is of, a byte for the length of its label and the label; then, of an emotion the score
/// (8 bytes, the lowest first) and a byte for the intensity, of an intent and a topic the confidence, of what was skipped both ends.
struct Detail: Hashable {
    var emotions: [EmotionScore] = []
    var intents: [LabelScore] = []
    var topics: [LabelScore] = []
    var sensitive: [String] = []
    var skipped: Skipped?
}

extension Detail {
    /// Released stores hold these numbers.
    private enum List: UInt8 { case emotions = 1, intents, topics, sensitive, skipped }

    init(_ analysis: Analysis) {
        self.init(
            emotions: analysis.emotions, intents: analysis.intents, topics: analysis.topics, sensitive: analysis.sensitive,
            skipped: analysis.skipped)
    }

    var bytes: [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(32 * (emotions.count + intents.count + topics.count) + 16 * sensitive.count + 32)
        for item in emotions {
            Self.append(.emotions, item.emotion.rawValue, to: &out)
            Self.append(item.score.bitPattern, to: &out)
            out.append(UInt8(clamping: item.intensity))
        }
        for item in intents {
            Self.append(.intents, item.label, to: &out)
            Self.append(item.confidence.bitPattern, to: &out)
        }
        for item in topics {
            Self.append(.topics, item.label, to: &out)
            Self.append(item.confidence.bitPattern, to: &out)
        }
        for label in sensitive { Self.append(.sensitive, label, to: &out) }
        if let skipped {
            Self.append(.skipped, skipped.reason, to: &out)
            Self.append(UInt64(bitPattern: Int64(skipped.span.start)), to: &out)
            Self.append(UInt64(bitPattern: Int64(skipped.span.end)), to: &out)
        }
        return out
    }

    /// Labels are words of the lexicons, of a few dozen bytes at most.
    private static func append(_ list: List, _ label: String, to out: inout [UInt8]) {
        let text = label.utf8.prefix(255)
        out.append(list.rawValue)
        out.append(UInt8(text.count))
        out.append(contentsOf: text)
    }

    private static func append(_ value: UInt64, to out: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
    }

    /// - Throws: `StoreError.corrupt`
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        self.init()
        var reader = Reader(bytes: UnsafeRawBufferPointer(bytes))
        while reader.hasMore {
            guard let list = List(rawValue: try reader.byte()) else { throw Reader.damage }
            let label = try reader.label()
            switch list {
            case .emotions:
                guard let emotion = Emotion(rawValue: label) else { throw Reader.damage }
                emotions.append(EmotionScore(emotion: emotion, score: try reader.real(), intensity: Int(try reader.byte())))
            case .intents: intents.append(LabelScore(label: label, confidence: try reader.real()))
            case .topics: topics.append(LabelScore(label: label, confidence: try reader.real()))
            case .sensitive: sensitive.append(label)
            case .skipped: skipped = Skipped(reason: label, span: Span(try reader.integer(), try reader.integer()))
            }
        }
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var at = 0

        static var damage: StoreError { .corrupt("an analysis can't be read back") }

        var hasMore: Bool { at < bytes.count }

        private mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
            guard bytes.count - at >= count else { throw Self.damage }
            defer { at += count }
            return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count])
        }

        mutating func byte() throws -> UInt8 { try take(1)[0] }
        mutating func label() throws -> String { String(decoding: try take(Int(try byte())), as: UTF8.self) }
        mutating func word() throws -> UInt64 { UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self)) }
        mutating func real() throws -> Double { Double(bitPattern: try word()) }
        mutating func integer() throws -> Int { Int(truncatingIfNeeded: Int64(bitPattern: try word())) }
    }
}
