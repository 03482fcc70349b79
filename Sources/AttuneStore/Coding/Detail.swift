import AttuneCore
import AttuneEngine

/// `analyses.detail`: the lists of an analysis as compact JSON, read back bit for bit.
///
/// `{"emotions":[["anger",0.71,3]],"intents":[["refund",0.5]],"topics":[…],"sensitive":["health"],"skipped":["too-long",0,9]}`;
/// empty lists are left out.
struct Detail: Hashable {
    var emotions: [EmotionScore] = []
    var intents: [LabelScore] = []
    var topics: [LabelScore] = []
    var sensitive: [String] = []
    var skipped: Skipped?
}

extension Detail {
    init(_ analysis: Analysis) {
        self.init(
            emotions: analysis.emotions, intents: analysis.intents, topics: analysis.topics, sensitive: analysis.sensitive,
            skipped: analysis.skipped)
    }

    var json: String {
        var out = [UInt8]()
        out.reserveCapacity(256)
        append("emotions", emotions, to: &out) { emotion, out in
            JSONWriter.write(emotion.emotion.rawValue, into: &out)
            out.append(UInt8(ascii: ","))
            out.append(contentsOf: JSONNumber.text(emotion.score).utf8)
            out.append(UInt8(ascii: ","))
            out.append(contentsOf: String(emotion.intensity).utf8)
        }
        append("intents", intents, to: &out, Self.write)
        append("topics", topics, to: &out, Self.write)
        if !sensitive.isEmpty {
            begin("sensitive", &out)
            JSONWriter.write(.array(sensitive.map { .string($0) }), into: &out)
        }
        if let skipped {
            begin("skipped", &out)
            JSONWriter.write(.array([.string(skipped.reason), .int(skipped.span.start), .int(skipped.span.end)]), into: &out)
        }
        if out.isEmpty { out.append(UInt8(ascii: "{")) }
        out.append(UInt8(ascii: "}"))
        return String(decoding: out, as: UTF8.self)
    }

    private static func write(_ label: LabelScore, into out: inout [UInt8]) {
        JSONWriter.write(label.label, into: &out)
        out.append(UInt8(ascii: ","))
        out.append(contentsOf: JSONNumber.text(label.confidence).utf8)
    }

    private func begin(_ name: String, _ out: inout [UInt8]) {
        out.append(out.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        JSONWriter.write(name, into: &out)
        out.append(UInt8(ascii: ":"))
    }

    private func append<Item>(_ name: String, _ items: [Item], to out: inout [UInt8], _ write: (Item, inout [UInt8]) -> Void) {
        if items.isEmpty { return }
        begin(name, &out)
        for (i, item) in items.enumerated() {
            out.append(i == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            out.append(UInt8(ascii: "["))
            write(item, &out)
            out.append(UInt8(ascii: "]"))
        }
        out.append(UInt8(ascii: "]"))
    }

    /// - Throws: `StoreError.corrupt`
    init(json: UnsafeBufferPointer<UInt8>) throws {
        self.init()
        var scanner = DetailScanner(json)
        if let detail = scanner.detail() {
            self = detail
            return
        }
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
