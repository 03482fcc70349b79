import AttuneCore

/// Reads results of Google Cloud Speech-to-Text, v1 and v2, with the member names of its JSON and of its protocol buffers.
struct GoogleSpeechReader {
    private let scope: CallScope
    private let stream = Stream()

    /// Where the last final result of a live stream ended, whose results come one a line. One for all that a decoder reads, and so a reference.
    /// Not shared between threads.
    private final class Stream {
        var end: Int64 = 0
    }

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        scope = CallScope(connector: connector, configuration: configuration, context: context)
    }

    func operations(_ payload: Payload, line: Int) -> [Operation] {
        // A long-running operation has the answer inside.
        let answer = payload["results"] ?? payload.at("response", "results")
        if let answer, answer.isObject { return batch(answer, line: line) }
        guard let results = answer?.array else {
            if payload["done"] != nil || payload["totalBilledTime"] != nil { return [.ignored(reason: "empty")] }
            if payload["speechEventType"] ?? payload["speech_event_type"] != nil { return [.ignored(reason: "event")] }
            return [.rejected(Rejection(reason: "no Speech-to-Text answer: it has no \"results\" list", line: line))]
        }
        return operations(results, conversation: payload["name"]?.scalarText.map { $0.lastPiece("/") ?? "" }, line: line)
    }

    /// A batch of v2: the answer for every recording, by its address.
    private func batch(_ files: Payload, line: Int) -> [Operation] {
        var names = [String?: Int]()
        for file in files.members { names[file.key.lastPiece("/"), default: 0] += 1 }
        let operations = files.members.flatMap { file -> [Operation] in
            let transcript = file.value["transcript"] ?? file.value.at("inlineResult", "transcript") ?? file.value.at("inline_result", "transcript")
            // Of other recordings the answer was written to a file of its own, or there is none.
            guard let results = transcript?["results"]?.array else { return [.ignored(reason: file.value["error"] == nil ? "empty" : "failed")] }
            // Recordings of other folders may be called the same.
            let name = file.key.lastPiece("/")
            return self.operations(results, conversation: names[name] == 1 ? name : file.key, line: line)
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func operations(_ results: [Payload], conversation: String?, line: Int) -> [Operation] {
        if results.isEmpty { return [.ignored(reason: "empty")] }
        // With speakers told apart, the last result of each channel repeats the words of that one.
        if results.contains(where: Self.namesSpeakers) {
            let channels = Self.byChannel(results)
            if channels.count > 1 { return channels.flatMap { self.operations($0, conversation: conversation, line: line) } }
        }
        var call = CallAssembler(scope, conversation: conversation)
        // A last result that repeats all need not say it again.
        call.language = results.lazy.compactMap { ($0["languageCode"] ?? $0["language_code"])?.string }.first
        var operations = [Operation]()
        if let last = results.last, let words = Self.repetition(last, of: results) {
            // It holds every word again, with its speaker; what came before is the same without speakers.
            append(last, words, end: 0, &call, line: line, to: &operations)
            return operations
        }
        let isStream = results.contains { ($0["isFinal"] ?? $0["is_final"] ?? $0["stability"]) != nil }
        var end = isStream ? stream.end : 0
        for result in results {
            let own = SpokenTime.offset(result["resultEndTime"] ?? result["resultEndOffset"] ?? result["result_end_time"])
            // Another stream begins.
            if isStream, let own, own < end { end = 0 }
            append(result, end: end, &call, line: line, to: &operations)
            if !Self.isPartial(result) { end = own ?? end }
        }
        if isStream { stream.end = end }
        return operations
    }

    /// The results of each channel, in the order in which channels first come.
    private static func byChannel(_ results: [Payload]) -> [[Payload]] {
        var (places, channels) = ([String?: Int](), [[Payload]]())
        for result in results {
            let place = places[channel(result), default: channels.count]
            if place == channels.count {
                places[channel(result)] = place
                channels.append([])
            }
            channels[place].append(result)
        }
        return channels
    }

    /// The words of a last result that repeats those of all others with speakers; nil for any other.
    private static func repetition(_ last: Payload, of results: [Payload]) -> [SpokenWord]? {
        guard results.count > 1, namesSpeakers(last) else { return nil }
        let words = words(last)
        guard let start = words.first?.start else { return nil }
        let others = results.dropLast()
        var (count, earliest): (Int, Int64?) = (0, nil)
        for other in others {
            var own = 0
            for word in spoken(other) where word["word"]?.isFilled == true {
                if own == 0 { earliest = min(earliest ?? .max, Self.start(word) ?? 0) }
                own += 1
            }
            count += own
        }
        let isAll =
            count == 0
            ? words.count >= others.reduce(0) { $0 + text($1).split(separator: " ").count }
            : words.count >= count && start <= earliest ?? 0
        return isAll ? words : nil
    }

    /// - Parameters:
    ///   - words: those of the result, where they are known and say who spoke them.
    ///   - end: where the result before ended: a result whose words have no times begins there.
    private func append(
        _ result: Payload, _ words: [SpokenWord]? = nil, end: Int64, _ call: inout CallAssembler, line: Int, to operations: inout [Operation]
    ) {
        if Self.isPartial(result) { return operations.append(.ignored(reason: "partial")) }
        guard result["alternatives"]?.isArray == true else {
            return operations.append(.rejected(Rejection(reason: "a result has no \"alternatives\"", line: result.line(from: line))))
        }
        call.language = (result["languageCode"] ?? result["language_code"])?.string ?? call.language
        if let words = words ?? (Self.namesSpeakers(result) ? Self.words(result) : nil) {
            for turn in SpokenTurn.turns(words, language: call.language) { operations.append(call.message(turn)) }
            return
        }
        let start = Self.spoken(result).first { $0["word"]?.isFilled == true }.map { Self.start($0) ?? 0 }
        operations.append(call.message(SpokenTurn(text: Self.text(result), start: start ?? end, channel: Self.channel(result))))
    }

    /// JSON made of protocol buffers leaves out what is false: a result that may still change has no `isFinal`, but a `stability`.
    private static func isPartial(_ result: Payload) -> Bool {
        if let isFinal = (result["isFinal"] ?? result["is_final"])?.bool { return !isFinal }
        return result["stability"]?.double.map { $0 > 0 } ?? false
    }

    private static func text(_ result: Payload) -> String { result["alternatives"]?[0]?["transcript"]?.string ?? "" }

    /// Zero means that channels were not told apart.
    private static func channel(_ result: Payload) -> String? {
        (result["channelTag"] ?? result["channel_tag"])?.scalarText.flatMap { $0 == "0" ? nil : $0 }
    }

    private static func spoken(_ result: Payload) -> Payload.Items { (result["alternatives"]?[0]?["words"] ?? .null).eachItem }

    private static func start(_ word: Payload) -> Int64? { SpokenTime.offset(word["startTime"] ?? word["startOffset"] ?? word["start_time"]) }

    private static func speaker(_ word: Payload) -> String? {
        let tag = (word["speakerTag"] ?? word["speakerLabel"] ?? word["speaker_tag"])?.scalarText
        return tag.flatMap { $0 == "0" || $0.isEmpty ? nil : $0 }
    }

    /// Whether any word says who spoke it. Without speakers, words are not needed one by one.
    private static func namesSpeakers(_ result: Payload) -> Bool { spoken(result).contains { speaker($0) != nil && $0["word"]?.isFilled == true } }

    private static func words(_ result: Payload) -> [SpokenWord] {
        let channel = channel(result)
        var last: Int64 = 0
        return spoken(result).compactMap { word in
            guard let text = word["word"]?.filled else { return nil }
            last = start(word) ?? last
            return SpokenWord(text: text, start: last, speaker: speaker(word), channel: channel)
        }
    }
}
