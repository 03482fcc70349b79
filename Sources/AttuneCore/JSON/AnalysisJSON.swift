import AttuneEngine

/// The JSON form of an analysis: the members of an object, without its braces. Made once per run; what never changes in a
/// result is rendered then, so that a result is a row of copies and a dozen numbers, without memory of its own. A class, because a
/// value of this size would be copied for every result.
public final class AnalysisJSON: Sendable {
    private let fragments: Fragments
    private let languages: [Fragments.Piece]
    private let unknownLanguage: Fragments.Piece
    private let language: Fragments.Piece
    private let sentiment: Fragments.Piece
    private let labels: [Fragments.Piece]
    private let confidence, negative, neutral, positive, emotions: Fragments.Piece
    private let emotion: [Fragments.Piece]
    private let intensity, intents: Fragments.Piece
    private let intent: [Fragments.Piece]
    private let topics: Fragments.Piece
    private let topic: [Fragments.Piece]
    private let urgency, effort, noEffort, toxicity, sensitiveStart: Fragments.Piece
    private let sensitive: [Fragments.Piece]
    private let skipped: [Fragments.Piece]
    /// Bytes that no analysis exceeds, without the caller's language and the receipt.
    private let room: Int

    public init(labels names: AnalysisLabels) {
        var fragments = Fragments()
        func quoted(_ text: String) -> String { JSONWriter.string(.string(text)) }
        // Every item of a list begins with a comma, which the first one leaves out.
        func items(_ names: [String], _ number: String) -> [Fragments.Piece] {
            names.map { fragments.add(",{\"label\":\(quoted($0)),\"\(number)\":") }
        }
        let sentiment = ",\"sentiment\":{\"label\":"
        languages = names.languages.map { fragments.add("\"language\":\(quoted($0))\(sentiment)") }
        unknownLanguage = fragments.add("\"language\":null\(sentiment)")
        language = fragments.add("\"language\":")
        self.sentiment = fragments.add(sentiment)
        labels = Sentiment.Label.allCases.map { fragments.add("\(quoted($0.rawValue)),\"valence\":") }
        confidence = fragments.add(",\"confidence\":")
        negative = fragments.add(",\"probabilities\":{\"negative\":")
        neutral = fragments.add(",\"neutral\":")
        positive = fragments.add(",\"positive\":")
        emotions = fragments.add("}},\"emotions\":[")
        emotion = items(names.emotions, "score")
        intensity = fragments.add(",\"intensity\":")
        intents = fragments.add("],\"intents\":[")
        intent = items(names.intents, "confidence")
        topics = fragments.add("],\"topics\":[")
        topic = items(names.topics, "confidence")
        urgency = fragments.add("],\"urgency\":")
        effort = fragments.add(",\"effort\":")
        noEffort = fragments.add(",\"effort\":null")
        toxicity = fragments.add(",\"toxicity\":")
        sensitiveStart = fragments.add(",\"sensitive\":[")
        sensitive = names.sensitive.map { fragments.add(",\(quoted($0))") }
        skipped = CompactAnalysis.SkipReason.allCases.map { fragments.add(",\"skipped\":{\"reason\":\"\($0.name)\",\"span\":[") }
        let empty = CompactAnalysis()
        let listed = empty.emotions.count + empty.intents.count + empty.topics.count + empty.sensitive.count
        // Twenty pieces and numbers outside of the lists, two numbers at most an item.
        room = (listed + 20) * (fragments.longest + 2 * DecimalText.room) + Fragments.step
        self.fragments = fragments
    }

    /// Appends the members.
    /// - Parameters:
    ///   - hint: the language that the caller gave, as JSON text with its quotes; written when the analysis was made with it.
    ///   - receipt: written as the last member.
    public func append(
        _ analysis: CompactAnalysis, hint: UnsafeBufferPointer<UInt8>? = nil, receipt: Receipt? = nil, to out: inout ByteBuffer
    ) {
        let start = out.reserve(room + (hint?.count ?? 0))
        let end = fragments.withCursor(at: start) { cursor in
            writeLanguage(analysis, hint, &cursor)
            writeSentiment(analysis, &cursor)
            writeLists(analysis, &cursor)
            writeRest(analysis, &cursor)
            return cursor.at
        }
        out.advance(to: end)
        if let receipt { out.append(ReceiptJSON.member(receipt)) }
    }

