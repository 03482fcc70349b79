/// Mails that no person wrote.
enum AutomaticMail {
    /// Why a mail is ignored: `auto-reply` for answers of machines, bounces and bulk, `receipt` for read receipts; nil for others.
    static func reason(_ header: MailHeader, _ type: ContentField?, _ author: MailAddress?, subject: String?) -> String? {
        if let type, type.value == "multipart/report" {
            return type["report-type"] == "disposition-notification" ? "receipt" : "auto-reply"
        }
        if header.hasMarks, let reason = marked(header) { return reason }
        if let subject, isAutomatic(subject: subject) { return "auto-reply" }
        return author.map { $0.isLocal("mailer-daemon") || $0.isLocal("postmaster") } == true ? "auto-reply" : nil
    }

    /// What the fields say that machines write for machines.
    private static func marked(_ header: MailHeader) -> String? {
        if let mark = header.keyword(.autoSubmitted), mark != "no", !mark.isEmpty { return "auto-reply" }
        if saysSo(header.keyword(.autoReply)) || saysSo(header.keyword(.autoRespond)) { return "auto-reply" }
        if let precedence = header.keyword(.precedence), ["bulk", "auto_reply", "auto-reply", "junk"].contains(precedence) { return "auto-reply" }
        // Answers of machines have no return path, so that nobody answers them, and Exchange tells of its own.
        return header.keyword(.returnPath) == "<>" || header.has(.generatedBy) ? "auto-reply" : nil
    }

    private static func saysSo(_ mark: String?) -> Bool { mark.map { $0 != "no" && $0 != "false" && $0 != "0" } ?? false }

    /// Subjects that mail servers put before that of the mail they answer. A person who answers such a mail writes `Re: ` before it.
    private static func isAutomatic(subject: String) -> Bool {
        guard subject.utf8.withContiguousStorageIfAvailable({ mayBeAutomatic($0) }) != false, let colon = subject.firstIndex(of: ":"),
            colon > subject.startIndex
        else { return false }
        let words = String(subject[..<colon]).trimming { $0 == " " || $0 == "\u{A0}" }
        return words.utf8.count <= 40 && subjects.contains(words.lowercased())
    }

    /// Tells of nearly all subjects that they are none of these by their first letter and where their colon stands: `Re: …`.
    private static func mayBeAutomatic(_ subject: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = subject.first, let colon = ByteSearch.first(UInt8(ascii: ":"), in: subject, from: 0, to: subject.count) else {
            return false
        }
        if first >= 0x80 || first == 32 { return true }
        return colon >= "afwezig".utf8.count && "aofr".utf8.contains(first | 0x20)
    }

    private static let subjects: Set<String> = [
        "automatic reply", "auto reply", "autoreply", "out of office", "out of office autoreply", "automatische antwort", "abwesenheitsnotiz",
        "abwesend", "réponse automatique", "absence du bureau", "respuesta automática", "fuera de la oficina", "resposta automática",
        "risposta automatica", "fuori sede", "automatisch antwoord", "afwezig", "autosvar", "automatiskt svar", "automatisk svar",
        "automaattinen vastaus", "odpowiedź automatyczna", "automatická odpověď", "автоответ", "автоматический ответ", "otomatik yanıt", "自動応答",
        "自动答复", "自動回覆",
    ]
}
