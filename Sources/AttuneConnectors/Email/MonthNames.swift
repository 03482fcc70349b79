/// Months as mail programs write them in the sender's language, which no standard allows.
enum MonthNames {
    /// 1…12 of a month's name or short form, lower case; nil for other words.
    static func number(_ word: String) -> Int? {
        if let month = DateText.monthNumber(word) { return month }
        if let found = beginning(of: word) { return found }
        return word.utf8.count > 3 ? DateText.monthNumber(String(word.prefix(3))) : nil
    }

    /// Of letters of ASCII, which nearly all words are made of, bytes are compared: every mail has words that begin as no month does.
    private static func beginning(of word: String) -> Int? {
        let plain = word.utf8.withContiguousStorageIfAvailable { bytes -> (isPlain: Bool, month: Int?) in
            guard let first = bytes.first, ByteSearch.largest(in: bytes) < 0x80 else { return (false, nil) }
            return (true, plainBeginnings[Int(first)].first { ByteSearch.begins(bytes, with: $0.name) }?.month)
        }
        if let plain, plain.isPlain { return plain.month }
        return beginnings.first { word.hasPrefix($0.name) }?.month
    }

    /// The beginnings by their first byte.
    private static let plainBeginnings: [[(name: [UInt8], month: Int)]] = {
        var table: [[(name: [UInt8], month: Int)]] = Array(repeating: [], count: 256)
        for (name, month) in beginnings { if let first = name.utf8.first { table[Int(first)].append((Array(name.utf8), month)) } }
        return table
    }()

    /// Beginnings that tell the month, the longest first: `juil` is July, `juin` June, `marras` the Finnish November.
    private static let beginnings: [(name: String, month: Int)] = [
        "ene gen sty oca янв січ led tam", "fév fev lut şub фев лют úno hel", "mär mrz mrt марта мар бер bře maalis",
        "avr abr kwi nis апр кві dub huh",
        "mai mei maj mag май мая тра kvě tou", "giu juin cze haz июн чер červen kes", "juil lug lip tem июл лип červenec hei",
        "aoû aou ago sie ağu авг сер srp elo",
        "set wrz eyl сен вер zář syy", "okt out ott paź eki окт жов říj lok", "lis kas ноя лис marras", "dez déc dic gru ara дек гру pro joul des",
    ].enumerated().flatMap { i, names in names.split(separator: " ").map { (String($0), i + 1) } }.sorted { $0.0.utf8.count > $1.0.utf8.count }
}
