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
        guard let answer, answer.isArray else {
            if payload["done"] != nil || payload["totalBilledTime"] != nil { return [.ignored(reason: "empty")] }
            if payload["speechEventType"] ?? payload["speech_event_type"] != nil { return [.ignored(reason: "event")] }
            return [.rejected(Rejection(reason: "no Speech-to-Text answer: it has no \"results\" list", line: line))]
        }
        let name = payload["name"]?.scalarText.map { $0.lastPiece("/") ?? "" }
        return operations(GoogleSpeechResult.all(answer), conversation: name, line: line)
    }

    /// A batch of v2: the answer for every recording, by its address.
    private func batch(_ files: Payload, line: Int) -> [Operation] {
        var names = [String?: Int]()
        for file in files.members { names[file.key.lastPiece("/"), default: 0] += 1 }
        let operations = files.members.flatMap { file -> [Operation] in
            let transcript = file.value["transcript"] ?? file.value.at("inlineResult", "transcript") ?? file.value.at("inline_result", "transcript")
            // Of other recordings the answer was written to a file of its own, or there is none.
            guard let results = transcript?["results"], results.isArray else {
                return [.ignored(reason: file.value["error"] == nil ? "empty" : "failed")]
            }
            // Recordings of other folders may be called the same.
            let name = file.key.lastPiece("/")
            return self.operations(GoogleSpeechResult.all(results), conversation: names[name] == 1 ? name : file.key, line: line)
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func operations(_ results: [GoogleSpeechResult], conversation: String?, line: Int) -> [Operation] {
        guard let last = results.last else { return [.ignored(reason: "empty")] }
        // With speakers told apart, the last result of each channel repeats the words of that one.
        if results.contains(where: \.namesSpeakers) {
            let channels = Self.byChannel(results)
            if channels.count > 1 { return channels.flatMap { self.operations($0, conversation: conversation, line: line) } }
        }
        var call = CallAssembler(scope, conversation: conversation)
        // A last result that repeats all need not say it again.
        call.language = call.language ?? results.lazy.compactMap(\.language).first
        var operations = [Operation]()
        operations.reserveCapacity(results.count)
        if last.isRepetition(of: results.dropLast()) {
            // It holds every word again, with its speaker; what came before is the same without speakers.
            append(last, end: 0, &call, line: line, to: &operations)
            return operations
        }
        let isStream = results.contains { $0.saysWhetherItIsFinal }
        var end = isStream ? stream.end : 0
        for result in results {
            let own = result.end
            // Another stream begins.
            if isStream, let own, own < end { end = 0 }
            append(result, end: end, &call, line: line, to: &operations)
            if !result.isPartial { end = own ?? end }
        }
        if isStream { stream.end = end }
        return operations
    }

    /// The results of each channel, in the order in which channels first come.
    private static func byChannel(_ results: [GoogleSpeechResult]) -> [[GoogleSpeechResult]] {
        let tags = results.map(\.channel)
        // Nearly always all are of one.
        if tags.allSatisfy({ $0 == tags[0] }) { return [results] }
        var (places, channels) = ([String?: Int](), [[GoogleSpeechResult]]())
        for (result, tag) in zip(results, tags) {
            let place = places[tag, default: channels.count]
            if place == channels.count {
                places[tag] = place
                channels.append([])
            }
            channels[place].append(result)
        }
        return channels
    }

    /// - Parameter end: where the result before ended: a result whose words have no times begins there.
    private func append(_ result: GoogleSpeechResult, end: Int64, _ call: inout CallAssembler, line: Int, to operations: inout [Operation]) {
        if result.isPartial { return operations.append(.ignored(reason: "partial")) }
        guard result.hasAlternatives else {
            return operations.append(.rejected(Rejection(reason: "a result has no \"alternatives\"", line: result.line(from: line))))
        }
        call.language = result.language ?? call.language
        if result.namesSpeakers {
            for turn in result.turns(language: call.language) { operations.append(call.message(turn)) }
            return
        }
        operations.append(call.message(SpokenTurn(text: result.text, start: result.start ?? end, channel: result.channel)))
    }
}
