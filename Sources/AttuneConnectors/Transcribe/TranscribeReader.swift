import AttuneCore

/// Reads transcripts of Amazon Transcribe: words with times, which speaker or channel labels make turns of.
struct TranscribeReader {
    private let scope: CallScope

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        scope = CallScope(connector: connector, configuration: configuration, context: context)
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let results = payload["results"], results.isObject else {
            return [.rejected(Rejection(reason: "no Transcribe transcript: it has no \"results\" object", line: line))]
        }
        var call = CallAssembler(
            scope, account: payload["accountId"]?.scalarText,
            conversation: payload["jobName"]?.scalarText)
        call.language = results["language_code"]?.string ?? results["language_identification"]?[0]?["code"]?.string
        var words = Self.channelWords(results)
        if words.isEmpty { words = Self.words(results["items"]?.items ?? [], speakers: Self.speakers(results), channel: nil) }
        var turns = SpokenTurn.turns(words, language: call.language)
        if turns.isEmpty, let text = results["transcripts"]?[0]?["transcript"]?.string, !text.isEmpty {
            turns = [SpokenTurn(text: text, start: 0)]
        }
        if turns.isEmpty { return [.ignored(reason: "empty")] }
        return turns.map { call.message($0) }
    }

    /// Speakers by the start of the word, as older files tell them beside the words.
    private static func speakers(_ results: Payload) -> [String: String] {
        var speakers: [String: String] = [:]
        for segment in results.at("speaker_labels", "segments")?.items ?? [] {
            for item in segment["items"]?.items ?? [] {
                guard let start = item["start_time"]?.scalarText else { continue }
                speakers[start] = item["speaker_label"]?.string ?? segment["speaker_label"]?.string
            }
        }
        return speakers
    }

    /// Words of recordings with a channel for each side, in the order they were said.
    private static func channelWords(_ results: Payload) -> [SpokenWord] {
        var words = [SpokenWord]()
        let segments = Self.segments(results)
        var order = [Int]()
        for channel in results.at("channel_labels", "channels")?.items ?? [] {
            let items = channel["items"]?.items ?? []
            words += Self.words(items, speakers: [:], channel: channel["channel_label"]?.string)
            if !segments.isEmpty { order += items.compactMap { $0["id"]?.scalarText.flatMap { segments[$0] } } }
        }
        // What is said while the other side speaks stays in one piece.
        if !words.isEmpty, order.count == words.count {
            return words.enumerated().sorted { (order[$0.offset], $0.offset) < (order[$1.offset], $1.offset) }.map(\.element)
        }
        // Marks have the time of their word, so that a stable order keeps them behind it.
        return words.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
    }

    /// Of newer files: in which piece of what one side says each word is, by the word's id. Pieces count in the order of their starts.
    private static func segments(_ results: Payload) -> [String: Int] {
        let pieces = (results["audio_segments"]?.items ?? []).map { piece in
            (start: SpokenTime.offset(piece["start_time"]) ?? 0, words: piece["items"]?.items ?? [])
        }
        let ordered = pieces.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
        var segments = [String: Int]()
        for (place, piece) in ordered.enumerated() {
            for word in piece.element.words { if let id = word.scalarText { segments[id] = place } }
        }
        return segments
    }

    private static func words(_ items: [Payload], speakers: [String: String], channel: String?) -> [SpokenWord] {
        var words = [SpokenWord]()
        for item in items {
            guard let text = item["alternatives"]?[0]?["content"]?.string ?? item["content"]?.string, !text.isEmpty else { continue }
            let isMark = item["type"]?.says("punctuation") == true
            let time = item["start_time"]
            let speaker = item["speaker_label"]?.string ?? time?.scalarText.flatMap { speakers[$0] }
            // A mark has neither time nor, in older files, a speaker.
            words.append(
                SpokenWord(
                    text: text, start: SpokenTime.offset(time) ?? words.last?.start ?? 0, speaker: speaker ?? (isMark ? words.last?.speaker : nil),
                    channel: channel ?? item["channel_label"]?.string, isMark: isMark))
        }
        return words
    }
}
