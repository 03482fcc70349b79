import AttuneCore

/// A word of a transcript with its time.
struct SpokenWord {
    var text: String
    /// Nanoseconds from the start of the call.
    var start: Int64
    /// The transcriber's label of who speaks.
    var speaker: String?
    var channel: String?
    /// BCP 47, where the transcriber says it of single words.
    var language: String?
    /// A punctuation mark, which follows its word without a blank.
    var isMark = false
}

/// What one speaker says until another one does.
struct SpokenTurn {
    var text: String
    var start: Int64
    var speaker: String?
    var channel: String?
    /// BCP 47; nil where nothing says it of this turn, or it is in several.
    var language: String?

    /// What is found first by the labels by which the configuration may know the speaker. A channel, which is only told where there are
    /// several, goes first, and a bare number means it: each channel counts its speakers from zero.
    func firstLabel<Found>(_ find: (String) -> Found?) -> Found? {
        guard let channel else { return speaker.flatMap(find) }
        return find(channel) ?? speaker.flatMap { Self.isNumber($0) ? nil : find($0) }
    }

    /// What tells the speaker from others of the call.
    var name: String? {
        func named(_ label: String, _ kind: String) -> String { Self.isNumber(label) ? kind + label : label }
        guard let channel = channel.map({ named($0, "channel ") }) else { return speaker.map { named($0, "speaker ") } }
        return speaker.map { channel + ", " + named($0, "speaker ") } ?? channel
    }

    private static func isNumber(_ label: String) -> Bool { label.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }

    /// Turns of words, in the order of their times.
    static func turns(_ words: [SpokenWord], language: String?) -> [SpokenTurn] {
        var turns = SpokenTurns(language: language)
        for word in words { turns.append(word) }
        return turns.turns
    }
}

/// Makes turns of words. A mark stays with the word before it.
struct SpokenTurns {
    private(set) var turns: [SpokenTurn] = []
    /// The language whose spacing is known.
    private var language: String?
    private var isSpaced: Bool

    /// - Parameter language: of words that do not say theirs.
    init(language: String?) {
        self.language = language
        isSpaced = Self.isSpaced(language)
    }

    /// Takes the next word in the order of their times.
    mutating func append(_ word: consuming SpokenWord) {
        // In place: a copy of the turn counts its strings, and copies its text where it grows.
        let last = turns.count - 1
        guard last >= 0, word.isMark || turns[last].speaker == word.speaker && turns[last].channel == word.channel else {
            turns.append(SpokenTurn(text: word.text, start: word.start, speaker: word.speaker, channel: word.channel, language: word.language))
            return
        }
        if let language = word.language, language != self.language {
            self.language = language
            isSpaced = Self.isSpaced(language)
        }
        if isSpaced, !word.isMark { turns[last].text += " " }
        turns[last].text += word.text
        if !word.isMark, turns[last].language != word.language { turns[last].language = nil }
    }

    /// Some languages are written without blanks between words.
    private static func isSpaced(_ language: String?) -> Bool {
        guard var language else { return true }
        return language.withUTF8 { tag in
            let code = tag.drop { $0 == UInt8(ascii: "-") }.prefix { $0 != UInt8(ascii: "-") }
            guard code.count == 2, let first = code.first, let last = code.last else { return true }
            let pair = UInt16(first | 0x20) << 8 | UInt16(last | 0x20)
            return pair != 0x7A68 && pair != 0x6A61 && pair != 0x7468
        }
    }
}

/// Offsets as transcribers write them.
enum SpokenTime {
    /// Nanoseconds of `1.3`, `"0.04"`, `"1.300s"` or `{"seconds": "1", "nanos": 300000000}`; nil for anything else.
    static func offset(_ value: Payload?) -> Int64? {
        guard let value else { return nil }
        if value.isObject {
            guard let at = Timestamp(seconds: value["seconds"]?.integer ?? 0, nanoseconds: value["nanos"]?.integer ?? 0) else { return nil }
            return at.nanoseconds
        }
        if let offset = value.withPlainBytes(plainOffset) ?? nil { return offset }
        guard var text = value.scalarText?.trimmed else { return nil }
        if text.hasSuffix("s") { text.removeLast() }
        return text.withUTF8 { UnixTime.read($0, unit: .seconds)?.nanoseconds }
    }

    /// Nanoseconds of seconds that stand there without a blank; nil leaves it to the longer way.
    private static func plainOffset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let first = bytes.first, first &- 48 < 10 else { return nil }
        let digits = bytes.last == UInt8(ascii: "s") ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
        return UnixTime.read(digits, unit: .seconds)?.nanoseconds
    }

    /// Nanoseconds of whole milliseconds.
    static func milliseconds(_ value: Payload?) -> Int64? {
        guard let value = value?.double, value.isFinite, abs(value) < 1e12 else { return nil }
        return Int64(value * 1_000_000)
    }
}
