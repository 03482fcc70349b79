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
        if let channel = payload["channel"], channel.isObject { return live(payload, channel, &call) }
        if let type = payload["type"]?.string, payload["results"] == nil { return [.ignored(reason: type)] }
        guard let results = payload["results"], results.isObject else {
            return [.rejected(Rejection(reason: "no Deepgram answer: it has no \"results\" object", line: line))]
        }
        let channels = results["channels"]?.items ?? []
        if let utterances = results["utterances"]?.array, !utterances.isEmpty {
            let languages = channels.map(Self.language)
            return utterances.map { utterance($0, languages, &call, line: line) }
        }
        let turns = Self.turns(channels)
        return turns.isEmpty ? [.ignored(reason: "empty")] : turns.map { call.message($0) }
    }

    /// What a channel is in; nil where nothing says it, or where it is in several languages.
    private static func language(_ channel: Payload) -> String? { channel["detected_language"]?.string ?? only(channel["alternatives"]?[0]) }

    /// The language of a list of one.
    private static func only(_ item: Payload?) -> String? {
        guard let languages = item?["languages"]?.array, languages.count == 1 else { return nil }
        return languages[0].string
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
        let index = payload["channel_index"]?.items ?? []
        let label = index.last?.integer ?? 1 > 1 ? index.first?.scalarText : nil
        var words = [SpokenWord]()
        Self.append(best, label: label, language: Self.language(channel), to: &words)
        let turns = SpokenTurn.turns(words, language: nil)
        if turns.count > 1 { return turns.map { call.message($0) } }
        let turn = SpokenTurn(
            text: best?["transcript"]?.string ?? "", start: SpokenTime.offset(payload["start"]) ?? 0, speaker: turns.first?.speaker,
            channel: label, language: turns.isEmpty ? Self.language(channel) : turns[0].language)
        return [call.message(turn)]
    }

    /// - Parameters:
    ///   - label: of the channel, where there are several.
    ///   - language: of words that do not say theirs.
    private static func append(_ best: Payload?, label: String?, language: String?, to words: inout [SpokenWord]) {
        for word in (best?["words"] ?? .null).eachItem {
            guard let text = (word["punctuated_word"] ?? word["word"])?.string, let start = SpokenTime.offset(word["start"]) else { continue }
            words.append(
                SpokenWord(
                    text: text, start: start, speaker: word["speaker"]?.scalarText, channel: label, language: word["language"]?.string ?? language))
        }
    }

    private static func turns(_ channels: [Payload]) -> [SpokenTurn] {
        var words = [SpokenWord]()
        var texts = [SpokenTurn]()
        for (index, channel) in channels.enumerated() {
            let label = channels.count > 1 ? String(index) : nil
            let (best, language) = (channel["alternatives"]?[0], language(channel))
            let before = words.count
            append(best, label: label, language: language, to: &words)
            if words.count == before, let text = best?["transcript"]?.string, !text.isEmpty {
                texts.append(SpokenTurn(text: text, start: 0, channel: label, language: language))
            }
        }
        // Of one channel they are.
        let isOrdered = zip(words, words.dropFirst()).allSatisfy { $0.start <= $1.start }
        if !isOrdered { words = words.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element) }
        return texts + SpokenTurn.turns(words, language: nil)
    }
}
