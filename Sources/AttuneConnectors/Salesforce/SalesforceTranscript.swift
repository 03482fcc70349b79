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
    func append(to operations: inout [Operation]) {
        let fields = record.fields
        let started = fields["StartTime"] ?? fields["RequestTime"] ?? fields["CreatedDate"]
        guard let start = assembler.time(started) else {
            return operations.append(assembler.rejected("a transcript has no readable \"StartTime\"", line))
        }
        let conversation = SalesforceRecord.key(fields["CaseId"]) ?? record.key
        var reading = Reading()
        fields["Body"]?.withStringBytes { Self.forEachPiece($0) { reading.take($0, isEvent: $1) } }
        reading.close()
        if reading.parts.isEmpty { return operations.append(.ignored(reason: "empty", at: start)) }
        for (number, part) in reading.parts.enumerated() {
            guard case .turn(let turn) = part else {
                operations.append(.ignored(reason: "system", at: start))
                continue
            }
            let number = String(number)
            var message = DeskMessage(
                nativeID: ScopedID.of(record.id, number), conversationID: conversation,
                time: .known(start.advanced(by: .seconds(turn.seconds)), .offset), text: turn.text)
            message.key = ScopedID.of(record.key, number)
            message.channel = .chat
            message.displayName = turn.name
            message.likely = reading.agents.contains(RoleRules.folded(turn.name)) ? .agent : .customer
            operations.append(assembler.operation(&message, line: line))
        }
    }

    /// What was read so far. Text that goes on belongs to the turn before it.
    private struct Reading {
        var parts: [Part] = []
        /// Who joined as one, folded.
        var agents: Set<String> = []
        private var open: Turn?

        mutating func close() {
            if let turn = open.take() { parts.append(.turn(turn)) }
        }

        /// - Parameter html: a piece of the body.
        mutating func take(_ html: UnsafeBufferPointer<UInt8>, isEvent: Bool) {
            let kept = UnsafeBufferPointer(rebasing: html[Self.kept(html)])
            // Nearly all pieces are their own text.
            if let first = kept.first, let last = kept.last, first < 0x80, last < 0x80, HTMLText.isPlain(kept) { return take(text: kept, isEvent) }
            var text = HTMLText.whole(html).trimmed
            if !text.isEmpty { text.withUTF8 { take(text: $0, isEvent) } }
        }

        /// What is left without blanks at both ends.
        private static func kept(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
            var (start, end) = (0, bytes.count)
            while start < end, bytes[start] == 32 { start += 1 }
            while end > start, bytes[end - 1] == 32 { end -= 1 }
            return start..<end
        }

        private mutating func take(text: UnsafeBufferPointer<UInt8>, _ isEvent: Bool) {
            if isEvent {
                close()
                parts.append(.event)
                noteAgents(String(copying: text))
            } else if let turn = SalesforceTranscript.turn(text) {
                close()
                open = turn
            } else if open != nil {
                open?.text += "\n"
                open?.text += String(copying: text)
            } else {
                parts.append(.event)
            }
        }

        /// `Agent Ana`, and who gives a chat to whom: both work here, though one may be a program.
        private mutating func noteAgents(_ event: String) {
            if event.hasPrefix("Agent ") { agents.insert(RoleRules.folded(String(event.dropFirst(6)))) }
            let transfer = "Chat Transferred From "
            guard event.hasPrefix(transfer), let to = event.firstRange(of: " To ") else { return }
            agents.insert(RoleRules.folded(String(event[..<to.lowerBound].dropFirst(transfer.count))))
            agents.insert(RoleRules.folded(String(event[to.upperBound...])))
        }
    }

    /// Calls `body` with centred paragraphs, and between them with what `<br>` separates.
    private static func forEachPiece(_ body: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>, _ isEvent: Bool) -> Void) {
        func lines(_ start: Int, _ end: Int) {
            var (line, at) = (start, start)
            while let mark = ByteSearch.first("<br", in: body, from: at, to: end) {
                at = mark + 3
                let rest = UnsafeBufferPointer(rebasing: body[at..<end])
                let close =
                    ByteSearch.begins(rest, with: ">") ? 1 : ByteSearch.begins(rest, with: "/>") ? 2 : ByteSearch.begins(rest, with: " />") ? 3 : 0
                if close == 0 { continue }
                if mark > line { take(UnsafeBufferPointer(rebasing: body[line..<mark]), false) }
                at += close
                line = at
            }
            if line < end { take(UnsafeBufferPointer(rebasing: body[line..<end]), false) }
        }
        let (opening, closing): (StaticString, StaticString) = ("<p align=\"center\">", "</p>")
        var at = 0
        while let open = ByteSearch.first(opening, in: body, from: at, to: body.count) {
            lines(at, open)
            let start = open + opening.utf8CodeUnitCount
            let close = ByteSearch.first(closing, in: body, from: start, to: body.count)
            take(UnsafeBufferPointer(rebasing: body[start..<(close ?? body.count)]), true)
            at = close.map { $0 + closing.utf8CodeUnitCount } ?? body.count
        }
        lines(at, body.count)
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
