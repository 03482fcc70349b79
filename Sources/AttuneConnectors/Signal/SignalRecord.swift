import AttuneCore

/// A line of data.json, which signal-export writes beside chat.md:
/// `{"date":"2026-02-03T09:14:07","sender":"Priya","body":"…","quote":"","sticker":null,"reactions":[],"attachments":[]}`.
struct SignalRecord {
    private let date: CivilDate
    private let sender: String
    private let body: SignalBody

    /// Nil for what is no message of signal-export.
    init?(_ payload: Payload) {
        // Times of the computer, to the second in chat.md: messages have the same ids from both files.
        guard let sender = payload["sender"]?.string, let written = payload["date"]?.string, let (date, _) = RFC3339.parseLocal(written) else {
            return nil
        }
        self.date = CivilDate(year: date.year, month: date.month, day: date.day, hour: date.hour, minute: date.minute, second: date.second)
        self.sender = TextMarks.removed(from: sender).trimmed
        let text = payload["deleted"]?.bool == true ? SignalBody.deletion : payload["body"]?.string ?? ""
        var attachments = payload["sticker"]?.isObject == true ? [Attachment(kind: "sticker")] : []
        for file in payload["attachments"]?.items ?? [] {
            guard let path = file["path"]?.string ?? file["name"]?.string else { continue }
            let name = String(path.split(separator: "/").last ?? "").replacing("%20", with: " ")
            attachments.append(Attachment(kind: Self.isPicture(name) ? "image" : "document", name: name))
        }
        body = SignalBody(text, attachments: attachments, isCall: payload["call"]?.bool == true)
    }

    func operation(in chat: inout SignalChat, line: Int) -> Operation { chat.operation(sender, body, date, line: line) }

    private static func isPicture(_ name: String) -> Bool {
        ["png", "jpg", "jpeg", "gif", "tif", "tiff", "webp", "apng", "svg"].contains(name.split(separator: ".").last?.lowercased() ?? "")
    }

    /// Of data.json, a message a line.
    static func decoder(_ scope: PayloadScope) -> PayloadDecoder {
        var chat = SignalChat(scope)
        return PayloadDecoder { payload, line in
            guard let record = SignalRecord(payload) else { return [chat.rejected("no message of signal-export: it has no sender or no date", line)] }
            return [record.operation(in: &chat, line: line)]
        }
    }
}
