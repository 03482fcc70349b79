import AttuneCore

/// Yes and no as tables and records write them.
enum FlagWord {
    /// Nil for what is neither.
    static func read(_ text: String) -> Bool? {
        // Nearly all are one of these.
        switch text {
        case "true", "1": return true
        case "false", "0": return false
        default: break
        }
        let word = text.trimmed.lowercased()
        if yes.contains(word) { return true }
        return no.contains(word) ? false : nil
    }

    /// The same of a flag that says whether a record is private; it may also name what it is.
    static func isPrivate(_ text: String) -> Bool? { read(text) ?? NoteWord.visibility(text).map { $0 == .private } }

    /// What stands where a value is missing.
    static func saysNothing(_ text: String) -> Bool { ["", "-", "n/a", "na", "nan", "none", "null", "nil"].contains(text.trimmed.lowercased()) }

    private static let yes: Set<String> = [
        "true", "1", "1.0", "yes", "y", "t", "on", "x", "✓", "✔", "✔\u{FE0F}", "☑", "☑\u{FE0F}", "✅", "√", "ja", "j", "wahr", "oui", "vrai", "sí",
        "si", "s", "verdadero", "sim", "verdadeiro", "sì", "vero", "waar", "tak", "prawda", "evet", "doğru", "हाँ", "हां", "जी हाँ", "सही", "सत्य", "نعم",
        "صحيح", "صواب", "はい", "真", "да", "是", "예",
    ]
    private static let no: Set<String> = [
        "false", "0", "0.0", "no", "n", "f", "off", "✗", "✘", "☐", "❌", "✖", "✖\u{FE0F}", "nein", "falsch", "non", "faux", "falso", "não", "nao",
        "nee", "onwaar", "nie", "fałsz", "hayır", "hayir", "yanlış", "नहीं", "नही", "ना", "गलत", "ग़लत", "असत्य", "لا", "خطأ", "خاطئ", "いいえ", "偽", "нет",
        "否", "아니요", "아니오",
    ]
}
