/// Months as mail programs write them in the sender's language, which no standard allows.
enum MonthNames {
    /// 1…12 of a month's name or short form, lower case; nil for other words.
    static func number(_ word: String) -> Int? {
        if let month = DateText.monthNumber(word) { return month }
        if let found = beginnings.first(where: { word.hasPrefix($0.name) }) { return found.month }
        return DateText.monthNumber(String(word.prefix(3)))
    }

    /// Beginnings that tell the month, the longest first: `juil` is July, `juin` June, `marras` the Finnish November.
    private static let beginnings: [(name: String, month: Int)] = [
        "ene gen sty oca янв січ led tam", "fév fev lut şub фев лют úno hel", "mär mrz mrt марта мар бер bře maalis",
        "avr abr kwi nis апр кві dub huh",
        "mai mei maj mag май мая тра kvě tou", "giu juin cze haz июн чер červen kes", "juil lug lip tem июл лип červenec hei",
        "aoû aou ago sie ağu авг сер srp elo",
        "set wrz eyl сен вер zář syy", "okt out ott paź eki окт жов říj lok", "lis kas ноя лис marras", "dez déc dic gru ara дек гру pro joul des",
    ].enumerated().flatMap { i, names in names.split(separator: " ").map { (String($0), i + 1) } }.sorted { $0.0.utf8.count > $1.0.utf8.count }
}
