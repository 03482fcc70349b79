import AttuneCore

/// Texts and small values, which both APIs write alike.
enum XText {
    /// `&`, `<` and `>` are escaped; links are t.co and stay.
    static func read(_ text: String) -> String { TextMarks.removed(from: EscapedText.unescaped(text)) }

    /// Nil for codes that stand for no language: und, zxx, art, and the private qam, qct, qht, qme, qst.
    static func language(_ value: Payload?) -> String? {
        guard let code = value?.filled, code != "und", code != "zxx", code != "art" else { return nil }
        return code.hasPrefix("q") && code.utf8.count == 3 ? nil : code
    }

    static func attachmentKind(_ type: String?) -> String {
        switch type {
        case "photo": "image"
        case "video", "animated_gif": "video"
        default: "media"
        }
    }
}