    @inline(__always)
    private func writeLanguage(
        _ analysis: CompactAnalysis, _ hint: UnsafeBufferPointer<UInt8>?, _ out: inout Fragments.Cursor
    ) {
        if analysis.language >= 0 {
            out.copy(languages[Int(analysis.language)])
        } else if analysis.language == CompactAnalysis.hintedLanguage, let hint {
            out.copy(language)
            out.copy(hint)
            out.copy(sentiment)
        } else {
            out.copy(unknownLanguage)
        }
    }

    @inline(__always)
    private func writeSentiment(_ analysis: CompactAnalysis, _ out: inout Fragments.Cursor) {
        out.copy(labels[analysis.label.number])
        out.decimal(analysis.valence, decimals: 6)
        out.copy(confidence)
        out.share(analysis.confidence)
        out.copy(negative)
        out.share(analysis.negative)
        out.copy(neutral)
        out.share(analysis.neutral)
        out.copy(positive)
        out.share(analysis.positive)
    }

    @inline(__always)
    private func writeLists(_ analysis: CompactAnalysis, _ out: inout Fragments.Cursor) {
        out.copy(emotions)
        for i in 0..<analysis.emotionCount {
            let score = analysis.emotions[i]
            out.copy(emotion[Int(score.label)], skipping: i == 0 ? 1 : 0)
            out.share(score.value)
            out.copy(intensity)
            out.whole(Int(score.intensity))
            out.put(UInt8(ascii: "}"))
        }
        out.copy(intents)
        for i in 0..<analysis.intentCount {
            out.copy(intent[Int(analysis.intents[i].label)], skipping: i == 0 ? 1 : 0)
            out.share(analysis.intents[i].value)
            out.put(UInt8(ascii: "}"))
        }
        out.copy(topics)
        for i in 0..<analysis.topicCount {
            out.copy(topic[Int(analysis.topics[i].label)], skipping: i == 0 ? 1 : 0)
            out.share(analysis.topics[i].value)
            out.put(UInt8(ascii: "}"))
        }
    }

    @inline(__always)
    private func writeRest(_ analysis: CompactAnalysis, _ out: inout Fragments.Cursor) {
        out.copy(urgency)
        out.share(analysis.urgency)
        if analysis.effort.isNaN {
            out.copy(noEffort)
        } else {
            out.copy(effort)
            out.decimal(analysis.effort, decimals: 2)
        }
        out.copy(toxicity)
        out.share(analysis.toxicity)
        if analysis.sensitiveCount > 0 {
            out.copy(sensitiveStart)
            for i in 0..<analysis.sensitiveCount { out.copy(sensitive[Int(analysis.sensitive[i])], skipping: i == 0 ? 1 : 0) }
            out.put(UInt8(ascii: "]"))
        }
        guard analysis.skipReason != .nothing else { return }
        out.copy(skipped[Int(analysis.skipReason.rawValue)])
        out.whole(Int(analysis.skipped.start))
        out.put(UInt8(ascii: ","))
        out.whole(Int(analysis.skipped.end))
        out.put(UInt8(ascii: "]"))
        out.put(UInt8(ascii: "}"))
    }
}

extension Sentiment.Label {
    /// Its place among `allCases`.
    @inline(__always)
    fileprivate var number: Int {
        switch self {
        case .negative: 0
        case .neutral: 1
        case .positive: 2
        case .mixed: 3
        }
    }
}

extension CompactAnalysis.SkipReason {
    /// In the order of their raw values.
    fileprivate static let allCases: [Self] = [.nothing, .tooLong, .empty, .binary]
}
