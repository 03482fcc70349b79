import AttuneCore

/// Reads a live chat's transcript: HTML in which a turn is `( 1m 2s ) Name: words<br>` and what happened stands in centred
/// paragraphs (`Chat Started: …`, `Agent Ana`).
struct SalesforceTranscript {
    private struct Turn {
        var seconds: Int64
        var name: String
        var text: String
    }

    private enum Part {
        case event
        case turn(Turn)
    }

    let assembler: DeskAssembler
    let record: SalesforceRecord
    let line: Int

    /// One operation per turn and per event.
    func operations() -> [Operation] {
        let fields = record.fields
        let started = fields["StartTime"] ?? fields["RequestTime"] ?? fields["CreatedDate"]
        guard let start = assembler.time(started) else {
            return [assembler.rejected("a transcript has no readable \"StartTime\"", line)]
        }
        let conversation = (fields["CaseId"]?.string).map(SalesforceRecord.key) ?? record.key
        let (parts, agents) = read(fields["Body"]?.string ?? "")
        if parts.isEmpty { return [.ignored(reason: "empty", at: start)] }
        return parts.enumerated().map { number, part in
            guard case .turn(let turn) = part else { return .ignored(reason: "system", at: start) }
            var message = DeskMessage(
                nativeID: "\(record.id):\(number)", conversationID: conversation,
                time: .known(start.advanced(by: .seconds(turn.seconds)), .offset), text: turn.text)
            message.key = "\(record.key):\(number)"
            message.channel = .chat
            message.displayName = turn.name
            message.likely = agents.contains(RoleRules.folded(turn.name)) ? .agent : .customer
            return assembler.operation(message, line: line)
        }
    }

    private func read(_ body: String) -> (parts: [Part], agents: Set<String>) {
        var parts = [Part]()
        var agents = Set<String>()
        var open: Turn?
        func close() {
            if let turn = open.take() { parts.append(.turn(turn)) }
        }
        for piece in Self.pieces(body) {
            let text = HTMLText.whole(String(piece.html)).trimmed
            if text.isEmpty { continue }
            if piece.isEvent {
                close()
                parts.append(.event)
                if text.hasPrefix("Agent ") { agents.insert(RoleRules.folded(String(text.dropFirst(6)))) }
            } else if let turn = Self.turn(text) {
                close()
                open = turn
            } else if open != nil {
                open?.text += "\n" + text
            } else {
                parts.append(.event)
            }
        }
        close()
        return (parts, agents)
    }

    /// Centred paragraphs, and between them what `<br>` separates.
    private static func pieces(_ body: String) -> [(html: Substring, isEvent: Bool)] {
        var pieces = [(html: Substring, isEvent: Bool)]()
        var rest = body[...]
        func lines(_ html: Substring) {
            for line in html.replacing("<br/>", with: "<br>").replacing("<br />", with: "<br>").split(separator: "<br>") {
                pieces.append((line, false))
            }
        }
        while let open = rest.firstRange(of: "<p align=\"center\">") {
            lines(rest[..<open.lowerBound])
            let close = rest[open.upperBound...].firstRange(of: "</p>")
            pieces.append((rest[open.upperBound..<(close?.lowerBound ?? rest.endIndex)], true))
            rest = rest[(close?.upperBound ?? rest.endIndex)...]
        }
        lines(rest)
        return pieces
    }

    /// `( 1h 1m 2s ) Name: words`; nil for anything else.
    private static func turn(_ text: String) -> Turn? {
        guard text.hasPrefix("("), let close = text.firstIndex(of: ")") else { return nil }
        var seconds: Int64 = 0
        for part in text[text.index(after: text.startIndex)..<close].split(separator: " ") {
            let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600]
            guard let unit = part.last.flatMap({ units[$0] }), let count = Int64(part.dropLast()), (0...86_400).contains(count) else { return nil }
            seconds += count * unit
        }
        let rest = text[text.index(after: close)...]
        guard let colon = rest.firstRange(of: ":") else { return nil }
        let name = String(rest[..<colon.lowerBound]).trimmed
        return name.isEmpty ? nil : Turn(seconds: seconds, name: name, text: String(rest[colon.upperBound...]).trimmed)
    }
}
