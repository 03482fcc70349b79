import AttuneCore
import AttuneEngine

/// `states.emotions`: shares by emotion, in the order of `Emotion`, so that equal states are equal bytes.
enum StateCoding {
    static func json(_ emotions: [Emotion: Double]) -> String {
        if emotions.isEmpty { return "{}" }
        var text = ""
        for emotion in Emotion.allCases {
            guard let share = emotions[emotion] else { continue }
            text += (text.isEmpty ? "{\"" : ",\"") + emotion.rawValue + "\":" + JSONNumber.text(share)
        }
        return text + "}"
    }

    static func emotions(json: [UInt8]) throws -> [Emotion: Double] {
        guard let value = try? JSONParser.parse(json) else { throw StoreError.corrupt("a customer's state can't be read back") }
        return try value.members.reduce(into: [:]) { emotions, member in
            guard let emotion = Emotion(rawValue: member.key), let share = JSONNumber.double(member.value) else {
                throw StoreError.corrupt("a customer's state has an unknown emotion")
            }
            emotions[emotion] = share
        }
    }
}
