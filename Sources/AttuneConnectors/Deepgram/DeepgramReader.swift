import AttuneCore

/// Reads Deepgram's answers for recordings and the results of its live stream.
struct DeepgramReader {
    private let scope: CallScope

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        scope = CallScope(connector: connector, configuration: configuration, context: context)
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        let metadata = payload["metadata"]
        var call = CallAssembler(
            scope, conversation: metadata?["request_id"]?.scalarText,
            start: metadata?["created"].flatMap { $0.withPlainBytes(RFC3339.parse) ?? $0.string.flatMap { RFC3339.parse($0) } })
        if let channel = payload["channel"], channel.isObject { return live(payload, channel, &call) }
        if let type = payload["type"]?.string, payload["results"] == nil { return [.ignored(reason: type)] }
        guard let results = payload["results"], results.isObject else {
            return [.rejected(Rejection(reason: "no Deepgram answer: it has no \"results\" object", line: line))]
        }
        let channels = results["channels"] ?? .null
        let utterances = results["utterances"] ?? .null
        let count = utterances.itemCount
        if count > 0 {
            let languages = channels.eachItem.map(Self.language)
            var operations = [Operation]()
            operations.reserveCapacity(count)
            for item in utterances.eachItem { operations.append(utterance(item, languages, &call, line: line)) }
            return operations
        }
        let turns = Self.turns(channels)
        return turns.isEmpty ? [.ignored(reason: "empty")] : turns.map { call.message($0) }
    }

    /// What a channel is in; nil where nothing says it, or where it is in several languages.
    private static func language(_ channel: Payload) -> String? { channel["detected_language"]?.string ?? only(channel["alternatives"]?[0]) }

    /// The language of a list of one.
    private static func only(_ item: Payload?) -> String? {
        guard let languages = item?["languages"], languages.itemCount == 1 else { return nil }
        return languages[0]?.string
    }

    /// - Parameter languages: of the channels.
    private func utterance(_ utterance: Payload, _ languages: [String?], _ call: inout CallAssembler, line: Int) -> Operation {
        guard let text = utterance["transcript"]?.string, let start = SpokenTime.offset(utterance["start"]) else {
            return .rejected(Rejection(reason: "an utterance has no \"transcript\" or no \"start\"", line: utterance.line(from: line)))
        }
        let channel = Int(utterance["channel"]?.integer ?? 0)
        let spoken = utterance["languages"] == nil && languages.indices.contains(channel) ? languages[channel] : Self.only(utterance)
        let turn = SpokenTurn(
            text: text, start: start, speaker: utterance["speaker"]?.scalarText,
            channel: languages.count > 1 ? utterance["channel"]?.scalarText : nil, language: spoken)
        return call.message(turn, nativeID: utterance["id"]?.scalarText)
    }

    /// A piece of a live stream; interim pieces come again.
    private func live(_ payload: Payload, _ channel: Payload, _ call: inout CallAssembler) -> [Operation] {
        if payload["is_final"]?.bool == false { return [.ignored(reason: "partial")] }
        let best = channel["alternatives"]?[0]
        // The channel's number and how many there are.
        let index = payload["channel_index"] ?? .null
        let label = index[index.itemCount - 1]?.integer ?? 1 > 1 ? index[0]?.scalarText : nil
        let language = Self.language(channel)
        var turns = SpokenTurns(language: nil)
        Self.forEachWord(best, label: label, language: language) { turns.append($0) }
        let spoken = turns.turns
        if spoken.count > 1 { return spoken.map { call.message($0) } }
        let turn = SpokenTurn(
            text: best?["transcript"]?.string ?? "", start: SpokenTime.offset(payload["start"]) ?? 0, speaker: spoken.first?.speaker,
            channel: label, language: spoken.isEmpty ? language : spoken[0].language)
        return [call.message(turn)]
    }

    /// - Parameters:
    ///   - label: of the channel, where there are several.
    ///   - language: of words that do not say theirs.
    private static func forEachWord(_ best: Payload?, label: String?, language: String?, _ body: (consuming SpokenWord) -> Void) {
        for word in (best?["words"] ?? .null).eachItem {
            guard let text = (word["punctuated_word"] ?? word["word"])?.string, let start = SpokenTime.offset(word["start"]) else { continue }
            body(
                SpokenWord(
                    text: text, start: start, speaker: word["speaker"]?.scalarText, channel: label, language: word["language"]?.string ?? language))
        }
    }

    private static func turns(_ channels: Payload) -> [SpokenTurn] {
        var words = [SpokenWord]()
        var texts = [SpokenTurn]()
        // Of one channel they are.
        var isOrdered = true
        let count = channels.itemCount
        for (index, channel) in channels.eachItem.enumerated() {
            let label = count > 1 ? String(index) : nil
            let (best, language) = (channel["alternatives"]?[0], language(channel))
            let before = words.count
            // Reserved for each of many channels, all would be copied as often.
            if words.isEmpty { words.reserveCapacity(best?["words"]?.itemCount ?? 0) }
            forEachWord(best, label: label, language: language) { word in
                if let last = words.last, word.start < last.start { isOrdered = false }
                words.append(word)
            }
            if words.count == before, let text = best?["transcript"]?.string, !text.isEmpty {
                texts.append(SpokenTurn(text: text, start: 0, channel: label, language: language))
            }
        }
        if !isOrdered { words = words.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element) }
        return texts + SpokenTurn.turns(words, language: nil)
    }
}
