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
            start: metadata?["created"]?.string.flatMap { RFC3339.parse($0) })
        if let channel = payload["channel"], channel.isObject { return [live(payload, channel, &call)] }
        if let type = payload["type"]?.string, payload["results"] == nil { return [.ignored(reason: type)] }
        guard let results = payload["results"], results.isObject else {
            return [.rejected(Rejection(reason: "no Deepgram answer: it has no \"results\" object", line: line))]
        }
        let channels = results["channels"]?.items ?? []
        call.language =
            channels.first?["detected_language"]?.string ?? channels.first?["alternatives"]?[0]?["languages"]?[0]?.string
        if let utterances = results["utterances"]?.array, !utterances.isEmpty {
            return utterances.map { utterance($0, hasChannels: channels.count > 1, &call, line: line) }
        }
        let turns = Self.turns(channels, language: call.language)
        return turns.isEmpty ? [.ignored(reason: "empty")] : turns.map { call.message($0) }
    }

    private func utterance(_ utterance: Payload, hasChannels: Bool, _ call: inout CallAssembler, line: Int) -> Operation {
        guard let text = utterance["transcript"]?.string, let start = SpokenTime.offset(utterance["start"]) else {
            return .rejected(Rejection(reason: "an utterance has no \"transcript\" or no \"start\"", line: line))
        }
        let turn = SpokenTurn(
            text: text, start: start, speaker: utterance["speaker"]?.scalarText, channel: hasChannels ? utterance["channel"]?.scalarText : nil)
        return call.message(turn, nativeID: utterance["id"]?.scalarText)
    }

    /// A piece of a live stream; interim pieces come again.
    private func live(_ payload: Payload, _ channel: Payload, _ call: inout CallAssembler) -> Operation {
        if payload["is_final"]?.bool == false { return .ignored(reason: "partial") }
        let best = channel["alternatives"]?[0]
        // The channel's number and how many there are.
        let index = payload["channel_index"]?.items ?? []
        let turn = SpokenTurn(
            text: best?["transcript"]?.string ?? "", start: SpokenTime.offset(payload["start"]) ?? 0,
            speaker: best?["words"]?[0]?["speaker"]?.scalarText,
            channel: index.last?.integer ?? 1 > 1 ? index.first?.scalarText : nil)
        return call.message(turn)
    }

    private static func turns(_ channels: [Payload], language: String?) -> [SpokenTurn] {
        var words = [SpokenWord]()
        var texts = [SpokenTurn]()
        for (index, channel) in channels.enumerated() {
            let label = channels.count > 1 ? String(index) : nil
            let best = channel["alternatives"]?[0]
            let before = words.count
            for word in (best?["words"] ?? .null).eachItem {
                guard let text = (word["punctuated_word"] ?? word["word"])?.string, let start = SpokenTime.offset(word["start"]) else { continue }
                words.append(SpokenWord(text: text, start: start, speaker: word["speaker"]?.scalarText, channel: label))
            }
            if words.count == before, let text = best?["transcript"]?.string, !text.isEmpty {
                texts.append(SpokenTurn(text: text, start: 0, channel: label))
            }
        }
        // Of one channel they are.
        let isOrdered = zip(words, words.dropFirst()).allSatisfy { $0.start <= $1.start }
        if !isOrdered { words = words.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element) }
        return texts + SpokenTurn.turns(words, language: language)
    }
}
