import AttuneCore
import AttuneEngine

/// Reads `Detail`'s JSON exactly as `Detail.json` writes it, without a tree of values between: timelines are read for
/// every message that comes in. Gives up (nil) on anything else, escapes included; then the general parser decides.
struct DetailScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func detail() -> Detail? {
        var detail = Detail()
        guard take("{") else { return nil }
        while !take("}") {
            if at > 1, !take(",") { return nil }
            guard let name = string(), take(":") else { return nil }
            switch name {
            case "emotions":
                guard let items = list({ $0.emotion() }) else { return nil }
                detail.emotions = items
            case "intents":
                guard let items = list({ $0.label() }) else { return nil }
                detail.intents = items
            case "topics":
                guard let items = list({ $0.label() }) else { return nil }
                detail.topics = items
            case "sensitive":
                guard let items = list({ $0.string() }) else { return nil }
                detail.sensitive = items
            default: return nil
            }
        }
        return at == bytes.count ? detail : nil
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: byte) else { return false }
        at += 1
        return true
    }

    private mutating func list<Item>(_ item: (inout DetailScanner) -> Item?) -> [Item]? {
        guard take("[") else { return nil }
        var items = [Item]()
        repeat {
            guard let next = item(&self) else { return nil }
            items.append(next)
        } while take(",")
        return take("]") ? items : nil
    }

    private mutating func emotion() -> EmotionScore? {
        guard take("["), let emotion = string().flatMap(Emotion.init), take(","), let score = number(), take(","), let intensity = number(),
            take("]"), let whole = Int(exactly: intensity)
        else { return nil }
        return EmotionScore(emotion: emotion, score: score, intensity: whole)
    }

    private mutating func label() -> LabelScore? {
        guard take("["), let label = string(), take(","), let confidence = number(), take("]") else { return nil }
        return LabelScore(label: label, confidence: confidence)
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\") { return nil }
            at += 1
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
        return take("\"") ? text : nil
    }

    private mutating func number() -> Double? {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: "]") { at += 1 }
        return Double(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self))
    }
}
