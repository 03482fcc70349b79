import AttuneCore

/// A result of Speech-to-Text: what several steps ask for is looked up once.
struct GoogleSpeechResult {
    private let fields: Payload
    /// Of its likeliest alternative.
    private let words: Payload.Items
    private let best: Payload?
    let hasAlternatives: Bool
    /// Whether it may still change. JSON made of protocol buffers leaves out what is false: such a result has no `isFinal`, but a `stability`.
    let isPartial: Bool
    let saysWhetherItIsFinal: Bool
    /// Whether any word says who spoke it. Without speakers, words are not needed one by one.
    let namesSpeakers: Bool

    private init(_ fields: Payload) {
        self.fields = fields
        let alternatives = fields["alternatives"]
        hasAlternatives = alternatives?.isArray == true
        best = alternatives?[0]
        words = (best?["words"] ?? .null).eachItem
        let (isFinal, stability) = (fields["isFinal"] ?? fields["is_final"], fields["stability"])
        saysWhetherItIsFinal = (isFinal ?? stability) != nil
        isPartial = isFinal?.bool.map { !$0 } ?? stability?.double.map { $0 > 0 } ?? false
        namesSpeakers = words.contains { Self.namesSpeaker($0) && $0["word"]?.isFilled == true }
    }

    /// `JSONNode.line`
    func line(from first: Int) -> Int { fields.line(from: first) }

    static func all(_ results: Payload) -> [GoogleSpeechResult] {
        var all = [GoogleSpeechResult]()
        all.reserveCapacity(results.itemCount)
        for result in results.eachItem { all.append(GoogleSpeechResult(result)) }
        return all
    }

    var language: String? { (fields["languageCode"] ?? fields["language_code"])?.string }

    var text: String { best?["transcript"]?.string ?? "" }

    /// Zero means that channels were not told apart.
    var channel: String? { (fields["channelTag"] ?? fields["channel_tag"])?.scalarText.flatMap { $0 == "0" ? nil : $0 } }

    /// Where it ends, nanoseconds.
    var end: Int64? { SpokenTime.offset(fields["resultEndTime"] ?? fields["resultEndOffset"] ?? fields["result_end_time"]) }

    /// Where its first word begins; nil when it has no words.
    var start: Int64? { words.first { $0["word"]?.isFilled == true }.map { Self.start($0) ?? 0 } }

    /// Whether it repeats the words of all before it, with speakers.
    func isRepetition(of others: ArraySlice<GoogleSpeechResult>) -> Bool {
        guard !others.isEmpty, namesSpeakers, let start else { return false }
        let (count, earliest) = others.reduce((0, Int64.max)) { sum, other in
            let own = other.wordCount
            return own == 0 ? sum : (sum.0 + own, min(sum.1, other.start ?? 0))
        }
        if count > 0 { return wordCount >= count && start <= earliest }
        return wordCount >= others.reduce(0) { $0 + $1.text.split(separator: " ").count }
    }

    private var wordCount: Int { words.reduce(0) { $1["word"]?.isFilled == true ? $0 + 1 : $0 } }

    /// What each speaker says.
    func turns(language: String?) -> [SpokenTurn] {
        var turns = SpokenTurns(language: language)
        let channel = channel
        var last: Int64 = 0
        for word in words {
            guard let text = word["word"]?.filled else { continue }
            last = Self.start(word) ?? last
            turns.append(SpokenWord(text: text, start: last, speaker: Self.speaker(word), channel: channel))
        }
        return turns.turns
    }

    private static func start(_ word: Payload) -> Int64? { SpokenTime.offset(word["startTime"] ?? word["startOffset"] ?? word["start_time"]) }

    private static func tag(_ word: Payload) -> Payload? { word["speakerTag"] ?? word["speakerLabel"] ?? word["speaker_tag"] }

    private static func speaker(_ word: Payload) -> String? { tag(word)?.scalarText.flatMap { $0 == "0" || $0.isEmpty ? nil : $0 } }

    /// Whether it has a speaker, without its name.
    private static func namesSpeaker(_ word: Payload) -> Bool {
        guard let tag = tag(word) else { return false }
        let isNamed = tag.withPlainBytes { $0.count > 1 || $0.count == 1 && $0[0] != UInt8(ascii: "0") }
        return isNamed ?? (speaker(word) != nil)
    }
}
