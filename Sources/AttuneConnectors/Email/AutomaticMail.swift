/// Mails that no person wrote.
enum AutomaticMail {
    /// Why a mail is ignored: `auto-reply` for answers of machines, bounces and bulk, `receipt` for read receipts; nil for others.
    static func reason(_ header: MailHeader, _ type: ContentField?, _ author: MailAddress?) -> String? {
        if let type, type.value == "multipart/report" {
            return type["report-type"] == "disposition-notification" ? "receipt" : "auto-reply"
        }
        if let mark = header.keyword(.autoSubmitted), mark != "no", !mark.isEmpty { return "auto-reply" }
        for field in [MailHeader.Field.autoReply, .autoRespond] {
            if let mark = header.keyword(field), mark != "no", mark != "false", mark != "0" { return "auto-reply" }
        }
        if let precedence = header.keyword(.precedence), ["bulk", "auto_reply", "auto-reply", "junk"].contains(precedence) { return "auto-reply" }
        return author.map { $0.isLocal("mailer-daemon") || $0.isLocal("postmaster") } == true ? "auto-reply" : nil
    }
}
