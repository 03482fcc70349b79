import AttuneCore
import AttuneEngine

/// The lists of an analysis as versions 1 to 4 kept them:
/// `{"emotions":[["anger",0.71,3]],"intents":[["refund",0.5]],"topics":[…],"sensitive":["health"],"skipped":["too-long",0,9]}`.
extension Detail {
    /// - Throws: `StoreError.corrupt`
    init(json: UnsafeBufferPointer<UInt8>) throws {
        self.init()
        guard case .object(let members)? = try? JSONParser.parse(json) else { throw StoreError.corrupt("an analysis can't be read back") }
        for member in members {
            switch member.key {
            case "emotions": emotions = try member.value.items.map(Self.emotion)
            case "intents": intents = try member.value.items.map(Self.label)
            case "topics": topics = try member.value.items.map(Self.label)
            case "sensitive": sensitive = member.value.items.compactMap(\.string)
            case "skipped": skipped = try Self.skipped(member.value)
            default: throw StoreError.corrupt("an analysis has an unknown part")
            }
        }
    }

    private static func emotion(_ value: JSONValue) throws -> EmotionScore {
        guard let emotion = value[0]?.string.flatMap(Emotion.init), let score = value[1].flatMap(JSONNumber.double),
            let intensity = value[2]?.integer
        else { throw StoreError.corrupt("an analysis has an unknown emotion") }
        return EmotionScore(emotion: emotion, score: score, intensity: Int(intensity))
    }

    private static func label(_ value: JSONValue) throws -> LabelScore {
        guard let label = value[0]?.string, let confidence = value[1].flatMap(JSONNumber.double) else {
            throw StoreError.corrupt("an analysis has a damaged label")
        }
        return LabelScore(label: label, confidence: confidence)
    }

    private static func skipped(_ value: JSONValue) throws -> Skipped {
        guard let reason = value[0]?.string, let start = value[1]?.integer, let end = value[2]?.integer else {
            throw StoreError.corrupt("an analysis has a damaged note of what was skipped")
        }
        return Skipped(reason: reason, span: Span(Int(start), Int(end)))
    }
}
