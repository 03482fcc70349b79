import AttuneCore

/// Cuts a server-sent event stream into events: lines `event:` and `data:`, ended by an empty one; lines that begin with `:` keep
/// the connection alive.
struct ServerSentEvents {
    enum Event {
        case event(name: String, data: String?)
        case rejected(String)
    }

    private var lines = LineAssembler()
    private var name: String?
    private var data: String?
    private var isTooLong = false
    /// Line in which the event began.
    private var start = 0
    private var isFirst = true

    /// Calls `body` with each event and its 1-based first line.
    mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Event, Int) throws -> Void) throws {
        var lines = LineAssembler()
        swap(&lines, &self.lines)
        try lines.feed(chunk, isLast: isLast) { line, number in try take(line, number, body) }
        swap(&lines, &self.lines)
        if isLast { try finish(body) }
    }

    private mutating func take(_ line: LineAssembler.Line, _ number: Int, _ body: (Event, Int) throws -> Void) throws {
        guard case .bytes(var bytes) = line else { return try body(.rejected(DecodingLimits.tooLongRecord()), number) }
        if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = UnsafeBufferPointer(rebasing: bytes[3...]) }
        isFirst = false
        guard let byte = bytes.first else { return try finish(body) }
        if byte == UInt8(ascii: ":") { return }
        guard let text = String(validating: bytes, as: UTF8.self) else { return try body(.rejected("the line is not UTF-8"), number) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count > 1 ? parts[1] : ""
        let value = String(rest.first == " " ? rest.dropFirst() : rest)
        switch parts[0] {
        case "event":
            begin(number)
            name = value
        case "data":
            begin(number)
            append(value)
        case "id", "retry": break
        default: try body(.rejected("the line is neither event: nor data:"), number)
        }
    }

    private mutating func append(_ value: String) {
        guard data != nil else {
            data = value
            return
        }
        if (data?.utf8.count ?? 0) + value.utf8.count >= DecodingLimits.record { isTooLong = true }
        if isTooLong { return }
        data?.append("\n")
        data?.append(value)
    }

    private mutating func begin(_ number: Int) { if name == nil, data == nil { start = number } }

    private mutating func finish(_ body: (Event, Int) throws -> Void) throws {
        guard name != nil || data != nil else { return }
        let event = isTooLong ? Event.rejected(DecodingLimits.tooLongRecord()) : .event(name: name ?? "message", data: data)
        (name, data, isTooLong) = (nil, nil, false)
        try body(event, start)
    }

    /// Certain when the head has an event and data, before anything else that is no comment.
    static func recognise(_ head: ArraySlice<UInt8>) -> Recognition? {
        var seenEvent = false
        for line in head.split(separator: 10, maxSplits: 64) {
            let line = line.last == 13 ? line.dropLast() : line
            if line.isEmpty || line.first == UInt8(ascii: ":") { continue }
            if line.starts(with: "event:".utf8) {
                seenEvent = true
            } else if line.starts(with: "data:".utf8) {
                return seenEvent ? Recognition(.certain, "it is a stream of server-sent events") : nil
            } else {
                return nil
            }
        }
        return nil
    }
}
