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
            return assembler.operation(&message, line: line)
        }
    }

    private func read(_ body: String) -> (parts: [Part], agents: Set<String>) {
        var parts = [Part]()
        var agents = Set<String>()
        var open: Turn?
        func close() {
            if let turn = open.take() { parts.append(.turn(turn)) }
        }
        var body = body
        let pieces = body.withUTF8 { Self.pieces($0) }
        for piece in pieces {
            let text = HTMLText.whole(piece.html).trimmed
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
    private static func pieces(_ body: UnsafeBufferPointer<UInt8>) -> [(html: String, isEvent: Bool)] {
        var pieces = [(html: String, isEvent: Bool)]()
        func add(_ start: Int, _ end: Int, isEvent: Bool = false) {
            pieces.append((String(copying: UnsafeBufferPointer(rebasing: body[start..<end])), isEvent))
        }
        func lines(_ start: Int, _ end: Int) {
            var (line, at) = (start, start)
            while let mark = ByteSearch.first("<br", in: body, from: at, to: end) {
                at = mark + 3
                let rest = UnsafeBufferPointer(rebasing: body[at..<end])
                guard let close = ([">", "/>", " />"] as [StaticString]).first(where: { ByteSearch.begins(rest, with: $0) }) else { continue }
                if mark > line { add(line, mark) }
                at += close.utf8CodeUnitCount
                line = at
            }
            if line < end { add(line, end) }
        }
        let (opening, closing): (StaticString, StaticString) = ("<p align=\"center\">", "</p>")
        var at = 0
        while let open = ByteSearch.first(opening, in: body, from: at, to: body.count) {
            lines(at, open)
            let start = open + opening.utf8CodeUnitCount
            let close = ByteSearch.first(closing, in: body, from: start, to: body.count)
            add(start, close ?? body.count, isEvent: true)
            at = close.map { $0 + closing.utf8CodeUnitCount } ?? body.count
        }
        lines(at, body.count)
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
        var text = text
        return text.withUTF8 { turn($0) }
    }

    private static func turn(_ text: UnsafeBufferPointer<UInt8>) -> Turn? {
        guard text.first == UInt8(ascii: "("), let close = ByteSearch.first(UInt8(ascii: ")"), in: text, from: 1, to: text.count),
            let seconds = seconds(UnsafeBufferPointer(rebasing: text[1..<close])),
            let colon = ByteSearch.first(UInt8(ascii: ":"), in: text, from: close + 1, to: text.count)
        else { return nil }
        let name = String(copying: UnsafeBufferPointer(rebasing: text[(close + 1)..<colon])).trimmed
        if name.isEmpty { return nil }
        return Turn(seconds: seconds, name: name, text: String(copying: UnsafeBufferPointer(rebasing: text[(colon + 1)...])).trimmed)
    }

    /// Of `1h 1m 2s`; nil for anything else.
    private static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var cursor = ByteCursor(text)
        var seconds: Int64 = 0
        while true {
            while cursor.skip(32) {}
            if cursor.isAtEnd { return seconds }
            guard let (count, _) = cursor.number(limit: 18), count <= 86_400, let letter = cursor.current, let unit = unit(letter) else { return nil }
            cursor.at += 1
            guard cursor.isAtEnd || cursor.current == 32 else { return nil }
            seconds += Int64(count) * unit
        }
    }
}
