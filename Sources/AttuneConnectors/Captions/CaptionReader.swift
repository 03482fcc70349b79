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
    /// Roles by speaker, found once.
    private var knownRoles: [String: Role] = [:]
    private static let mostKnown = 1_024
    private var prefixes: SpeakerPrefixes
    private var rolling = RollingCaptions([])
    private var open: Turn?
    /// Operations of cues behind the open turn's first one, which say nothing themselves.
    private var waiting: [Operation] = []

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext, language: String?) {
        call = CallAssembler(CallScope(connector: connector, configuration: configuration, context: context))
        call.language = language
        prefixes = SpeakerPrefixes(configuration)
    }

    mutating func read(
        _ items: [CaptionScanner.Item], _ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void
    ) throws {
        var texts = [[CueText.Segment]]()
        var cues: [RollingCaptions.Lines] = []
        for case .cue(let cue) in items {
            let segments = CueText.segments(UnsafeBufferPointer(rebasing: bytes[cue.payload]))
            let lines =
                segments.count == 1 ? Self.lines(segments[0].text) : segments.filter { $0.speaker == nil }.flatMap { Self.lines($0.text) }
            let speaker = segments.count == 1 ? segments[0].speaker : nil
            if speaker == nil { prefixes.meet(lines) }
            cues.append((speaker, lines, cue.start, cue.end))
            texts.append(segments)
        }
        let labels = cues.map { $0.speaker == nil ? SpeakerPrefixes.label($0.lines) : nil }
        // Where it is the rule of the file; otherwise brackets hold an aside.
        if labels.count(where: { $0 != nil }) >= max(2, (cues.count + 1) / 2) {
            for (i, label) in labels.enumerated() where label != nil {
                cues[i].lines.removeFirst()
                cues[i].speaker = label
                texts[i] = [CueText.Segment(speaker: label, text: cues[i].lines.joined(separator: "\n"))]
            }
        }
        rolling = RollingCaptions(cues)
        var next = 0
        for item in items {
            switch item {
            case .cue(let cue):
                try read(cue, texts[next], cues[next], emit)
                next += 1
            case .rejected(let reason, let line):
                try close(emit)
                try emit(.rejected(Rejection(reason: reason, line: line)))
            }
        }
        try close(emit)
    }

    /// - Parameter lines: of the only segment, or of those without a voice tag.
    private mutating func read(
        _ cue: Cue, _ segments: [CueText.Segment], _ lines: RollingCaptions.Lines, _ emit: (Operation) throws -> Void
    ) throws {
        guard let first = segments.first else {
            try close(emit)
            return try emit(.ignored(reason: "empty", at: call.instant(cue.start * 1_000_000)))
        }
        if segments.count > 1 {
            let said = segments.map { (speaker: $0.speaker, text: Self.joined(Self.lines($0.text))) }.filter { !$0.text.isEmpty }
            if said.isEmpty { return try silent("sound", cue, emit) }
            for (speaker, text) in said { try add(text, speaker: speaker == "" ? nil : speaker, mayContinue: speaker != "", cue, emit) }
            return
        }
        if lines.lines.isEmpty { return try silent("sound", cue, emit) }
        let lines = rolling.fresh(lines)
        if lines.isEmpty { return try silent("repeat", cue, emit) }
        if let speaker = first.speaker {
            return try add(Self.joined(lines), speaker: speaker.isEmpty ? nil : speaker, mayContinue: !speaker.isEmpty, cue, emit)
        }
        var said: (speaker: String?, lines: [String], mayContinue: Bool) = (nil, [], true)
        for line in lines {
            let isChange = line.utf8.starts(with: ">>".utf8)
            let line = isChange ? line.trimming { $0 == ">" || $0.isWhitespace } : line
            if let (name, text) = isChange ? prefixes.marked(line) : prefixes.speaker(line) {
                try add(Self.joined(said.lines), speaker: said.speaker, mayContinue: said.mayContinue, cue, emit)
                said = (name, text.isEmpty ? [] : [text], true)
            } else if isChange {
                // Somebody else goes on, whoever it is.
                try add(Self.joined(said.lines), speaker: said.speaker, mayContinue: said.mayContinue, cue, emit)
                said = (nil, [line], false)
            } else {
                if said.lines.isEmpty, said.speaker == nil { said.mayContinue = !prefixes.mayNameSomebody(line) }
                said.lines.append(line)
            }
        }
        try add(Self.joined(said.lines), speaker: said.speaker, mayContinue: said.mayContinue, cue, emit)
    }

    /// A cue that adds nothing to what is said; it comes behind the turn in which it is.
    private mutating func silent(_ reason: String, _ cue: Cue, _ emit: (Operation) throws -> Void) throws {
        let operation = Operation.ignored(reason: reason, at: call.instant(cue.start * 1_000_000))
        if open == nil { try emit(operation) } else { waiting.append(operation) }
    }

    /// - Parameter mayContinue: whether text without a speaker goes on with what the last speaker said.
    private mutating func add(
        _ text: String, speaker: String?, mayContinue: Bool, _ cue: Cue, _ emit: (Operation) throws -> Void
    ) throws {
        if text.isEmpty { return }
        if var turn = open {
            let isSame = speaker != nil && (speaker == turn.speaker || speaker.map(RoleRules.folded) == turn.speaker.map(RoleRules.folded))
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
        var role = Role.customer
        if let speaker = turn.speaker { role = self.role(of: speaker) }
        try emit(
            call.message(
                nativeID: nil, role: role, name: turn.speaker, offset: turn.start * 1_000_000, text: turn.text,
                wallClock: CueTiming.text(turn.start)))
        for operation in waiting { try emit(operation) }
        waiting = []
    }

    private mutating func role(of speaker: String) -> Role {
        if let role = knownRoles[speaker] { return role }
        let role = call.role(speaker: speaker) ?? .customer
        if knownRoles.count < Self.mostKnown { knownRoles[speaker] = role }
        return role
    }

    private static func lines(_ text: String) -> [String] {
        if !text.utf8.contains(10) {
            let line = text.trimmed
            return line.isEmpty || SoundCue.isSound(line) ? [] : [line]
        }
        return text.utf8.split(separator: 10).map { String($0).map(\.trimmed) ?? "" }.filter { !$0.isEmpty && !SoundCue.isSound($0) }
    }

    /// Lines are broken where the screen ends: a blank joins them within a sentence, a line end between sentences.
    private static func joined(_ lines: [String]) -> String {
        guard var text = lines.first else { return "" }
        for line in lines.dropFirst() {
            if !text.isEmpty { text += endsSentence(text) || line.utf8.first == 45 ? "\n" : " " }
            text += line
        }
        return text
    }

    private static func endsSentence(_ text: String) -> Bool {
        guard let byte = text.utf8.last else { return false }
        if byte < 0x80 { return byte == 46 || byte == 63 || byte == 33 || byte == 34 || byte == 58 }
        return text.last.map { "…”。？！".contains($0) } == true
    }
}
