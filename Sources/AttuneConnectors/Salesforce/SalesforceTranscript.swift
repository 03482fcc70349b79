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
                nativeID: ScopedID.of(record.id, String(number)), conversationID: conversation,
                time: .known(start.advanced(by: .seconds(turn.seconds)), .offset), text: turn.text)
            message.key = ScopedID.of(record.key, String(number))
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
            var (line, search) = (html, html)
            while let mark = search.firstRange(of: "<br") {
                search = search[mark.upperBound...]
                guard let end = [">", "/>", " />"].first(where: { search.utf8.starts(with: $0.utf8) }) else { continue }
                if mark.lowerBound > line.startIndex { pieces.append((line[..<mark.lowerBound], false)) }
                search = search[search.utf8.index(search.startIndex, offsetBy: end.utf8.count)...]
                line = search
            }
            if !line.isEmpty { pieces.append((line, false)) }
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

    /// Seconds of a letter behind a number.
    private static func unit(_ letter: UInt8) -> Int64? {
        switch letter {
        case UInt8(ascii: "s"): 1
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "h"): 3_600
        default: nil
        }
    }

    /// `( 1h 1m 2s ) Name: words`; nil for anything else.
    private static func turn(_ text: String) -> Turn? {
        let bytes = text.utf8
        guard bytes.first == UInt8(ascii: "("), let close = bytes.firstIndex(of: UInt8(ascii: ")")) else { return nil }
        var seconds: Int64 = 0
        for part in bytes[bytes.index(after: bytes.startIndex)..<close].split(separator: 32) {
            guard let unit = part.last.flatMap(unit), let count = Int64(Substring(part.dropLast())), (0...86_400).contains(count) else { return nil }
            seconds += count * unit
        }
        let rest = text[bytes.index(after: close)...]
        guard let colon = rest.firstRange(of: ":") else { return nil }
        let name = String(rest[..<colon.lowerBound]).trimmed
        return name.isEmpty ? nil : Turn(seconds: seconds, name: name, text: String(rest[colon.upperBound...]).trimmed)
    }
}
