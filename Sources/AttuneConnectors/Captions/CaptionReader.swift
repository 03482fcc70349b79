import AttuneCore

/// Makes messages of cues: finds who speaks, takes out repetitions, and joins what one person says without a pause.
struct CaptionReader {
    /// What a speaker said in one or several cues.
    private struct Turn {
        var speaker: String?
        var start: Int64
        var end: Int64
        var text: String
    }

    /// Milliseconds between cues of one turn at most.
    private static let longestPause: Int64 = 1_500
    /// Bytes of text from which on a turn is not continued: what one reads as one message.
    private static let longestTurn = 16 << 10

    private var call: CallAssembler
    private var prefixes: SpeakerPrefixes
    private var rolling = RollingCaptions([])
    private var open: Turn?
    /// Operations of cues behind the open turn's first one, which say nothing themselves.
    private var waiting: [Operation] = []

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext, language: String?) {
        call = CallAssembler(connector: connector, configuration: configuration, context: context)
        call.language = language
        prefixes = SpeakerPrefixes(configuration)
    }

    mutating func read(_ items: [CaptionScanner.Item], _ emit: (Operation) throws -> Void) throws {
        var cues: [(lines: [String], start: Int64, end: Int64)] = []
        for case .cue(let cue) in items {
            let lines = CueText.segments(cue.lines.joined(separator: "\n")).filter { $0.speaker == nil }.flatMap { Self.lines($0.text) }
            prefixes.meet(lines)
            cues.append((lines, cue.start, cue.end))
        }
        rolling = RollingCaptions(cues)
        for item in items {
            switch item {
            case .cue(let cue): try read(cue, emit)
            case .rejected(let reason, let line):
                try close(emit)
                try emit(.rejected(Rejection(reason: reason, line: line)))
            }
        }
        try close(emit)
    }

    private mutating func read(_ cue: Cue, _ emit: (Operation) throws -> Void) throws {
        let segments = CueText.segments(cue.lines.joined(separator: "\n"))
        guard let first = segments.first else {
            try close(emit)
            return try emit(.ignored(reason: "empty", at: call.instant(cue.start * 1_000_000)))
        }
        if segments.count > 1 || first.speaker != nil {
            for segment in segments { try add(Self.joined(Self.lines(segment.text)), speaker: segment.speaker, mayContinue: true, cue, emit) }
            return
        }
        let lines = rolling.fresh(Self.lines(first.text), start: cue.start, end: cue.end)
        if lines.isEmpty {
            let repetition = Operation.ignored(reason: "repeat", at: call.instant(cue.start * 1_000_000))
            if open == nil { try emit(repetition) } else { waiting.append(repetition) }
            return
        }
        var said: (speaker: String?, lines: [String], mayContinue: Bool) = (nil, [], true)
        for line in lines {
            if let (name, text) = prefixes.speaker(line) {
                try add(Self.joined(said.lines), speaker: said.speaker, mayContinue: said.mayContinue, cue, emit)
                said = (name, text.isEmpty ? [] : [text], true)
            } else {
                if said.lines.isEmpty, said.speaker == nil { said.mayContinue = !prefixes.mayNameSomebody(line) }
                said.lines.append(line)
            }
        }
        try add(Self.joined(said.lines), speaker: said.speaker, mayContinue: said.mayContinue, cue, emit)
    }

    /// - Parameter mayContinue: whether text without a speaker goes on with what the last speaker said.
    private mutating func add(
        _ text: String, speaker: String?, mayContinue: Bool, _ cue: Cue, _ emit: (Operation) throws -> Void
    ) throws {
        if text.isEmpty { return }
        if var turn = open {
            let isSame = speaker.map { RoleRules.folded($0) } == turn.speaker.map { RoleRules.folded($0) } && speaker != nil
            let goesOn = isSame || speaker == nil && turn.speaker != nil && mayContinue
            if goesOn, cue.start >= turn.start, cue.start - turn.end < Self.longestPause, turn.text.utf8.count + text.utf8.count < Self.longestTurn {
                turn.text = Self.joined([turn.text, text])
                turn.end = max(turn.end, cue.end)
                open = turn
                return
            }
        }
        try close(emit)
        open = Turn(speaker: speaker, start: cue.start, end: max(cue.start, cue.end), text: text)
    }

    private mutating func close(_ emit: (Operation) throws -> Void) throws {
        guard let turn = open else { return }
        open = nil
        let role = turn.speaker.flatMap { call.role(labels: [$0]) } ?? .customer
        try emit(
            call.message(
                nativeID: nil, role: role, name: turn.speaker, offset: turn.start * 1_000_000, text: turn.text,
                wallClock: CueTiming.text(turn.start)))
        for operation in waiting { try emit(operation) }
        waiting = []
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Lines are broken where the screen ends: a blank joins them within a sentence, a line end between sentences.
    private static func joined(_ lines: [String]) -> String {
        var text = ""
        for line in lines {
            if let last = text.last { text += ".?!…\"”:。？！".contains(last) || line.hasPrefix("-") ? "\n" : " " }
            text += line
        }
        return text
    }
}
