import AttuneEngine

/// The JSON form of an analysis, written straight into bytes: the members of an object, without its braces.
public enum AnalysisJSON {
    public static func appendMembers(_ analysis: Analysis, to out: inout [UInt8]) {
        name("language", &out)
        if let language = analysis.language { JSONWriter.write(language.code, into: &out) } else { out.append(contentsOf: "null".utf8) }
        next("sentiment", &out)
        append(analysis.sentiment, &out)
        next("emotions", &out)
        list(analysis.emotions, &out) { score, out in
            open("label", &out)
            JSONWriter.write(score.emotion.rawValue, into: &out)
            next("score", &out)
            DecimalText.append(score.score, decimals: 4, to: &out)
            next("intensity", &out)
            DecimalText.append(score.intensity, to: &out)
            out.append(UInt8(ascii: "}"))
        }
        next("intents", &out)
        list(analysis.intents, &out, appendLabel)
        next("topics", &out)
        list(analysis.topics, &out, appendLabel)
        next("urgency", &out)
        DecimalText.append(analysis.urgency, decimals: 4, to: &out)
        next("effort", &out)
        if let effort = analysis.effort { DecimalText.append(effort, decimals: 2, to: &out) } else { out.append(contentsOf: "null".utf8) }
        next("toxicity", &out)
        DecimalText.append(analysis.toxicity, decimals: 4, to: &out)
        if !analysis.sensitive.isEmpty {
            next("sensitive", &out)
            list(analysis.sensitive, &out) { JSONWriter.write($0, into: &$1) }
        }
        if let skipped = analysis.skipped {
            next("skipped", &out)
            open("reason", &out)
            JSONWriter.write(skipped.reason, into: &out)
            next("span", &out)
            append(skipped.span, &out)
            out.append(UInt8(ascii: "}"))
        }
        if let receipt = analysis.receipt {
            next("receipt", &out)
            list(receipt.accounts, &out, append)
        }
    }

    private static func append(_ sentiment: Sentiment, _ out: inout [UInt8]) {
        open("label", &out)
        JSONWriter.write(sentiment.label.rawValue, into: &out)
        next("valence", &out)
        DecimalText.append(sentiment.valence, decimals: 6, to: &out)
        next("confidence", &out)
        DecimalText.append(sentiment.confidence, decimals: 4, to: &out)
        next("probabilities", &out)
        open("negative", &out)
        DecimalText.append(sentiment.negative, decimals: 4, to: &out)
        next("neutral", &out)
        DecimalText.append(sentiment.neutral, decimals: 4, to: &out)
        next("positive", &out)
        DecimalText.append(sentiment.positive, decimals: 4, to: &out)
        out.append(contentsOf: "}}".utf8)
    }

    private static func appendLabel(_ score: LabelScore, _ out: inout [UInt8]) {
        open("label", &out)
        JSONWriter.write(score.label, into: &out)
        next("confidence", &out)
        DecimalText.append(score.confidence, decimals: 4, to: &out)
        out.append(UInt8(ascii: "}"))
    }

    private static func append(_ account: Receipt.Account, _ out: inout [UInt8]) {
        open("head", &out)
        JSONWriter.write(account.head, into: &out)
        next("unit", &out)
        JSONWriter.write(account.unit.rawValue, into: &out)
        next("score", &out)
        DecimalText.append(millionths: account.millionths, to: &out)
        next("contributions", &out)
        list(account.contributions, &out) { contribution, out in
            open("source", &out)
            JSONWriter.write(contribution.source.rawValue, into: &out)
            next("name", &out)
            JSONWriter.write(contribution.name, into: &out)
            if let span = contribution.span {
                next("span", &out)
                append(span, &out)
            }
            next("value", &out)
            DecimalText.append(millionths: contribution.millionths, to: &out)
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "}"))
    }

    private static func append(_ span: Span, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        DecimalText.append(Int(span.start), to: &out)
        out.append(UInt8(ascii: ","))
        DecimalText.append(Int(span.end), to: &out)
        out.append(UInt8(ascii: "]"))
    }

    private static func list<T>(_ items: [T], _ out: inout [UInt8], _ item: (T, inout [UInt8]) -> Void) {
        out.append(UInt8(ascii: "["))
        for (i, value) in items.enumerated() {
            if i > 0 { out.append(UInt8(ascii: ",")) }
            item(value, &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func name(_ name: StaticString, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        out.append(contentsOf: "\":".utf8)
    }

    private static func next(_ name: StaticString, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: ","))
        self.name(name, &out)
    }

    private static func open(_ name: StaticString, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        self.name(name, &out)
    }
}
